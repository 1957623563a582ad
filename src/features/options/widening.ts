import { MIN_VALUES, shareBelowLast, WIDEST, wideningWindow } from '../../options/history/widening-window.js';
import type { SeriesInputs } from '../compute/series-inputs.js';

/** Lookback and first value of a feature over the widening window. */
export const WIDENING = { lookback: WIDEST - 1, minHistory: MIN_VALUES - 1 } as const;

/** Statistic of the widening window of each session, whose last value is that of the session; NaN without a window. */
export function overWindow(values: Float64Array, statistic: (window: Float64Array) => number): Float64Array {
  const buffer = new Float64Array(WIDEST);
  return Float64Array.from(values, (_, t) => {
    const window = wideningWindow(values, t, buffer);
    return window === null ? Number.NaN : statistic(window);
  });
}

/** How many values the window of each session holds, [session]. */
export function valuesInWindow(values: Float64Array): Float64Array {
  return Float64Array.from(values, (_, t) => {
    let count = 0;
    for (let s = Math.max(0, t - WIDEST + 1); s <= t; s++) if (Number.isFinite(values[s])) count++;
    return count;
  });
}

/** Share of the window's values below that of the session, of a series made from the inputs and kept under a name. */
export function percentileOf(series: SeriesInputs, name: string, values: (inputs: SeriesInputs) => Float64Array): Float64Array {
  return series.derive(`percentile of ${name}`, (inputs) => overWindow(values(inputs), shareBelowLast));
}
