import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvText, type CsvValue } from '../../src/report/csv/csv-text.js';
import { positionsCsv } from '../../src/report/csv/positions-csv.js';
import { recommendationsCsv } from '../../src/report/csv/recommendations-csv.js';
import { emptyInput, reportInput } from './fixture.js';
import { hostileInput } from './hostile.js';

/** A reader of RFC 4180, written independently: one character after the other. */
function parsed(text: string): string[][] {
  const lines: string[][] = [[]];
  let [cell, quoted] = ['', false];
  for (let i = 0; i < text.length; i++) {
    if (quoted) {
      if (text[i] !== '"') cell += text[i];
      else if (text[i + 1] === '"') cell += text[++i];
      else quoted = false;
    } else if (text[i] === '"') quoted = true;
    else if (text[i] === ',' || text.startsWith('\r\n', i)) {
      lines.at(-1)!.push(cell);
      cell = '';
      if (text[i] === '\r') { lines.push([]); i++; }
    } else cell += text[i];
  }
  return lines.slice(0, -1);
}

/** Lines as records by column. */
function records(text: string): Record<string, string>[] {
  const [header, ...lines] = parsed(text);
  return lines.map((line) => Object.fromEntries(header.map((name, i) => [name, line[i]])));
}

describe('CSV', () => {
  it('reads back to what was written, text behind an apostrophe where a spreadsheet would compute it', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\r=1', 'a,b', 'say "x"', 'two\r\nlines', ''));
    fc.assert(fc.property(fc.array(fc.tuple(text, fc.oneof(fc.double(), fc.constant(null))), { maxLength: 8 }), (rows: [string, CsvValue][]) => {
      const back = parsed(csvText(['a', 'b_fraction'], rows));
      expect(back).toHaveLength(rows.length + 1);
      rows.forEach(([word, number], i) => {
        const [first, second] = back[i + 1];
        expect(first).toBe('=+-@\t\r'.includes(word[0] ?? 'none') ? `'${word}` : word);
        expect(first).not.toMatch(/^[=+\-@\t\r]/);
        if (typeof number === 'number' && Number.isFinite(number)) expect(Number(second)).toBe(number === 0 ? 0 : number);
        else expect(second).toBe('');
      });
    }), { seed: 5 });
  });

  it('ends every line with CRLF and quotes only what needs it', () => {
    expect(csvText(['x', 'y'], [['a,b', -0.5], ['=1', null], ['plain', 3]])).toBe(`x,y\r\n"a,b",-0.5\r\n'=1,\r\nplain,3\r\n`);
  });
});

describe('the recommendations as CSV', () => {
  const { document } = reportInput();
  const lines = records(recommendationsCsv(document));

  it('are those of the document in the order of the report, numbers in full', () => {
    expect(lines.map(({ action }) => action)).toEqual(['exit', 'exit', 'reduce', ...Array<string>(6).fill('enter'), ...Array<string>(3).fill('hold')]);
    for (const line of lines) {
      const one = document.recommendations.find(({ symbol }) => symbol === line['instrument'])!;
      expect(line['symbol']).toBe(one.listedSymbol);
      expect(line['expected_by_rank_fraction']).toBe(one.edge === null ? '' : String(one.edge));
      expect([line['as_of'], line['act_on'], Number(line['weight_fraction']), Number(line['wanted_weight_fraction']), Number(line['held_after_shares'])]).toEqual(['2018-02-07', '2018-02-08', one.weight, one.sizes.wanted, one.shares]);
      expect(line['interval_low_fraction']).toBe(one.interval === null ? '' : String(one.interval[0]));
    }
  });

  it('name instruments as they are listed in the words of a reason', () => {
    const [reason] = document.recommendations[2].reasons;
    const told = { ...document, recommendations: [{ ...document.recommendations[2], reasons: [{ ...reason, text: 'Correlation with IVRY is 0.81, IVRY-B is another.' }] }] };
    expect(records(recommendationsCsv(told))[0]['why']).toBe('Correlation with IVB is 0.81, IVRY-B is another.');
  });

  it('tell the trade: side, shares, kind of order and limit, empty for what is held', () => {
    const trade = (symbol: string): (string | undefined)[] => ['trade_side', 'trade_shares', 'order_kind', 'limit_price', 'stop_price'].map((name) => lines.find((line) => line['symbol'] === symbol)![name]);
    expect(trade('DUNE')).toEqual(['sell', '640', 'open', '', '']);
    expect(trade('KSTR').slice(0, 4)).toEqual(['sell', '107', 'open', '']);
    expect(trade('LMNA').slice(2, 4)).toEqual(['limit', '73.5']);
    expect(trade('CSTL').slice(0, 4)).toEqual(['', '', '', '']);
  });

  it('are a header only on an evening without any', () => {
    expect(records(recommendationsCsv(emptyInput().document))).toEqual([]);
    expect(recommendationsCsv(emptyInput().document)).toMatch(/^as_of,act_on,instrument,symbol,.*,why\r\n$/);
  });

  it('let no text of the data be computed', () => {
    const { document: hostile } = hostileInput();
    const bad = { ...hostile, recommendations: hostile.recommendations.map((one) => ({ ...one, name: '=HYPERLINK("http://x")', sector: '@x', listedSymbol: '-X' })) };
    for (const line of records(recommendationsCsv(bad))) expect([line['name'], line['sector'], line['symbol']]).toEqual([`'=HYPERLINK("http://x")`, `'@x`, `'-X`]);
  });
});

describe('the positions as CSV', () => {
  it('are those held, numbers in full, units in the names', () => {
    const { document } = reportInput();
    const lines = records(positionsCsv(document));
    expect(lines.map((line) => ({ instrument: line['instrument'], symbol: line['symbol'], shares: Number(line['shares']), weight: Number(line['weight_fraction']), return: Number(line['return_fraction']), session: line['entry_session'], as: line['as_of'] }))).toEqual(
      document.portfolio.held.map(({ symbol, listedSymbol, shares, weight, return: gain, entrySession }) => ({ instrument: symbol, symbol: listedSymbol, shares, weight, return: gain, session: entrySession, as: document.asOf })),
    );
  });

  it('have an empty cell where the sector is not known', () => {
    const { document } = reportInput();
    const [line] = records(positionsCsv({ ...document, portfolio: { ...document.portfolio, held: [{ ...document.portfolio.held[0], sector: null }] } }));
    expect(line['sector']).toBe('');
  });
});
