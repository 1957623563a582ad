import { latestKnown } from '../table/vintages.js';
import type { MarketInputs } from './compute/market-inputs.js';

/** Calendar days after its observation at which a daily value is too old: a long weekend and a missed day are not. */
export const DAILY_MAX_AGE = 10;

/** The newest value of a macro series known at each session, [session]; NaN where there is none of the last `maxAge` calendar days. */
export function macroLevel(market: MarketInputs, id: string, maxAge = DAILY_MAX_AGE): Float64Array {
  return market.derive(`macro-${id}-${maxAge}`, ({ macro, sessions }) => {
    const series = macro.get(id);
    return series ? latestKnown(series, sessions, maxAge) : new Float64Array(sessions.length).fill(Number.NaN);
  });
}
