import type { BarSeries, Feature } from '../feature.js';

const MIN_PRESENT = 0.8;

/** Mean true range of `window` sessions as a fraction of the close: Wilder's range with a simple mean, so that its memory ends. */
export function averageTrueRange(window: number): Feature {
  return {
    name: `average-true-range-${window}`,
    describe: `mean true range of ${window} sessions divided by the close`,
    unit: 'ratio',
    source: 'Wilder (1978), true range; simple instead of smoothed mean',
    lookback: window,
    compute({ high, low, close }: BarSeries): Float64Array {
      const values = new Float64Array(close.length).fill(Number.NaN);
      const ranges = new Float64Array(close.length).fill(Number.NaN);
      for (let t = 1; t < close.length; t++) ranges[t] = Math.max(high[t], close[t - 1]) - Math.min(low[t], close[t - 1]);
      for (let t = window; t < close.length; t++) {
        let sum = 0;
        let present = 0;
        for (let s = t - window + 1; s <= t; s++) {
          if (Number.isNaN(ranges[s])) continue;
          sum += ranges[s];
          present++;
        }
        if (present >= MIN_PRESENT * window) values[t] = sum / present / close[t];
      }
      return values;
    },
  };
}
