import type { SeriesInputs } from '../compute/series-inputs.js';
import { optionsFeature } from './options-feature.js';
import { percentileOf, valuesInWindow, WIDENING } from './widening.js';

/** Where implied volatility stands among that of the year, [session]. */
export const ivPercentiles = (series: SeriesInputs): Float64Array => percentileOf(series, 'volatility30', (inputs) => inputs.option('volatility30'));

export const ivPercentile = optionsFeature(
  { name: 'iv-percentile-252', describe: 'share of the last 252 sessions whose 30-day implied volatility was below that of the session; from 40 sessions on', formula: 'mean(σ[s] < σ[t], s = t−251 … t)', unit: 'rank', source: 'standard', ...WIDENING, columns: ['volatility30'] },
  { compute: ivPercentiles, support: (series) => valuesInWindow(series.option('volatility30')) },
);
