import type { FeatureInput, SeriesFeature } from '../feature.js';
import { alphaFeature } from './alpha-feature.js';
import { dividedBy } from './quotients.js';

/** Prices of the session over its close; the volume-weighted one is NaN where the source has none. */
export const priceRatios: readonly SeriesFeature[] = [
  overClose('open', 'open', 'O'),
  overClose('high', 'high', 'H'),
  overClose('low', 'low', 'L'),
  overClose('vwap', 'volume-weighted average price of the session', 'VWAP', ['bars', 'vwap']),
];

function overClose(price: 'open' | 'high' | 'low' | 'vwap', describe: string, symbol: string, inputs: readonly FeatureInput[] = ['bars']): SeriesFeature {
  return alphaFeature({
    name: `${price}0`,
    describe: `${describe} divided by the close`,
    formula: `${symbol} / C`,
    unit: 'ratio',
    lookback: 0,
    inputs,
    compute: (series) => dividedBy(series[price], series.close),
  });
}
