import type { BarSeries } from './series.js';

/** Bars looked back on; about a quarter of a year. */
const WINDOW = 63;

/** Bars needed before anything is called unusual. */
export const MIN_HISTORY = 20;

/** Median absolute value to standard deviation, for a normal distribution. */
const MAD_SCALE = 1.4826;

/** A usual daily return is never taken to be below this: tick size and stale series. */
const MIN_VOLATILITY = 0.003;

const scratch = new Float64Array(WINDOW);

/** Upper median of the first `n` values of `scratch`, by Hoare's selection; reorders them. */
function medianOfScratch(n: number): number {
  const k = n >> 1;
  let low = 0;
  let high = n - 1;
  while (low < high) {
    const pivot = scratch[k];
    let i = low;
    let j = high;
    while (i <= j) {
      while (scratch[i] < pivot) i++;
      while (scratch[j] > pivot) j--;
      if (i > j) break;
      const swapped = scratch[i];
      scratch[i++] = scratch[j]!;
      scratch[j--] = swapped;
    }
    if (j < k) low = i;
    if (k < i) high = j;
  }
  return scratch[k];
}

/**
 * Usual size of a daily log return before bar `j` (at least `MIN_HISTORY`): scaled median of up to 63 absolute returns.
 *
 * One wrong price hardly moves it, and nothing from `j` on enters it.
 */
export function usualReturn(series: BarSeries, j: number): number {
  const from = Math.max(1, j - WINDOW);
  let n = 0;
  for (let i = from; i < j; i++) scratch[n++] = Math.abs(Math.log(series.close[i] / series.close[i - 1]));
  return Math.max(medianOfScratch(n) * MAD_SCALE, MIN_VOLATILITY);
}

/** Volume of bar `j` over the median of up to 63 bars before; 1 where it cannot be said. */
export function volumeRatio(series: BarSeries, j: number): number {
  let n = 0;
  for (let i = Math.max(0, j - WINDOW); i < j; i++) {
    const volume = series.volume[i];
    if (volume >= 0) scratch[n++] = volume;
  }
  const ratio = n < MIN_HISTORY ? Number.NaN : series.volume[j] / medianOfScratch(n);
  return Number.isFinite(ratio) ? ratio : 1;
}
