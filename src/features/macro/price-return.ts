import { fromPosition } from '../../math/rolling/from-position.js';
import type { MarketFeature } from '../feature.js';
import { DAILY_MAX_AGE, macroLevel } from '../macro-series.js';

/** A daily price. */
export interface DailyPrice {
  /** Of the feature; the window follows. */
  readonly name: string;
  readonly id: string;
  /** What it is, as it stands in a sentence. */
  readonly what: string;
  readonly source: string;
  /** When an observation counts as released, as it stands in a sentence; without it, the session after its day. */
  readonly released?: string;
  /** Calendar days after its observation at which a price is too old. */
  readonly maxAge?: number;
}

/** Return of a currency or commodity; NaN where a price is not positive, as crude oil's on 20 April 2020. */
export function priceReturn({ name, id, what, source, released = 'the session after its day', maxAge = DAILY_MAX_AGE }: DailyPrice, window: number): MarketFeature {
  return {
    kind: 'market',
    name: `${name}-return-${window}`,
    family: 'macro',
    describe: `return over ${window} sessions of ${what}, each the newest observation that counts as released (${released}), NaN when one is not positive or more than ${maxAge} days old`,
    formula: `${id} / ${id}[t−${window}] − 1, as known at t and t−${window}`,
    unit: 'return',
    source,
    lookback: window,
    inputs: [`macro:${id}`],
    compute(market) {
      const level = macroLevel(market, id, maxAge);
      return fromPosition(level.length, window, (t) => (level[t] > 0 && level[t - window] > 0 ? level[t] / level[t - window] - 1 : Number.NaN));
    },
  };
}
