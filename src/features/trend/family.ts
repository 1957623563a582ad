import type { Feature } from '../feature.js';
import { aroonOscillator } from './aroon-oscillator.js';
import { bollingerPosition, bollingerWidth } from './bollinger-bands.js';
import { choppinessIndex } from './choppiness-index.js';
import { commodityChannelIndex } from './commodity-channel-index.js';
import { cutlerRsi } from './cutler-rsi.js';
import { averageDirectionalIndex, directionalMovement } from './directional-movement.js';
import { distanceToMean } from './distance-to-mean.js';
import { efficiencyRatio } from './efficiency-ratio.js';
import { logPriceFit } from './log-price-fit.js';
import { logPriceSlope } from './log-price-slope.js';
import { meanCross } from './mean-cross.js';
import { meanSpread } from './mean-spread.js';
import { moneyFlowIndex } from './money-flow-index.js';
import { stochastic } from './stochastic.js';
import { varianceRatio } from './variance-ratio.js';

/** Where prices stand in their own course. */
export const TREND: readonly Feature[] = [
  distanceToMean(10),
  distanceToMean(20),
  distanceToMean(50),
  distanceToMean(200),
  meanCross(50, 200),
  meanSpread(12, 26),
  logPriceSlope(21),
  logPriceSlope(63),
  logPriceFit(21),
  logPriceFit(63),
  efficiencyRatio(21),
  cutlerRsi(2),
  cutlerRsi(14),
  stochastic(14),
  stochastic(63),
  bollingerPosition(20),
  bollingerWidth(20),
  commodityChannelIndex(20),
  moneyFlowIndex(14),
  aroonOscillator(25),
  directionalMovement(14),
  averageDirectionalIndex(14),
  choppinessIndex(14),
  varianceRatio(5, 63),
];
