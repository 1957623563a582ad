import { fromPosition } from '../../math/rolling/from-position.js';
import type { SeriesInputs } from '../compute/series-inputs.js';
import { comparable } from './comparable.js';
import { ivPercentiles } from './iv-percentile.js';
import { optionsFeature } from './options-feature.js';
import { percentileOf, valuesInWindow, WIDENING } from './widening.js';

/** Sessions of the rise. */
const RISE = 5;

/** Open calls just above the price, as a share of all, [session]. */
function nearCalls(series: SeriesInputs): Float64Array {
  return series.derive('near calls', (inputs) => {
    const [near, all] = [comparable(inputs, 'nearCallOpenInterest'), comparable(inputs, 'callOpenInterest')];
    return fromPosition(inputs.length, 0, (t) => near[t] / all[t]);
  });
}

/** Rise of the last sessions in logarithms, [session]. */
function rises(series: SeriesInputs): Float64Array {
  return series.derive('rise for squeeze', ({ close, length }) => fromPosition(length, RISE, (t) => Math.log(close[t] / close[t - RISE])));
}

export const squeeze = optionsFeature(
  {
    name: 'squeeze-score',
    describe: `mean of four shares: exposure of dealers on the short side, and where open calls within 10 % above the price, implied volatility and the rise of ${RISE} sessions stand among those of 252 sessions; from 40 on`,
    formula: `mean((1 − Σγ / Σ|γ|) / 2, pct(near calls / calls), pct(σ), pct(C[t] / C[t−${RISE}]))`,
    unit: 'score',
    source: 'own definition',
    lookback: WIDENING.lookback + RISE,
    minHistory: WIDENING.minHistory + RISE,
    columns: ['callGamma', 'putGamma', 'nearCallOpenInterest', 'callOpenInterest', 'volatility30', 'isMixed'],
    also: ['bars'],
  },
  {
    compute(series) {
      const [call, put] = [comparable(series, 'callGamma'), comparable(series, 'putGamma')];
      const [near, volatility, rise] = [percentileOf(series, 'near calls', nearCalls), ivPercentiles(series), percentileOf(series, 'rise', rises)];
      return fromPosition(series.length, RISE, (t) => ((1 - (call[t] + put[t]) / (Math.abs(call[t]) + Math.abs(put[t]))) / 2 + near[t] + volatility[t] + rise[t]) / 4);
    },
    // the least of the three windows
    support(series) {
      const [near, volatility, rise] = [nearCalls(series), series.option('volatility30'), rises(series)].map(valuesInWindow);
      return near.map((count, t) => Math.min(count, volatility[t], rise[t]));
    },
  },
);
