import { panelFromParquet, type Panel } from 'swinglab';
import type { Case, Settings } from '../case.js';

const COLUMNS = ['open', 'high', 'low', 'close', 'adj_close', 'volume'];

function sum(values: Float64Array | Float32Array): number {
  let total = 0;
  for (const value of values) if (!Number.isNaN(value)) total += value;
  return total;
}

/** A 61 MB Parquet file of bars to a panel [826 symbols, 5191 sessions] of six Float64 columns. */
export function prepare({ threads, data }: Settings): Promise<Case<Panel>> {
  return Promise.resolve({
    version: 'swinglab',
    run: () => panelFromParquet(`${data}/equities/sp500_adjusted.parquet`, { threads, columns: COLUMNS }),
    check: (panel) => ({
      symbols: panel.symbols.length,
      sessions: panel.sessions.length,
      ...Object.fromEntries(COLUMNS.map((name) => [name, sum(panel.column(name))])),
    }),
  });
}
