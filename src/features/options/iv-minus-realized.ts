import { fromPosition } from '../../math/rolling/from-position.js';
import type { SeriesFeature } from '../feature.js';
import { annualized } from '../volatility/annualized.js';
import { meanSquaredReturn } from '../volatility/mean-squared-return.js';
import { optionsFeature } from './options-feature.js';

export function ivMinusRealized(window: number): SeriesFeature {
  return optionsFeature(
    { name: `iv-minus-realized-${window}`, describe: `implied volatility at 30 days less the volatility realized in the last ${window} sessions`, formula: `σ[t] − √(252 · mean(r², ${window}))`, unit: 'annualized volatility', source: 'Bollerslev, Tauchen and Zhou (2009); Goyal and Saretto (2009) of single stocks', lookback: window, columns: ['volatility30'], also: ['bars'] },
    {
      compute(series) {
        const [implied, realized] = [series.option('volatility30'), annualized(meanSquaredReturn(series, window))];
        return fromPosition(series.length, window, (t) => implied[t] - realized[t]);
      },
    },
  );
}
