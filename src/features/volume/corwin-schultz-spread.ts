import { fromPosition } from '../../math/rolling/from-position.js';
import { rollingMean } from '../../math/rolling/sums.js';
import type { SeriesInputs } from '../compute/series-inputs.js';
import type { SeriesFeature } from '../feature.js';

/** 3 − 2√2 of the paper. */
const DENOMINATOR = 3 - 2 * Math.SQRT2;

/** Spread between bid and ask from highs and lows: variance grows with the days of a range, the spread does not. */
export function corwinSchultzSpread(window: number): SeriesFeature {
  return {
    kind: 'series',
    name: `corwin-schultz-spread-${window}`,
    family: 'volume',
    describe: `mean of the spreads, as a fraction of the price, that highs and lows of two sessions imply, over ${window} pairs; negative ones count as 0`,
    formula: `mean(max(0, 2(e^α − 1) / (1 + e^α)), ${window}), α = (√2 − 1)·√β / (3 − 2√2) − √(γ / (3 − 2√2)), β = ln(H/L)² + ln(H[t−1]/L[t−1])², γ = ln(max H / min L)² of both, today moved by the gap that C[t−1] leaves`,
    unit: 'fraction',
    source: 'Corwin and Schultz (2012), with their adjustment for overnight moves',
    lookback: window,
    inputs: ['bars'],
    compute: (series) => rollingMean(fromPosition(series.length, 1, (t) => pairSpread(series, t)), window),
  };
}

function pairSpread({ high, low, close }: SeriesInputs, t: number): number {
  const gap = Math.max(0, low[t] - close[t - 1]) + Math.min(0, high[t] - close[t - 1]);
  const [top, bottom] = [high[t] - gap, low[t] - gap];
  const beta = Math.log(top / bottom) ** 2 + Math.log(high[t - 1] / low[t - 1]) ** 2;
  const gamma = Math.log(Math.max(top, high[t - 1]) / Math.min(bottom, low[t - 1])) ** 2;
  const alpha = ((Math.SQRT2 - 1) * Math.sqrt(beta)) / DENOMINATOR - Math.sqrt(gamma / DENOMINATOR);
  return Math.max(0, (2 * Math.expm1(alpha)) / (1 + Math.exp(alpha)));
}
