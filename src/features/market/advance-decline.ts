import { fromPosition } from '../../math/rolling/from-position.js';
import type { MarketFeature } from '../feature.js';
import { memberMean } from './members.js';

/** Advances less declines of the session, over the members. */
export const advanceDecline: MarketFeature = {
  kind: 'market',
  name: 'advance-decline-1',
  family: 'market',
  describe: 'members that rose less members that fell, as a share of all',
  formula: '(#{C > C[t−1]} − #{C < C[t−1]}) / #members',
  unit: 'fraction',
  source: 'standard, advance-decline line',
  lookback: 1,
  inputs: ['bars', 'members'],
  compute: (market) => memberMean(market, 1, (closes) => fromPosition(closes.length, 1, (t) => Math.sign(closes[t] - closes[t - 1]))),
};
