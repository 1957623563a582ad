import { decisionTime } from '../core/clock.js';
import { addDays, toEpochDay, type IsoDate } from '../core/dates.js';
import type { DatasetName } from './datasets.js';
import { macroAvailableAt, MACRO_SERIES } from './macro-lags.js';
import { literal, rows, type Connection } from './store/duckdb.js';

/** Which rows of a dataset were known, and what of a row was not. */
export interface KnownRows {
  /** SQL that is true for rows that were known. */
  readonly where: string;
  /** Expressions in place of columns that tell of later, by column. */
  readonly replace?: Readonly<Record<string, string>>;
}

/** Calendar days after which every macro observation is public, whatever its lag: a quarter and the longest lag are less. */
const LONGEST_LAG = 200;

/**
 * The rows of a dataset that were known at the decision time of a session (23:30 New York), told by the row itself and the lag table, not by
 * whoever reads it: bars up to the session, actions, filings, reports and headlines by when they became public, macro series by their
 * lag, stays in an index that had begun, without their ends to come.
 *
 * Names and sectors have no history: they are kept as last known.
 * @param table SQL of the rows, for datasets whose rows must be looked at
 */
export async function knownRows(connection: Connection, dataset: DatasetName, session: IsoDate, table: string): Promise<KnownRows> {
  const day = `date '${session}'`;
  const instant = (column: string): string => `epoch_ms(${column}) <= ${decisionTime(session)}`;
  const openEnd = `case when end_date > ${day} then null else end_date end`;
  switch (dataset) {
    case 'bars':
    case 'option_chains':
    case 'option_underlyings':
      return { where: `session <= ${day}` };
    case 'actions':
      return { where: `ex_date <= ${day} and coalesce(available_at, ex_date) <= ${day}` };
    case 'reference':
      return { where: 'true' };
    case 'membership':
    case 'symbol_history':
      return { where: `start_date <= ${day}`, replace: { end_date: openEnd } };
    case 'macro':
      return { where: await knownMacro(connection, session, table) };
    case 'news':
      return { where: instant('first_seen_at') };
    case 'fundamentals':
    case 'filings':
      return { where: instant('filed_at') };
    case 'earnings':
      return { where: `(report_date < ${day} or (report_date = ${day} and time_of_day in ('bmo', 'amc'))) and (first_seen_at is null or ${instant('first_seen_at')})` };
  }
}

async function knownMacro(connection: Connection, session: IsoDate, table: string): Promise<string> {
  const [day, old] = [`date '${session}'`, addDays(session, -LONGEST_LAG)];
  const last = toEpochDay(session);
  const recent = await rows(connection, `select series_id, cast(observation_date - date '1970-01-01' as integer) as day from ${table} where observation_date > date '${old}' and observation_date <= ${day}`);
  const unknown = recent.filter((row) => !MACRO_SERIES.has(String(row['series_id'])) || macroAvailableAt(String(row['series_id']), Number(row['day'])) > last);
  const pairs = unknown.map((row) => `(${literal(String(row['series_id']))}, ${Number(row['day'])})`);
  const public_ = `observation_date <= ${day} and coalesce(available_at, observation_date) <= ${day}`;
  return pairs.length === 0 ? public_ : `${public_} and (series_id, cast(observation_date - date '1970-01-01' as integer)) not in (${pairs.join(', ')})`;
}
