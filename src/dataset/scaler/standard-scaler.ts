import { mean } from '../../math/stats.js';
import { perFeatureScaler } from './per-feature.js';
import type { Scaler } from './scaler.js';

/** (value − mean) / standard deviation (divisor n) of the training values; a feature that never varied is only centred. */
export function standardScaler(): Scaler {
  return perFeatureScaler({
    name: 'standard',
    describe: 'distance from the training mean in training standard deviations',
    params: {},
    learns: ['mean', 'deviation'],
    learn(values) {
      const centre = mean(values);
      let squares = 0;
      for (const value of values) squares += (value - centre) ** 2;
      const deviation = Math.sqrt(squares / values.length);
      // equal values leave a deviation that is only rounding of the mean
      return [centre, deviation > 8 * Number.EPSILON * Math.abs(centre) ? deviation : 1];
    },
    scale: (value, centre, deviation) => (value - centre) / deviation,
  });
}
