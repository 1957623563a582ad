import type { Feature } from '../feature.js';
import { averageTrueRange } from './average-true-range.js';
import { closeDrawdown } from './close-drawdown.js';
import { closeToCloseVolatility } from './close-to-close-volatility.js';
import { downsideVolatility } from './downside-volatility.js';
import { maximumReturn, minimumReturn } from './extreme-return.js';
import { garmanKlassVolatility } from './garman-klass-volatility.js';
import { jumpShare } from './jump-share.js';
import { overnightVarianceShare } from './overnight-variance-share.js';
import { parkinsonVolatility } from './parkinson-volatility.js';
import { realizedVolatility } from './realized-volatility.js';
import { returnKurtosis } from './return-kurtosis.js';
import { returnSkewness } from './return-skewness.js';
import { rogersSatchellVolatility } from './rogers-satchell-volatility.js';
import { volatilityOfVolatility } from './volatility-of-volatility.js';
import { volatilityRatio } from './volatility-ratio.js';
import { yangZhangVolatility } from './yang-zhang-volatility.js';

/** How far prices move. */
export const VOLATILITY: readonly Feature[] = [
  realizedVolatility(21),
  realizedVolatility(63),
  closeToCloseVolatility(21),
  parkinsonVolatility(21),
  garmanKlassVolatility(21),
  rogersSatchellVolatility(21),
  yangZhangVolatility(21),
  yangZhangVolatility(63),
  averageTrueRange(14),
  downsideVolatility(63),
  volatilityRatio(5, 63),
  volatilityOfVolatility(63),
  returnSkewness(63),
  returnKurtosis(63),
  maximumReturn(21),
  minimumReturn(21),
  overnightVarianceShare(63),
  jumpShare(63),
  closeDrawdown(63),
  closeDrawdown(252),
];
