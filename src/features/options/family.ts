import type { Feature } from '../feature.js';
import { atmVolatility } from './atm-volatility.js';
import { butterfly } from './butterfly.js';
import { callOpenInterest } from './call-open-interest.js';
import { callVolume } from './call-volume.js';
import { distanceToLevel } from './distance-to-level.js';
import { frontEventPremium } from './front-event-premium.js';
import { gammaExposure } from './gamma-exposure.js';
import { ivChange } from './iv-change.js';
import { ivMinusRealized } from './iv-minus-realized.js';
import { ivPercentile } from './iv-percentile.js';
import { ivRank } from './iv-rank.js';
import { ivRegime } from './iv-regime.js';
import { openGreek } from './open-greek.js';
import { openInterestChange } from './open-interest-change.js';
import { optionVolumeZScore } from './option-volume-z-score.js';
import { putCallExtreme } from './put-call-extreme.js';
import { putCallPercentile } from './put-call-percentile.js';
import { putCallRatio } from './put-call-ratio.js';
import { putCallZScore } from './put-call-z-score.js';
import { putOpenInterest } from './put-open-interest.js';
import { putVolume } from './put-volume.js';
import { sentiment } from './sentiment.js';
import { skew } from './skew.js';
import { smartMoney } from './smart-money.js';
import { squeeze } from './squeeze.js';
import { volatilitySlope } from './volatility-slope.js';
import { volumeToOpenInterest } from './volume-to-open-interest.js';

/** What options say: forty figures of each session's chain and of those before it. */
export const OPTIONS: readonly Feature[] = [
  callVolume,
  putVolume,
  optionVolumeZScore,
  callOpenInterest,
  putOpenInterest,
  openInterestChange(1),
  openInterestChange(5),
  volumeToOpenInterest,

  putCallRatio('volume'),
  putCallRatio('open-interest'),
  putCallZScore('volume'),
  putCallZScore('open-interest'),
  putCallPercentile,
  putCallExtreme,

  gammaExposure('gamma-exposure', "dealers' gamma exposure", ['callGamma', 'putGamma']),
  gammaExposure('call-gamma-exposure', "dealers' gamma exposure of calls", ['callGamma']),
  gammaExposure('put-gamma-exposure', "dealers' gamma exposure of puts", ['putGamma']),
  distanceToLevel('distance-to-gamma-flip', 'gammaFlip', "price at which dealers' gamma exposure changes its sign"),
  distanceToLevel('distance-to-call-wall', 'callWall', 'strike with the largest gamma exposure of calls'),
  distanceToLevel('distance-to-put-wall', 'putWall', 'strike with the largest gamma exposure of puts'),
  distanceToLevel('distance-to-max-pain', 'maxPain', 'strike at which holders of the largest expiry within 45 days would be paid least'),

  atmVolatility,
  ivRank,
  ivPercentile,
  ivChange(5),
  ivMinusRealized(21),
  skew,
  butterfly,

  openGreek('open-delta', 'meanDelta', { describe: 'delta of an open contract', formula: 'Σ OI Δ / Σ OI', unit: 'ratio' }),
  openGreek('open-vega', 'meanVega', { describe: 'vega of an open contract over the price', formula: 'Σ OI ∂V/∂σ / (S Σ OI)', unit: 'ratio' }),
  openGreek('open-theta', 'meanTheta', { describe: 'what an open contract loses a year over the price', formula: 'Σ OI Θ / (S Σ OI)', unit: 'fraction per year' }),
  openGreek('open-vanna', 'meanVanna', { describe: 'change of delta of an open contract with volatility', formula: 'Σ OI ∂Δ/∂σ / Σ OI', unit: 'ratio' }),
  openGreek('open-charm', 'meanCharm', { describe: 'change of delta of an open contract a year', formula: 'Σ OI ∂Δ/∂t / Σ OI', unit: 'ratio' }),

  volatilitySlope(30, 90),
  volatilitySlope(7, 30),
  frontEventPremium,

  smartMoney,
  squeeze,
  sentiment,
  ivRegime,
];
