import type { EpochDay } from '../../core/dates.js';
import { fromPosition } from '../../math/rolling/from-position.js';
import type { SeriesInputs } from '../compute/series-inputs.js';
import type { SeriesFeature } from '../feature.js';
import { asKnown } from '../known-periods.js';

/** Sessions after which a report is no news any more: half a quarter after the next one was due. */
const MAX_SESSIONS = 104;

/** How the market took the last report. */
export const announcementReturn: SeriesFeature = {
  kind: 'series',
  name: 'announcement-return',
  family: 'fundamentals',
  describe: `return beyond that of the benchmark on the session of the last earnings report and the one after it, from its close on and for ${MAX_SESSIONS} sessions`,
  formula: '(1 + R[d]) (1 + R[d+1]) − (1 + M[d]) (1 + M[d+1]), d the first session on or after the last report with d + 1 ≤ t',
  unit: 'return',
  source: 'Chan, Jegadeesh and Lakonishok (1996), abnormal return around the announcement; days 0 and +1',
  lookback: MAX_SESSIONS + 1,
  inputs: ['bars', 'index', 'earnings:reports'],
  compute(series) {
    const { sessions, simpleReturn, indexReturn } = series;
    const [last, before] = [reportDays(series, 1), reportDays(series, 2)];
    return fromPosition(series.length, 0, (t) => {
      const newest = sessionOf(sessions, last[t]);
      // the session after the newest report is not over yet: the report before it is the last one judged
      const day = newest < t ? newest : sessionOf(sessions, before[t]);
      if (!(t - day <= MAX_SESSIONS)) return Number.NaN;
      return (1 + simpleReturn[day]) * (1 + simpleReturn[day + 1]) - (1 + indexReturn[day]) * (1 + indexReturn[day + 1]);
    });
  },
};

/** Day of the newest report known at each session, or of the one before it, [session]. */
function reportDays({ tables, sessions }: SeriesInputs, fromEnd: 1 | 2): Float64Array {
  return asKnown([tables.earnings.get('reports')], sessions, ([reports]) => reports.periods.at(-fromEnd) ?? Number.NaN, { maxAge: Number.POSITIVE_INFINITY, since: 'period' });
}

/** Position of the first session on or after a day; NaN for no day, the number of sessions when there is none. */
function sessionOf(sessions: Int32Array, day: EpochDay): number {
  if (Number.isNaN(day)) return Number.NaN;
  let low = 0;
  let high = sessions.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sessions[middle] < day) low = middle + 1;
    else high = middle;
  }
  return low;
}
