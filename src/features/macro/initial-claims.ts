import type { MarketFeature } from '../feature.js';
import { asKnown, type KnownPeriods } from '../known-periods.js';

const WEEK = 7;
/** Days that the oldest of some weeks may be older than they are many: one is missing. */
const SLACK = 10;
const MAX_AGE = 30;

/** Whether layoffs rise: claims for unemployment insurance of four weeks against those of a year. */
export const initialClaimsTrend: MarketFeature = {
  kind: 'market',
  name: 'initial-claims-trend',
  family: 'macro',
  describe: `initial claims for unemployment insurance, mean of the newest 4 weeks over mean of 52, less 1; weeks that ended at least 7 days ago, NaN when the newest ended more than ${MAX_AGE} days ago; revised series`,
  formula: 'mean(ICSA, 4 weeks) / mean(ICSA, 52 weeks) − 1',
  unit: 'ratio',
  source: 'own definition; Department of Labor, ICSA; seasonal factors are revised every year, so the past is not what was seen then',
  lookback: 0,
  inputs: ['macro:ICSA'],
  compute: ({ macro, sessions }) => asKnown([macro.get('ICSA')], sessions, ([claims]) => meanOfWeeks(claims, 4) / meanOfWeeks(claims, 52) - 1, { maxAge: MAX_AGE, since: 'period' }),
};

function meanOfWeeks({ periods, values, newest }: KnownPeriods, weeks: number): number {
  const from = periods.length - weeks;
  if (from < 0 || newest - periods[from] > WEEK * weeks + SLACK) return Number.NaN;
  let sum = 0;
  for (let i = from; i < periods.length; i++) sum += values[i];
  return sum / weeks;
}
