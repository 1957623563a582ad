import { Panel } from './panel.js';

/** The rows of a panel for the symbols given, in their order; missing values throughout for those that it does not hold. */
export function panelOver(symbols: readonly string[], panel: Panel): Panel {
  const width = panel.sessions.length;
  const columns = panel.columnNames.map((name) => {
    const values = new (panel.columnType(name) === 'float32' ? Float32Array : Float64Array)(symbols.length * width).fill(Number.NaN);
    symbols.forEach((symbol, row) => panel.hasSymbol(symbol) && values.set(panel.series(name, symbol), row * width));
    return [name, values] as const;
  });
  return new Panel({ symbols, sessions: panel.sessions, columns: Object.fromEntries(columns) });
}
