import { greater, lesser } from '../branchless.js';
import type { Rows } from '../rows.js';
import { scratch } from '../scratch.js';
import type { HighLowClose } from '../volatility/trange.js';
import { ROUNDING } from '../zero.js';

export interface Scale {
  readonly period: number;
  /** What to take from the percentage: 0 counts from the lowest low, 100 from the highest high. */
  readonly origin: 0 | 100;
}

/** Where the close stands between low and high, percent; 0 where they are equal but for rounding. */
function percent(close: number, top: number, bottom: number, origin: number): number {
  const range = top - bottom;
  return range <= ROUNDING * (Math.abs(top) + Math.abs(bottom)) ? 0 : ((close - bottom) / range) * 100 - origin;
}

/**
 * Where the close stands between the lowest low and the highest high of `period` rows (extremes by van Herk, 1992).
 *
 * Every window is the end of one block of `period` rows and the start of the next, so that three comparisons a row suffice
 * whatever the period. NaN spreads to the windows that read it.
 */
export function positionRows({ high, low, close }: HighLowClose, { begin, end }: Rows, { period, origin }: Scale, output: Float64Array): void {
  const [tops, bottoms] = [scratch(0, period), scratch(1, period)];
  for (let block = begin; block + period <= end; block += period) {
    const last = block + period - 1;
    let top = high[last];
    let bottom = low[last];
    for (let t = last, i = period - 1; i >= 0; t--, i--) {
      top = greater(high[t], top);
      bottom = lesser(low[t], bottom);
      tops[i] = top;
      bottoms[i] = bottom;
    }
    output[last] = percent(close[last], top, bottom, origin);
    const count = Math.min(period, end - last);
    top = high[last];
    bottom = low[last];
    for (let i = 1; i < count; i++) {
      const t = last + i;
      top = greater(high[t], top);
      bottom = lesser(low[t], bottom);
      output[t] = percent(close[t], greater(tops[i], top), lesser(bottoms[i], bottom), origin);
    }
  }
}
