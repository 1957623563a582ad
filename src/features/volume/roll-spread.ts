import { rollingAutocovariance } from '../../math/rolling/autocovariance.js';
import { fromPosition } from '../../math/rolling/from-position.js';
import type { SeriesFeature } from '../feature.js';

/** Spread between bid and ask from the bounce that it leaves in closes. */
export function rollSpread(window: number): SeriesFeature {
  return {
    kind: 'series',
    name: `roll-spread-${window}`,
    family: 'volume',
    describe: `spread, as a fraction of the price, that the autocovariance of daily log returns implies, over ${window} pairs; 0 where that is positive`,
    formula: `2·√max(0, −cov(r, r[t−1], ${window}))`,
    unit: 'fraction',
    source: 'Roll (1984); 0 for positive covariances as in Goyenko, Holden and Trzcinka (2009)',
    lookback: window + 1,
    inputs: ['bars'],
    compute({ logReturn }) {
      const covariance = rollingAutocovariance(logReturn, window);
      return fromPosition(covariance.length, window + 1, (t) => 2 * Math.sqrt(Math.max(0, -covariance[t])));
    },
  };
}
