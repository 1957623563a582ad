import type { Feature } from '../feature.js';
import { advanceDecline } from './advance-decline.js';
import { averageCorrelation } from './average-correlation.js';
import { beta } from './beta.js';
import { breadth } from './breadth.js';
import { coskewness } from './coskewness.js';
import { downsideBeta } from './downside-beta.js';
import { idiosyncraticShare } from './idiosyncratic-share.js';
import { idiosyncraticSkewness } from './idiosyncratic-skewness.js';
import { indexDrawdown } from './index-drawdown.js';
import { indexMomentum, indexVolatility } from './index-return.js';
import { laggedBeta } from './lagged-beta.js';
import { marketCorrelation } from './market-correlation.js';
import { newHighsLessLows } from './new-highs-less-lows.js';
import { relativeStrength } from './relative-strength.js';
import { residualMomentum } from './residual-momentum.js';
import { residualVolatility } from './residual-volatility.js';
import { returnDispersion } from './return-dispersion.js';
import { sectorDispersion } from './sector-dispersion.js';
import { varianceRiskPremium, vix, vixChange, vixOpenToClose, vixPercentile, vixToMean, vixZScore } from './vix.js';

/** The market, and the instrument beside it. */
export const MARKET: readonly Feature[] = [
  beta(60),
  marketCorrelation(60),
  residualVolatility(60),
  idiosyncraticShare(60),
  downsideBeta(126),
  laggedBeta(60),
  residualMomentum,
  idiosyncraticSkewness(252),
  coskewness(252),
  ...[5, 21, 63, 126].map((window) => relativeStrength('index', window)),
  ...[5, 21, 63, 126].map((window) => relativeStrength('sector', window)),
  indexMomentum(21),
  indexMomentum(63),
  indexMomentum(252),
  indexVolatility(21),
  indexDrawdown(252),
  breadth(50),
  breadth(200),
  advanceDecline,
  newHighsLessLows(252),
  returnDispersion(1),
  returnDispersion(21),
  averageCorrelation(60),
  sectorDispersion(21),
  vix,
  vixChange(5),
  vixZScore(252),
  vixPercentile(252),
  vixToMean(21),
  vixToMean(63),
  vixOpenToClose,
  varianceRiskPremium(21),
];
