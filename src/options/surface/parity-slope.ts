import { median } from './median.js';
import type { ParityPairs } from './parity-pairs.js';

/** Fewest pairs whose slope is looked at. */
const FEWEST = 6;

/** Largest error of a rate, a year, at which prices tell more than a curve. */
const LARGEST_ERROR = 0.005;

/** Furthest off the curve that a rate of prices is believed. */
const OFF_CURVE = 0.03;

/** Standard error of a median of normal errors over that of their mean, and their standard deviation over their median size. */
const [MEDIAN_ERROR, NORMAL_SPREAD] = [1.2533, 1.4826];

/**
 * Discount that prices tell by the slope of C − P over strike (Theil and Sen: the median of the slopes between all pairs), or `null`
 * where their scatter or the spreads leave its rate more than a half per cent a year in doubt, or it is off the curve by more than three.
 *
 * @see Theil (1950), A rank-invariant method of linear and polynomial regression analysis
 */
export function slopeOfParity({ count, strike, difference, halfSpread }: ParityPairs, { years, rate }: { readonly years: number; readonly rate: number }): number | null {
  if (count < FEWEST) return null;
  let squares = 0;
  let centre = 0;
  for (let i = 0; i < count; i++) centre += strike[i] / count;
  for (let i = 0; i < count; i++) squares += (strike[i] - centre) ** 2;
  if (!quotesTell(halfSpread, squares, years)) return null;
  const slopes = new Float64Array((count * (count - 1)) / 2);
  let k = 0;
  for (let i = 0; i < count; i++) for (let j = 0; j < i; j++) slopes[k++] = (difference[j] - difference[i]) / (strike[i] - strike[j]);
  const slope = median(slopes);
  const level = median(difference.map((value, i) => value + slope * strike[i]));
  const scatter = NORMAL_SPREAD * median(difference.map((value, i) => Math.abs(value + slope * strike[i] - level)));
  const isTold = (MEDIAN_ERROR * scatter) / Math.sqrt(squares) <= LARGEST_ERROR * years * slope;
  return isTold && Math.abs(-Math.log(slope) / years - rate) <= OFF_CURVE ? slope : null;
}

/** Whether spreads are narrow enough to tell a rate; last trades, which have none, never are: they are of different times. */
function quotesTell(halfSpread: Float64Array, squares: number, years: number): boolean {
  const typical = median(halfSpread);
  return typical / Math.sqrt(squares) <= LARGEST_ERROR * years;
}
