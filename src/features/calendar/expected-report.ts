import type { EpochDay } from '../../core/dates.js';
import type { SeriesInputs } from '../compute/series-inputs.js';
import { asKnown } from '../known-periods.js';

/** Same weekday a year later. */
const YEAR = 364;
const QUARTER = 91;
/** A report this soon after the last one would belong to the same quarter. */
const SOONEST = 20;
/** The next report comes no later: half a quarter after it is usual. */
const LATEST = 136;

/** Calendar days after the last report at which nothing is expected any more: the company is late by more than a quarter, or its reports stopped. */
const SILENCE = 200;

/**
 * The day of the next report by those before: 52 weeks after the report of the same quarter a year ago, else 13 weeks after
 * the last one.
 *
 * @param reports days of the reports known, ascending
 * @returns NaN without reports; may lie in the past when a report is late
 */
export function expectedReport(reports: readonly EpochDay[]): EpochDay {
  const last = reports.at(-1);
  if (last === undefined) return Number.NaN;
  const yearAgo = reports.find((day) => day + YEAR > last + SOONEST && day + YEAR <= last + LATEST);
  return yearAgo === undefined ? last + QUARTER : yearAgo + YEAR;
}

/** Day of the next report as expected at each session, [session]; NaN where none is. */
export function expectedReportDays(series: SeriesInputs): Float64Array {
  return series.derive('expected-report', ({ tables, sessions }) => asKnown([tables.earnings.get('reports')], sessions, ([reports]) => expectedReport(reports.periods), { maxAge: SILENCE, since: 'period' }));
}

/** Day of the last report known at each session, [session]; NaN where none is, or it is older than `SILENCE`. */
export function lastReportDays(series: SeriesInputs): Float64Array {
  return series.derive('last-report', ({ tables, sessions }) => asKnown([tables.earnings.get('reports')], sessions, ([reports]) => reports.newest, { maxAge: SILENCE, since: 'period' }));
}
