import type { BarSeries, Feature } from '../feature.js';

const SESSIONS_PER_YEAR = 252;
/** Least share of a window's returns that must be there. */
const MIN_PRESENT = 0.8;

/** Annualized zero-mean volatility of daily log returns over `window` sessions. */
export function realizedVolatility(window: number): Feature {
  return {
    name: `realized-volatility-${window}`,
    describe: `square root of 252 × mean squared log return of ${window} sessions`,
    unit: 'annualized volatility',
    source: 'Andersen and Bollerslev (1998), daily squared returns, zero mean',
    lookback: window,
    compute({ close }: BarSeries): Float64Array {
      const values = new Float64Array(close.length).fill(Number.NaN);
      const squares = new Float64Array(close.length);
      for (let t = 1; t < close.length; t++) squares[t] = Math.log(close[t] / close[t - 1]) ** 2;
      for (let t = window; t < close.length; t++) values[t] = windowVolatility(squares, t, window);
      return values;
    },
  };
}

/** Summed anew for each window: a running sum would carry rounding from bars outside the window. */
function windowVolatility(squares: Float64Array, t: number, window: number): number {
  let sum = 0;
  let present = 0;
  for (let s = t - window + 1; s <= t; s++) {
    if (Number.isNaN(squares[s])) continue;
    sum += squares[s];
    present++;
  }
  return present < MIN_PRESENT * window ? Number.NaN : Math.sqrt((SESSIONS_PER_YEAR * sum) / present);
}
