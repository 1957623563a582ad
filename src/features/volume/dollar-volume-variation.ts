import { fromPosition } from '../../math/rolling/from-position.js';
import { rollingStd } from '../../math/rolling/moments.js';
import { rollingMean } from '../../math/rolling/sums.js';
import type { SeriesFeature } from '../feature.js';

/** How uneven trading was: standard deviation of the traded value over its mean. */
export function dollarVolumeVariation(window: number): SeriesFeature {
  return {
    kind: 'series',
    name: `dollar-volume-variation-${window}`,
    family: 'volume',
    describe: `coefficient of variation of the traded value over ${window} sessions`,
    formula: `std(D, ${window}) / mean(D, ${window}), D = traded value, divisor ${window} − 1`,
    unit: 'ratio',
    source: 'Chordia, Subrahmanyam and Anshuman (2001); daily instead of monthly',
    lookback: window - 1,
    inputs: ['bars', 'volume'],
    compute({ dollarVolume }) {
      const [deviation, level] = [rollingStd(dollarVolume, window), rollingMean(dollarVolume, window)];
      return fromPosition(level.length, window - 1, (t) => deviation[t] / level[t]);
    },
  };
}
