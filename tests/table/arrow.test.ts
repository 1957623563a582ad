import { DateDay, DateMillisecond, Dictionary, Float16, Float32, Float64, Int32, Table, Utf8, Vector, makeData, tableFromIPC, tableToIPC, vectorFromArray } from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { InvariantError } from '../../src/core/errors.js';
import { fromArrow, toArrow } from '../../src/table/arrow.js';
import { Panel } from '../../src/table/panel.js';
import { anyPanel, contents, twoSymbols } from './any-panel.js';

type Cell = number | null;

/** A long Arrow table made value by value, not by `toArrow`. */
function longTable(rows: readonly (readonly [symbol: string, day: number, close: Cell])[], batches = 1): Table {
  const size = Math.ceil(rows.length / batches);
  const tables = Array.from({ length: batches }, (_, i) => rows.slice(i * size, (i + 1) * size)).filter((part) => part.length > 0).map((part) => {
    const session = new Vector([makeData({ type: new DateDay(), length: part.length, nullCount: 0, data: Int32Array.from(part, ([, day]) => day) })]);
    return new Table({ symbol: vectorFromArray(part.map(([symbol]) => symbol), new Utf8()), session, close: vectorFromArray(part.map(([, , close]) => close), new Float64()) });
  });
  return tables.reduce((all, table) => all.concat(table));
}

describe('a panel as an Arrow table and back', () => {
  it('says the same', () => {
    fc.assert(
      fc.property(anyPanel, (panel) => {
        const back = fromArrow(toArrow(panel));
        expect(contents(back)).toEqual(contents(panel));
        expect(back.symbols).toEqual(panel.symbols);
        expect(back.columnNames.map((name) => back.columnType(name))).toEqual(['float64', 'float32']);
      }),
    );
  });

  it('shares the memory of the columns both ways', () => {
    const panel = twoSymbols();
    const table = toArrow(panel);
    for (const name of panel.columnNames) {
      const { values } = table.getChild(name)!.data[0] as { values: Float64Array };
      expect(values.buffer).toBe(panel.column(name).buffer);
      expect(fromArrow(table).column(name).buffer).toBe(panel.column(name).buffer);
    }
  });

  it('keeps to the part of a buffer that a column is', () => {
    const buffer = new Float64Array([-1, 1, 2, -1]);
    const panel = new Panel({ symbols: ['A'], sessions: Int32Array.of(1, 2), columns: { close: buffer.subarray(1, 3) } });
    expect(Array.from(fromArrow(toArrow(panel)).column('close'))).toEqual([1, 2]);
    expect(Array.from(fromArrow(tableFromIPC(tableToIPC(toArrow(panel)))).column('close'))).toEqual([1, 2]);
  });

  it.each(['stream', 'file'] as const)('survives Arrow\'s %s format', (format) => {
    fc.assert(
      fc.property(anyPanel, (panel) => {
        expect(contents(fromArrow(tableFromIPC(tableToIPC(toArrow(panel), format))))).toEqual(contents(panel));
      }),
      { numRuns: 30 },
    );
  });

  it('has rows by symbol, then session, with types that other libraries know', () => {
    const table = toArrow(twoSymbols());
    expect(table.schema.fields.map(({ name, type }) => `${name} ${String(type)}`)).toEqual(['symbol Dictionary<Int32, Utf8>', 'session Date32<DAY>', 'close Float64', 'score Float32']);
    expect(Array.from(table.getChild('symbol')!)).toEqual(['NVDA', 'NVDA', 'NVDA', 'AMD', 'AMD', 'AMD']);
    expect(Array.from(table.getChild('session')!).map((ms) => new Date(ms as number).toISOString().slice(0, 10))).toEqual(['2018-01-02', '2018-01-03', '2018-01-04', '2018-01-02', '2018-01-03', '2018-01-04']);
  });

  it('works without symbols and without sessions', () => {
    const nobody = new Panel({ symbols: [], sessions: Int32Array.of(1, 2), columns: { close: new Float64Array(0) } });
    expect(fromArrow(toArrow(nobody)).symbols).toEqual([]);
    const never = new Panel({ symbols: ['A'], sessions: new Int32Array(0), columns: { close: new Float64Array(0) } });
    expect(fromArrow(toArrow(never)).column('close').length).toBe(0);
  });
});

