import type { SeriesFeature } from '../feature.js';
import { alphaFeature } from './alpha-feature.js';
import { dividedBy } from './quotients.js';

/** Prices of the session over its close; the volume-weighted one is NaN where the source has none. */
export const priceRatios: readonly SeriesFeature[] = [
  alphaFeature({ name: 'open0', describe: 'open divided by the close', formula: 'O / C', unit: 'ratio', lookback: 0, compute: ({ open, close }) => dividedBy(open, close) }),
  alphaFeature({ name: 'high0', describe: 'high divided by the close', formula: 'H / C', unit: 'ratio', lookback: 0, compute: ({ high, close }) => dividedBy(high, close) }),
  alphaFeature({ name: 'low0', describe: 'low divided by the close', formula: 'L / C', unit: 'ratio', lookback: 0, compute: ({ low, close }) => dividedBy(low, close) }),
  alphaFeature({ name: 'vwap0', describe: 'volume-weighted average price of the session divided by the close', formula: 'VWAP / C', unit: 'ratio', lookback: 0, inputs: ['bars', 'vwap'], compute: ({ vwap, close }) => dividedBy(vwap, close) }),
];
