import type { IsoDate } from '../../core/dates.js';
import { rows } from '../../data/store/duckdb.js';
import type { Store } from '../../data/store/store.js';

/** Hash of what is stored of the underlyings of option chains on each day of a span, by date; nothing for a day without any. */
export async function closeHashes(store: Store, start: IsoDate, end: IsoDate): Promise<ReadonlyMap<string, string>> {
  return store.query(async (connection, { datasets }) => {
    if (datasets['option_underlyings'] === undefined) return new Map();
    const sql = `select strftime(session, '%Y-%m-%d') as session, md5(string_agg(underlying || ' ' || coalesce(cast(close as varchar), '') || ' ' || coalesce(cast(is_stale as varchar), ''), ',' order by underlying)) as hash from option_underlyings where session between date '${start}' and date '${end}' group by 1`;
    return new Map((await rows(connection, sql)).map((row) => [String(row['session']), String(row['hash'])]));
  });
}
