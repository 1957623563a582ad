import fc from 'fast-check';

import { Panel, type ColumnValues } from '../../src/table/panel.js';

/** Prices and features as panels hold them: any finite number, missing now and then. */
const price = fc.oneof({ weight: 5, arbitrary: fc.double({ noDefaultInfinity: true, noNaN: true }) }, { weight: 1, arbitrary: fc.constant(Number.NaN) });

/** Small panels of every shape: with 1 to 4 symbols and 1 to 6 sessions, a Float64 and a Float32 column. */
export const anyPanel: fc.Arbitrary<Panel> = fc
  .record({
    symbols: fc.uniqueArray(fc.stringMatching(/^[A-Z]{1,4}(-[AB])?$/), { minLength: 1, maxLength: 4 }),
    sessions: fc.uniqueArray(fc.integer({ min: -5000, max: 30_000 }), { minLength: 1, maxLength: 6 }),
  })
  .chain(({ symbols, sessions }) => {
    const size = symbols.length * sessions.length;
    return fc.record({ symbols: fc.constant(symbols), sessions: fc.constant(Int32Array.from(sessions).sort()), close: fc.array(price, { minLength: size, maxLength: size }), score: fc.array(price, { minLength: size, maxLength: size }) });
  })
  .map(({ symbols, sessions, close, score }) => new Panel({ symbols, sessions, columns: { close: Float64Array.from(close), score: Float32Array.from(score) } }));

/** Everything a panel says, as plain values: symbol → day → column → value. */
export function contents(panel: Panel): Record<string, Record<number, Record<string, number>>> {
  const perSymbol = panel.symbols.map((symbol, row) => {
    const perDay = Array.from(panel.sessions, (day, t) => [day, Object.fromEntries(panel.columnNames.map((name) => [name, panel.column(name)[row * panel.sessions.length + t]]))]);
    return [symbol, Object.fromEntries(perDay) as Record<number, Record<string, number>>];
  });
  return Object.fromEntries(perSymbol) as Record<string, Record<number, Record<string, number>>>;
}

/** A panel of two symbols and three sessions, 2018-01-02 to 2018-01-04. */
export function twoSymbols(): Panel {
  const close: ColumnValues = Float64Array.of(10, 11, 12, 20, Number.NaN, 22);
  const score: ColumnValues = Float32Array.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6);
  return new Panel({ symbols: ['NVDA', 'AMD'], sessions: Int32Array.of(17_533, 17_534, 17_535), columns: { close, score } });
}
