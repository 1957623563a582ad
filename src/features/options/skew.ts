import { fromPosition } from '../../math/rolling/from-position.js';
import type { SeriesInputs } from '../compute/series-inputs.js';
import { optionsFeature } from './options-feature.js';

/** Volatility of puts less that of calls, [session]. */
export function skews(series: SeriesInputs): Float64Array {
  const [puts, calls] = [series.option('put25'), series.option('call25')];
  return fromPosition(series.length, 0, (t) => puts[t] - calls[t]);
}

export const skew = optionsFeature(
  { name: 'skew-25-delta-30', describe: 'implied volatility of puts less that of calls at a delta of 0.25 and 30 days', formula: 'σ(put, Δ 0.25) − σ(call, Δ 0.25)', unit: 'annualized volatility', source: 'Xing, Zhang and Zhao (2010), of 25-delta options', lookback: 0, columns: ['put25', 'call25'] },
  { compute: skews },
);
