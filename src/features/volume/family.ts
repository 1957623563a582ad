import type { Feature } from '../feature.js';
import { amihudIlliquidity } from './amihud-illiquidity.js';
import { chaikinMoneyFlow } from './chaikin-money-flow.js';
import { corwinSchultzSpread } from './corwin-schultz-spread.js';
import { dollarVolumeVariation } from './dollar-volume-variation.js';
import { logDollarVolume } from './log-dollar-volume.js';
import { onBalanceVolume } from './on-balance-volume.js';
import { priceImpact } from './price-impact.js';
import { relativeVolume } from './relative-volume.js';
import { rollSpread } from './roll-spread.js';
import { upVolumeShare } from './up-volume-share.js';
import { volumeRank } from './volume-rank.js';
import { volumeReturnCorrelation } from './volume-return-correlation.js';
import { volumeTrend } from './volume-trend.js';
import { volumeZScore } from './volume-z-score.js';
import { zeroReturnShare } from './zero-return-share.js';

/** How much is traded and what trading costs. */
export const VOLUME: readonly Feature[] = [
  amihudIlliquidity(21),
  logDollarVolume(21),
  dollarVolumeVariation(63),
  volumeZScore(63),
  relativeVolume(21),
  volumeTrend(5, 63),
  volumeRank(50),
  onBalanceVolume(21),
  chaikinMoneyFlow(21),
  upVolumeShare(63),
  volumeReturnCorrelation(21),
  priceImpact(21),
  zeroReturnShare(63),
  corwinSchultzSpread(21),
  rollSpread(63),
];
