import { fromPosition } from '../../math/rolling/from-position.js';
import { rollingMean } from '../../math/rolling/sums.js';
import type { SeriesInputs } from '../compute/series-inputs.js';
import type { SeriesFeature } from '../feature.js';
import { annualized } from './annualized.js';

/** mean(ln(H/C) ln(H/O) + ln(L/C) ln(L/O), window): daily variance that a drift does not bias; needs window − 1 sessions before. */
export function rogersSatchellVariance(series: SeriesInputs, window: number): Float64Array {
  return series.derive(`rogers-satchell-variance-${window}`, (inputs) => rollingMean(inputs.derive('rogers-satchell-variance', dailyVariance), window));
}

/** Annualized volatility from the bars, whatever the drift; gaps do not count. */
export function rogersSatchellVolatility(window: number): SeriesFeature {
  return {
    kind: 'series',
    name: `rogers-satchell-volatility-${window}`,
    family: 'volatility',
    describe: `volatility from open, high, low and close of ${window} sessions, unbiased by a drift, annualized; gaps do not count`,
    formula: `√(252 · mean(ln(H/C) · ln(H/O) + ln(L/C) · ln(L/O), ${window}))`,
    unit: 'annualized volatility',
    source: 'Rogers and Satchell (1991)',
    lookback: window - 1,
    inputs: ['bars'],
    compute: (series) => annualized(rogersSatchellVariance(series, window)),
  };
}

function dailyVariance({ open, high, low, close }: SeriesInputs): Float64Array {
  return fromPosition(high.length, 0, (t) => Math.log(high[t] / close[t]) * Math.log(high[t] / open[t]) + Math.log(low[t] / close[t]) * Math.log(low[t] / open[t]));
}
