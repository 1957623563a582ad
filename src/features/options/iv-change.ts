import { fromPosition } from '../../math/rolling/from-position.js';
import type { SeriesFeature } from '../feature.js';
import { optionsFeature } from './options-feature.js';

export function ivChange(window: number): SeriesFeature {
  return optionsFeature(
    { name: `iv-change-${window}`, describe: `implied volatility at 30 days less that of ${window} sessions before`, formula: `σ[t] − σ[t−${window}]`, unit: 'annualized volatility', source: 'An, Ang, Bali and Cakici (2014), changes of implied volatility', lookback: window, columns: ['volatility30'] },
    {
      compute(series) {
        const volatility = series.option('volatility30');
        return fromPosition(series.length, window, (t) => volatility[t] - volatility[t - window]);
      },
    },
  );
}
