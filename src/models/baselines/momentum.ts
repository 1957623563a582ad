import type { Forecaster } from '../forecaster.js';
import { singleFeature } from './single-feature.js';

/**
 * Who rose from 252 to 21 sessions ago goes on rising: the score is that return (fraction).
 * @see Jegadeesh and Titman (1993)
 */
export function momentum(): Forecaster {
  return singleFeature({ name: 'momentum', describe: 'return from 252 to 21 sessions ago, the higher the better', feature: 'momentum-12-1', sign: 1 });
}
