import type { SeriesInputs } from '../compute/series-inputs.js';

/** Sessions of a full window, and how many of them must have a value: what there is of chains is often short. */
export const WIDEST = 252;
export const MIN_VALUES = 40;

/** Lookback and first value of a feature over the widening window. */
export const WIDENING = { lookback: WIDEST - 1, minHistory: MIN_VALUES - 1 } as const;

/** Statistic of the present values of the last 252 sessions at hand, this one included; NaN unless this one and 40 in all have a value. */
export function overWindow(values: Float64Array, statistic: (present: Float64Array, own: number) => number): Float64Array {
  const present = new Float64Array(WIDEST);
  return Float64Array.from(values, (own, t) => {
    if (Number.isNaN(own)) return own;
    let count = 0;
    for (let s = Math.max(0, t - WIDEST + 1); s <= t; s++) if (!Number.isNaN(values[s])) present[count++] = values[s];
    return count < MIN_VALUES ? Number.NaN : statistic(present.subarray(0, count), own);
  });
}

/** How many values the window of each session holds, [session]. */
export function valuesInWindow(values: Float64Array): Float64Array {
  return Float64Array.from(values, (_, t) => {
    let count = 0;
    for (let s = Math.max(0, t - WIDEST + 1); s <= t; s++) if (!Number.isNaN(values[s])) count++;
    return count;
  });
}

/** Share of the window's values below that of the session. */
export function percentile(values: Float64Array): Float64Array {
  return overWindow(values, (present, own) => {
    let below = 0;
    for (const value of present) if (value < own) below++;
    return below / present.length;
  });
}

/** The same of a series made from the inputs, kept under a name. */
export function percentileOf(series: SeriesInputs, name: string, values: (inputs: SeriesInputs) => Float64Array): Float64Array {
  return series.derive(`percentile of ${name}`, (inputs) => percentile(values(inputs)));
}
