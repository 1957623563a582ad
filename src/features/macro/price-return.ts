import { fromPosition } from '../../math/rolling/from-position.js';
import type { MarketFeature } from '../feature.js';
import { DAILY_MAX_AGE, macroLevel } from '../macro-series.js';

/** Return of a currency or commodity; NaN where a price is not positive, as crude oil's on 20 April 2020. */
export function priceReturn({ name, id, what, source }: { readonly name: string; readonly id: string; readonly what: string; readonly source: string }, window: number): MarketFeature {
  return {
    kind: 'market',
    name: `${name}-return-${window}`,
    family: 'macro',
    describe: `return over ${window} sessions of ${what}, each the newest observation that counts as released (the session after its day), NaN when one is not positive or more than ${DAILY_MAX_AGE} days old`,
    formula: `${id} / ${id}[t−${window}] − 1, as known at t and t−${window}`,
    unit: 'return',
    source,
    lookback: window,
    inputs: [`macro:${id}`],
    compute(market) {
      const level = macroLevel(market, id);
      return fromPosition(level.length, window, (t) => (level[t] > 0 && level[t - window] > 0 ? level[t] / level[t - window] - 1 : Number.NaN));
    },
  };
}
