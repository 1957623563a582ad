import { join } from 'node:path';

import { XNYS } from '../../core/calendar.js';
import { isoDate } from '../../core/dates.js';
import { parquetTable, rows, type Connection } from '../store/duckdb.js';
import type { ImportFinding, PartitionEntry } from '../store/manifest.js';
import { openInterestTiming, type OpenInterestTiming } from './open-interest-timing.js';

const COLUMNS = 'underlying, session, expiry, strike, "right", volume, open_interest';

/**
 * What the volumes say against the stamps of the open interest of staged chains, judged with the stored sessions beside them; nothing
 * where the stamps are as documented or too few contracts changed to tell.
 *
 * @param stored partitions of the store in `folder` that stay
 */
export async function findEarlyStamps(connection: Connection, folder: string, stored: readonly PartitionEntry[]): Promise<ImportFinding[]> {
  const staged = new Set((await rows(connection, `select distinct strftime(session, '%Y-%m-%d') as day from staged`)).map(({ day }) => String(day)));
  const beside = new Set<string>([...staged].flatMap((day) => [XNYS.previous(isoDate(day)), XNYS.next(isoDate(day))]));
  const files = stored.filter(({ key }) => beside.has(key) && !staged.has(key)).map(({ path }) => join(folder, path));
  const from = files.length === 0 ? 'staged' : `(select ${COLUMNS} from staged union all select ${COLUMNS} from ${parquetTable(...files)})`;
  const timing = await openInterestTiming(connection, from);
  if (timing.verdict === 'as-documented' || timing.changes.length === 0) return [];
  return [{ rule: `open-interest-${timing.verdict}`, policy: 'keep', count: timing.changes.reduce((sum, { changed }) => sum + changed, 0), examples: sentences(timing) }];
}

function sentences({ changes }: OpenInterestTiming): string[] {
  const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
  return changes.slice(-5).map(({ first, next, changed, withinFirst, withinNext }) => `from ${first} to ${next} ${changed} contracts changed, ${percent(withinFirst)} within the volume of ${first}, ${percent(withinNext)} within that of ${next}`);
}
