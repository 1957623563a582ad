import type { Forecaster } from '../forecaster.js';
import { singleFeature } from './single-feature.js';

/**
 * Who fell in the last 5 sessions comes back: the score is the negative of that return (fraction).
 * @see Lehmann (1990)
 */
export function reversal(): Forecaster {
  return singleFeature({ name: 'reversal', describe: 'return of the last 5 sessions, the lower the better', feature: 'return-5', sign: -1 });
}
