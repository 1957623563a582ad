import type { EpochDay } from '../../core/dates.js';
import type { SeriesInputs } from '../compute/series-inputs.js';
import type { SeriesFeature } from '../feature.js';
import { expectedReportDays, lastReportDays } from './expected-report.js';
import { sessionsPassed, sessionsToCome } from './session-counts.js';

/** Calendar days a report may be late and still be expected every day. */
const LATE = 30;

const EXPECTED = 'own definition: 364 days after the report of the same quarter a year before, else 91 days after the last one, by reports known at t';

/** Sessions until the report that is expected next; a late one counts as expected at the next session. */
function distance(series: SeriesInputs): Float64Array {
  return series.derive('sessions-to-earnings', (inputs) => expectedReportDays(inputs).map((expected, t) => sessionsUntil(expected, inputs.sessions[t])));
}

function sessionsUntil(expected: EpochDay, day: EpochDay): number {
  if (Number.isNaN(expected) || day - expected > LATE) return Number.NaN;
  return Math.max(1, sessionsToCome(day, expected));
}

export const sessionsToEarnings: SeriesFeature = {
  kind: 'series',
  name: 'sessions-to-earnings',
  family: 'calendar',
  describe: 'sessions until the next earnings report as past report days let expect it, 1 while it is up to 30 days late; never read from the future',
  formula: 'max(1, sessions in (t, e]), e = d[same quarter a year before] + 364 days, else d[last] + 91 days',
  unit: 'sessions',
  source: EXPECTED,
  lookback: 0,
  inputs: ['calendar', 'earnings:reports'],
  compute: distance,
};

/** Whether a position opened now would probably be held through an earnings report. */
export function earningsWindow(window: number): SeriesFeature {
  return {
    kind: 'series',
    name: `earnings-window-${window}`,
    family: 'calendar',
    describe: `whether the next earnings report is expected within ${window} sessions`,
    formula: `1 when sessions-to-earnings ≤ ${window}, else 0`,
    unit: 'flag',
    source: EXPECTED,
    lookback: 0,
    inputs: ['calendar', 'earnings:reports'],
    compute: (series) => distance(series).map((sessions) => (Number.isNaN(sessions) ? Number.NaN : Number(sessions <= window))),
  };
}

export const sessionsSinceEarnings: SeriesFeature = {
  kind: 'series',
  name: 'sessions-since-earnings',
  family: 'calendar',
  describe: 'sessions since the last earnings report that is known, 0 on its day; NaN after 200 days',
  formula: 'sessions in (d[last], t]',
  unit: 'sessions',
  source: 'Bernard and Thomas (1989), the drift after announcements',
  lookback: 0,
  inputs: ['calendar', 'earnings:reports'],
  compute: (series) => lastReportDays(series).map((day, t) => (Number.isNaN(day) ? Number.NaN : sessionsPassed(day, series.sessions[t]))),
};
