import type { IsoDate } from '../../core/dates.js';
import { literal, rows } from '../../data/store/duckdb.js';
import type { Store } from '../../data/store/store.js';

/** Last closes at or before a session by instrument, as quoted; instruments without one are not in it. */
export async function lastCloses(store: Store, symbols: readonly string[], session: IsoDate): Promise<ReadonlyMap<string, number>> {
  return store.query(async (connection, { datasets }) => {
    if (symbols.length === 0 || !datasets['bars']?.rows) return new Map();
    const found = await rows(connection, `select symbol, arg_max(close, session) as close from bars where session <= date '${session}' and close > 0 and symbol in (${symbols.map(literal).join(', ')}) group by symbol`);
    return new Map(found.map(({ symbol, close }) => [String(symbol), Number(close)]));
  });
}
