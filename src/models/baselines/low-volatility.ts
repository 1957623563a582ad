import type { Forecaster } from '../forecaster.js';
import { singleFeature } from './single-feature.js';

/**
 * Who moves little earns more for its risk: the score is the negative of the volatility of 63 sessions (annualized fraction).
 * @see Blitz and van Vliet (2007)
 */
export function lowVolatility(): Forecaster {
  return singleFeature({ name: 'low-volatility', describe: 'realized volatility of 63 sessions, the lower the better', feature: 'realized-volatility-63', sign: -1 });
}
