import { fromPosition } from '../../math/rolling/from-position.js';
import { rollingZScore } from '../../math/rolling/moments.js';
import type { MarketInputs } from '../compute/market-inputs.js';
import type { MarketFeature } from '../feature.js';
import { DAILY_MAX_AGE, macroLevel } from '../macro-series.js';

/** A daily series in percent a year. */
export interface Rate {
  /** Of the feature of the level; the others begin with it. */
  readonly name: string;
  readonly id: string;
  /** What it is, as it stands in a sentence. */
  readonly what: string;
  readonly source: string;
}

const NEWEST = `the newest observation that counts as released (the session after its day), NaN when it is more than ${DAILY_MAX_AGE} days old`;

const card = ({ id, source }: Rate) => ({ kind: 'market', family: 'macro', inputs: [`macro:${id}`], source }) as const;

/** As a fraction per year, [session]. */
function levelOf(market: MarketInputs, { id }: Rate): Float64Array {
  return market.derive(`rate-${id}`, (inputs) => macroLevel(inputs, id).map((percent) => percent / 100));
}

/** The rate as it stands. */
export function rateLevel(rate: Rate): MarketFeature {
  return {
    ...card(rate),
    name: rate.name,
    describe: `${rate.what}; ${NEWEST}`,
    formula: `${rate.id} / 100`,
    unit: 'fraction per year',
    lookback: 0,
    compute: (market) => levelOf(market, rate),
  };
}

/** By how much it moved. */
export function rateChange(rate: Rate, window: number): MarketFeature {
  return {
    ...card(rate),
    name: `${rate.name}-change-${window}`,
    describe: `change over ${window} sessions of ${rate.what}; ${NEWEST}`,
    formula: `(${rate.id} − ${rate.id}[t−${window}]) / 100, as known at t and t−${window}`,
    unit: 'fraction per year',
    lookback: window,
    compute(market) {
      const level = levelOf(market, rate);
      return fromPosition(level.length, window, (t) => level[t] - level[t - window]);
    },
  };
}

/** How unusual it is. */
export function rateZScore(rate: Rate, window: number): MarketFeature {
  return {
    ...card(rate),
    name: `${rate.name}-z-score-${window}`,
    describe: `how many standard deviations ${rate.what} lies from its mean of ${window} sessions; ${NEWEST}`,
    formula: `(${rate.id} − mean(${rate.id}, ${window})) / std(${rate.id}, ${window})`,
    unit: 'z-score',
    lookback: window - 1,
    compute: (market) => rollingZScore(levelOf(market, rate), window),
  };
}
