import type { FeatureCard, MarketFeature } from '../feature.js';
import { asKnown } from '../known-periods.js';

const DAYS_PER_MONTH = 365.25 / 12;
/** Months are named by their first days, which lie within this of an even spacing. */
const TOLERANCE = 5;
/** Months count as released 60 days after their end and are named by their first day: the newest is up to 125 days old. */
const MAX_AGE = 150;

interface MonthlyChange extends Pick<FeatureCard, 'name' | 'describe' | 'formula' | 'unit' | 'source'> {
  readonly id: string;
  readonly months: number;
  readonly change: (now: number, before: number) => number;
}

/** Change of a monthly series between the newest month released and one some months before it, both as known at t. */
export function monthlyChange({ id, months, change, describe, source, ...card }: MonthlyChange): MarketFeature {
  return {
    ...card,
    kind: 'market',
    family: 'macro',
    describe: `${describe}; newest month that ended at least 60 days ago, NaN when none began in the last ${MAX_AGE} days; revised series`,
    source: `${source}; revised later, so the past is not what was seen then`,
    lookback: 0,
    inputs: [`macro:${id}`],
    compute: ({ macro, sessions }) =>
      asKnown([macro.get(id)], sessions, ([series]) => change(series.near(series.newest, 0), series.near(series.newest - months * DAYS_PER_MONTH, TOLERANCE)), { maxAge: MAX_AGE, since: 'period' }),
  };
}
