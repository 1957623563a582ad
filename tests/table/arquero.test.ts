import { desc, fromCSV, op, table as arqueroTable, type ColumnTable } from 'arquero';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { InvariantError } from '../../src/core/errors.js';
import { fromArquero, toArquero } from '../../src/table/arquero.js';
import { anyPanel, contents, twoSymbols } from './any-panel.js';

describe('a panel as an arquero table and back', () => {
  it('says the same, in the same types', () => {
    fc.assert(
      fc.property(anyPanel, (panel) => {
        const back = fromArquero(toArquero(panel));
        expect(contents(back)).toEqual(contents(panel));
        expect(back.columnNames.map((name) => back.columnType(name))).toEqual(['float64', 'float32']);
      }),
    );
  });

  it('has a row for every symbol and session, and shares its columns', () => {
    const panel = twoSymbols();
    const table = toArquero(panel);
    expect(table.columnNames()).toEqual(['symbol', 'session', 'close', 'score']);
    expect(table.object(4)).toEqual({ symbol: 'AMD', session: '2018-01-03', close: Number.NaN, score: 0.5 });
    expect(table.column('close')).toBe(panel.column('close'));
  });

  it('survives sorting, also by values', () => {
    fc.assert(
      fc.property(anyPanel, (panel) => {
        expect(contents(fromArquero(toArquero(panel).orderby(desc('close'), 'session')))).toEqual(contents(panel));
      }),
    );
  });

  it.each([
    ['as a view', (table: ColumnTable) => table],
    ['as a table of its own', (table: ColumnTable) => table.reify()],
  ])('leaves holes where rows were filtered out, %s', (_, finish) => {
    const found = fromArquero(finish(toArquero(twoSymbols()).filter((row: { close: number }) => row.close >= 12)));
    expect(contents(found)).toEqual({
      NVDA: { 17_533: { close: Number.NaN, score: Number.NaN }, 17_535: { close: 12, score: Math.fround(0.3) } },
      AMD: { 17_533: { close: 20, score: Math.fround(0.4) }, 17_535: { close: 22, score: Math.fround(0.6) } },
    });
    expect(found.columnType('score')).toBe('float32');
  });

  it('takes what relational verbs derive, by the definition of the verb', () => {
    const ranked = toArquero(twoSymbols())
      .groupby('session')
      .orderby(desc('close'))
      .derive({ rank: () => op.rank() })
      .ungroup();
    const panel = fromArquero(ranked);
    expect(panel.columnType('rank')).toBe('float64');
    expect(contents(panel.select(['NVDA']).columns(['rank']))).toEqual({ NVDA: { 17_533: { rank: 2 }, 17_534: { rank: 1 }, 17_535: { rank: 2 } } });
  });

  it('takes a join, and null and undefined for missing', () => {
    const sectors = arqueroTable({ symbol: ['NVDA'], beta: [1.5] });
    const joined = fromArquero(toArquero(twoSymbols()).join_left(sectors, 'symbol'));
    expect(Array.from(joined.series('beta', 'NVDA'))).toEqual([1.5, 1.5, 1.5]);
    expect(Array.from(joined.series('beta', 'AMD'))).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    const nulls = fromArquero(arqueroTable({ symbol: ['A', 'A'], session: ['2018-01-02', '2018-01-03'], close: [null, 3] }));
    expect(Array.from(nulls.column('close'))).toEqual([Number.NaN, 3]);
  });
});

describe('an arquero table as a panel', () => {
  const sessions = ['2018-01-02', '2018-01-02'];

  it.each([
    ['no session', { symbol: ['A'], close: [1] }, 'expected columns "symbol" and "session", found symbol, close in an arquero table'],
    ['no symbol', { session: ['2018-01-02'], close: [1] }, 'expected columns "symbol" and "session", found session, close in an arquero table'],
    ['a row twice', { symbol: ['A', 'A'], session: sessions, close: [1, 2] }, 'expected one row a symbol and session, found a repeated one in an arquero table'],
    ['a date that is none', { symbol: ['A', 'B'], session: ['2018-01-02', '2018-02-30'] }, 'found "2018-02-30" in row 1 of column "session"'],
    ['a missing symbol', { symbol: ['A', null], session: sessions }, 'expected text, found null in row 1 of column "symbol"'],
    ['a number for a symbol', { symbol: [1, 2], session: sessions }, 'expected text, found 1 in row 0 of column "symbol"'],
    ['text for a value', { symbol: ['A', 'B'], session: sessions, close: [1, '2'] }, 'expected a number, found "2" in row 1 of column "close"'],
    ['a truth value', { symbol: ['A', 'B'], session: sessions, close: [true, 2] }, 'expected a number, found true in row 0 of column "close"'],
  ])('is refused with %s', (_, columns, message) => {
    expect(() => fromArquero(arqueroTable(columns))).toThrow(message);
    expect(() => fromArquero(arqueroTable(columns))).toThrow(InvariantError);
  });

  it('is refused when arquero made dates of the sessions, saying how they must be written', () => {
    expect(() => fromArquero(fromCSV('symbol,session,close\nA,2018-01-02,1\n'))).toThrow('expected an existing date as yyyy-mm-dd');
  });
});
