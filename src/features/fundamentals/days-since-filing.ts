import type { SeriesFeature } from '../feature.js';
import { asKnown } from '../known-periods.js';
import { FILING_MAX_AGE } from './quarter-feature.js';

/** How stale the figures are. */
export const daysSinceFiling: SeriesFeature = {
  kind: 'series',
  name: 'days-since-filing',
  family: 'fundamentals',
  describe: `calendar days since net income of the newest quarter was first known; NaN after ${FILING_MAX_AGE}`,
  formula: 'day(t) − day on which the newest quarter was known',
  unit: 'days',
  source: 'own definition',
  lookback: 0,
  inputs: ['fundamentals:net_income'],
  compute({ tables, sessions }) {
    const since = asKnown([tables.fundamentals.get('net_income')], sessions, ([income]) => income.newestSince, { maxAge: FILING_MAX_AGE, since: 'known' });
    return since.map((day, t) => sessions[t] - day);
  },
};
