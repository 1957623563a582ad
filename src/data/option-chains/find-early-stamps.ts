import { join } from 'node:path';

import { XNYS } from '../../core/calendar.js';
import { isoDate } from '../../core/dates.js';
import { DataError } from '../../core/errors.js';
import { parquetTable, rows, type Connection } from '../store/duckdb.js';
import type { ImportFinding, PartitionEntry } from '../store/manifest.js';
import { openInterestTiming, type OpenInterestTiming } from './open-interest-timing.js';

const COLUMNS = 'underlying, session, expiry, strike, "right", volume, open_interest';

/** Finding of an import whose open interest was settled on the day of its stamp and is stored all the same. */
export const STAMPED_EARLY = 'open-interest-stamped-early';

export interface StampsRequest {
  /** Partitions of the store that stay. */
  readonly stored: readonly PartitionEntry[];
  /** Make a finding of open interest that looks ahead, instead of refusing it. */
  readonly keepEarlyStamps: boolean;
}

/**
 * What the volumes say against the stamps of the open interest of staged chains, judged with the sessions of the store in `folder` beside
 * them; nothing where the stamps are as documented or too few contracts changed to tell.
 *
 * @throws DataError `STAMPED_EARLY` where the open interest was settled on the day of its stamp, which no decision of that day knows, unless it is to be kept
 */
export async function findEarlyStamps(connection: Connection, folder: string, { stored, keepEarlyStamps }: StampsRequest): Promise<ImportFinding[]> {
  const timing = await timingBeside(connection, folder, stored);
  if (timing.verdict === 'as-documented' || timing.changes.length === 0) return [];
  if (timing.verdict === 'stamped-early' && !keepEarlyStamps) throw refusal(timing);
  const rule = timing.verdict === 'stamped-early' ? STAMPED_EARLY : 'open-interest-undecided';
  return [{ rule, policy: 'keep', count: changedIn(timing), examples: sentences(timing) }];
}

async function timingBeside(connection: Connection, folder: string, stored: readonly PartitionEntry[]): Promise<OpenInterestTiming> {
  const staged = new Set((await rows(connection, `select distinct strftime(session, '%Y-%m-%d') as day from staged`)).map(({ day }) => String(day)));
  const beside = new Set<string>([...staged].flatMap((day) => [XNYS.previous(isoDate(day)), XNYS.next(isoDate(day))]));
  const files = stored.filter(({ key }) => beside.has(key) && !staged.has(key)).map(({ path }) => join(folder, path));
  return openInterestTiming(connection, files.length === 0 ? 'staged' : `(select ${COLUMNS} from staged union all select ${COLUMNS} from ${parquetTable(...files)})`);
}

function refusal(timing: OpenInterestTiming): DataError {
  const { withinFirst, withinNext, changes } = timing;
  return new DataError(
    `expected open interest settled before the session it is stamped with, so that its changes from one session to the next lie within the volume of the first, found ${percent(withinFirst!)} of ${changedIn(timing)} changes within that volume and ${percent(withinNext!)} within that of the next session (${sentences(timing).at(-1)}): ` +
      'it was settled on the day of its stamp, which nobody knew that evening; nothing was stored; date the open interest a session later, leave its column out, or keep it as it is with --keep-early-stamps',
    { code: 'STAMPED_EARLY', fields: { withinFirst, withinNext, changes } },
  );
}

const changedIn = ({ changes }: OpenInterestTiming): number => changes.reduce((sum, { changed }) => sum + changed, 0);
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

function sentences({ changes }: OpenInterestTiming): string[] {
  return changes.slice(-5).map(({ first, next, changed, withinFirst, withinNext }) => `from ${first} to ${next} ${changed} contracts changed, ${percent(withinFirst)} within the volume of ${first}, ${percent(withinNext)} within that of ${next}`);
}
