import { isoDate, type IsoDate } from '../../core/dates.js';
import { identifier, rows } from '../../data/store/duckdb.js';
import type { Store } from '../../data/store/store.js';

/** Datasets that say to the second when a row became public. */
const INSTANTS = { fundamentals: 'filed_at', filings: 'filed_at', earnings: 'first_seen_at', news: 'first_seen_at' } as const;

/** Days in New York on which something became public after the decision: whoever reads a date in place of an instant knows it too soon. */
export async function lateSessions(store: Store): Promise<IsoDate[]> {
  return store.query(async (connection, { datasets }) => {
    const days = new Set<IsoDate>();
    for (const [dataset, column] of Object.entries(INSTANTS)) {
      if (!datasets[dataset]?.rows) continue;
      const local = `timezone('America/New_York', timezone('UTC', ${identifier(column)}))`;
      const found = await rows(connection, `select distinct cast(cast(${local} as date) as varchar) as day from ${identifier(dataset)} where cast(${local} as time) > time '23:30'`);
      for (const { day } of found) days.add(isoDate(String(day)));
    }
    return [...days].sort();
  });
}
