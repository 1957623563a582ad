import { greater, lesser } from '../branchless.js';
import type { Rows } from '../rows.js';
import { scratch } from '../scratch.js';

export interface Channel {
  readonly highest: Float64Array;
  readonly lowest: Float64Array;
}

/**
 * Highest high and lowest low of `period` rows (van Herk, 1992): every window is the end of one block of `period` rows and
 * the start of the next, so that three comparisons a row suffice whatever the period. NaN spreads to the windows that read it.
 */
export function channelRows({ high, low }: { readonly high: Float64Array; readonly low: Float64Array }, { begin, end }: Rows, period: number, { highest, lowest }: Channel): void {
  const [tops, bottoms] = [scratch(0, period), scratch(1, period)];
  for (let block = begin; block + period <= end; block += period) {
    const last = block + period - 1;
    let top = high[last];
    let bottom = low[last];
    for (let i = period - 1; i >= 0; i--) {
      top = greater(high[block + i], top);
      bottom = lesser(low[block + i], bottom);
      tops[i] = top;
      bottoms[i] = bottom;
    }
    highest[last] = top;
    lowest[last] = bottom;
    const stop = Math.min(last + period, end);
    top = high[last];
    bottom = low[last];
    for (let t = last + 1; t < stop; t++) {
      top = greater(high[t], top);
      bottom = lesser(low[t], bottom);
      highest[t] = greater(tops[t - last], top);
      lowest[t] = lesser(bottoms[t - last], bottom);
    }
  }
}
