import { fromPosition } from '../../math/rolling/from-position.js';
import { rollingMean } from '../../math/rolling/sums.js';
import type { SeriesFeature } from '../feature.js';

/** How much is traded: ln of the mean daily value, as quoted. */
export function logDollarVolume(window: number): SeriesFeature {
  return {
    kind: 'series',
    name: `log-dollar-volume-${window}`,
    family: 'volume',
    describe: `log of the mean traded value a session, over ${window} sessions`,
    formula: `ln mean(D, ${window}), D = traded value`,
    unit: 'log money',
    source: 'Brennan, Chordia and Subrahmanyam (1998), dollar volume',
    lookback: window - 1,
    inputs: ['bars', 'volume'],
    scale: { prices: 'varies', volumes: 'varies' },
    compute({ dollarVolume }) {
      const means = rollingMean(dollarVolume, window);
      return fromPosition(means.length, window - 1, (t) => Math.log(means[t]));
    },
  };
}
