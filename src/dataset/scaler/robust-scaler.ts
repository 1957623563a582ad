import { perFeatureScaler } from './per-feature.js';
import { quantileOf } from './quantile-of.js';
import type { Scaler } from './scaler.js';

/** Normal consistency of the median absolute deviation as commonly rounded: 1 / Φ⁻¹(3/4) = 1.482602…. */
const MAD_TO_STD = 1.4826;

/**
 * (value − median) / (1.4826 · median absolute deviation) of the training values; a feature of which more than half the
 * training values are equal is only centred.
 * @see Leys et al. (2013); Hampel (1974)
 */
export function robustScaler(): Scaler {
  return perFeatureScaler({
    name: 'robust',
    describe: 'distance from the training median in training median absolute deviations',
    params: {},
    learns: ['median', 'deviation'],
    learn(values) {
      const median = quantileOf(values, 0.5);
      for (let i = 0; i < values.length; i++) values[i] = Math.abs(values[i] - median);
      const deviation = MAD_TO_STD * quantileOf(values, 0.5);
      return [median, deviation > 0 ? deviation : 1];
    },
    scale: (value, median, deviation) => (value - median) / deviation,
  });
}