describe('an Arrow table as a panel', () => {
  it('puts shuffled rows where they belong and leaves holes missing', () => {
    fc.assert(
      fc.property(anyPanel.chain((panel) => fc.tuple(fc.constant(panel), fc.shuffledSubarray(Array.from(panel.column('close'), (_, i) => i), { minLength: 1 }), fc.integer({ min: 1, max: 3 }))), ([panel, order, batches]) => {
        const width = panel.sessions.length;
        const rows = order.map((i) => [panel.symbols[Math.floor(i / width)], panel.sessions[i % width], panel.column('close')[i]] as const);
        const found = fromArrow(longTable(rows, Math.min(batches, rows.length)));
        for (const [symbol, day, close] of rows) expect(contents(found)[symbol][day]['close']).toBe(close);
        const filled = new Set(rows.map(([symbol, day]) => `${symbol} ${day}`));
        for (const [symbol, days] of Object.entries(contents(found))) {
          for (const [day, { close }] of Object.entries(days)) if (!filled.has(`${symbol} ${day}`)) expect(close).toBeNaN();
        }
      }),
    );
  });

  it('takes null for missing, also in a full grid', () => {
    const found = fromArrow(longTable([['A', 1, 1], ['A', 2, null], ['B', 1, null], ['B', 2, 4]]));
    expect(Array.from(found.column('close'))).toEqual([1, Number.NaN, Number.NaN, 4]);
  });

  it('takes a part of a table', () => {
    const part = toArrow(twoSymbols()).slice(3, 6);
    expect(contents(fromArrow(part))).toEqual(contents(twoSymbols().select(['AMD'])));
  });

  it('keeps single precision', () => {
    const table = longTable([['A', 2, 1], ['A', 1, 2]]).assign(new Table({ score: vectorFromArray([0.1, 0.2], new Float32()) }));
    expect(fromArrow(table).columnType('score')).toBe('float32');
    expect(Array.from(fromArrow(table).column('score'))).toEqual([Math.fround(0.2), Math.fround(0.1)]);
  });

  const symbol = vectorFromArray(['A', 'B'], new Utf8());
  const session = new Vector([makeData({ type: new DateDay(), length: 2, nullCount: 0, data: Int32Array.of(1, 1) })]);
  const close = vectorFromArray([1, 2], new Float64());

  it.each([
    ['no symbol', new Table({ session, close }), 'expected columns "symbol" and "session", found session, close in an Arrow table'],
    ['no session', new Table({ symbol, close }), 'expected a date column "session", found none in an Arrow table'],
    ['times for dates', new Table({ symbol, session: vectorFromArray([new Date(0), new Date(1)], new DateMillisecond()), close }), 'expected a date column "session", found Date64<MILLISECOND>'],
    ['numbers for dates', new Table({ symbol, session: vectorFromArray([1, 2], new Int32()), close }), 'expected a date column "session", found Int32'],
    ['a missing date', new Table({ symbol, session: vectorFromArray([new Date(0), null], new DateDay()), close }), 'expected no missing value, found 1 in Arrow column "session"'],
    ['a missing symbol', new Table({ symbol: vectorFromArray(['A', null], new Utf8()), session, close }), 'expected text, found null in row 1 of Arrow column "symbol"'],
    ['numbers for symbols', new Table({ symbol: vectorFromArray([1, 2], new Int32()), session, close }), 'expected text, found 1 in row 0 of Arrow column "symbol"'],
    ['whole numbers for values', new Table({ symbol, session, close: vectorFromArray([1, 2], new Int32()) }), 'expected Float64 or Float32, found Int32 in Arrow column "close"'],
    ['half precision', new Table({ symbol, session, close: vectorFromArray([1, 2], new Float16()) }), 'expected Float64 or Float32, found Float16 in Arrow column "close"'],
    ['text for values', new Table({ symbol, session, close: vectorFromArray(['x', 'y'], new Dictionary(new Utf8(), new Int32())) }), 'in Arrow column "close"'],
    ['a row twice', longTable([['A', 1, 1], ['B', 1, 2], ['A', 1, 3]]), 'expected one row a symbol and session, found a repeated one in an Arrow table'],
  ])('is refused with %s', (_, table, message) => {
    expect(() => fromArrow(table)).toThrow(message);
    expect(() => fromArrow(table)).toThrow(InvariantError);
  });
});
