import { requirePeriod } from '../checks.js';
import { latestHighestRows, latestLowestRows } from '../rolling/latest-extreme.js';
import { series, seriesByName, type Rows } from '../rows.js';

export interface Aroon {
  readonly down: Float64Array;
  readonly up: Float64Array;
}

export const aroonLookback = (period: number): number => period;

/** Rows of the latest lowest low and highest high of each window of `period` + 1 rows. */
function extremeRows(high: Float64Array, low: Float64Array, rows: Rows, { period, down, up }: Aroon & { readonly period: number }): void {
  latestLowestRows(low, rows, period + 1, down);
  latestHighestRows(high, rows, period + 1, up);
}

/** Turns rows of extremes into 100 for one on the row itself down to 0 for one `period` rows ago. */
function recency(rowsOfExtremes: Float64Array, { begin, end }: Rows, period: number): void {
  const factor = 100 / period;
  for (let t = begin + period; t < end; t++) rowsOfExtremes[t] = factor * (period - (t - rowsOfExtremes[t]));
}

/**
 * Aroon: 100 · (period − rows since the lowest low, the highest high) ÷ period of the last `period` + 1 rows, each [row],
 * 0 … 100; the latest of equal extremes counts.
 *
 * Lookback `period`; finite memory.
 * @throws InvariantError when the period is not a whole number ≥ 2
 * @see Chande, A Time Price Oscillator (1995); TA-Lib AROON
 */
export function aroon(high: Float64Array, low: Float64Array, period = 14): Aroon {
  requirePeriod(period, 2, 'aroon');
  return seriesByName({ name: 'aroon', inputs: [high, low], lookback: aroonLookback(period), memory: 'finite' }, ['down', 'up'], (rows, { down, up }) => {
    extremeRows(high, low, rows, { period, down, up });
    recency(down, rows, period);
    recency(up, rows, period);
  });
}

/**
 * Aroon oscillator: Aroon up − Aroon down, [row], −100 … 100.
 *
 * Lookback `period`; finite memory.
 * @throws InvariantError when the period is not a whole number ≥ 2
 * @see Chande, A Time Price Oscillator (1995); TA-Lib AROONOSC
 */
export function aroonosc(high: Float64Array, low: Float64Array, period = 14): Float64Array {
  requirePeriod(period, 2, 'aroonosc');
  const factor = 100 / period;
  return series({ name: 'aroonosc', inputs: [high, low], lookback: aroonLookback(period), memory: 'finite' }, (rows, output) => {
    const up = new Float64Array(rows.end);
    extremeRows(high, low, rows, { period, down: output, up });
    for (let t = rows.begin + period; t < rows.end; t++) output[t] = factor * (up[t] - output[t]);
  });
}
