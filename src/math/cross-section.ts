import { ascendingOrder } from './ascending-order.js';
import { mean, quantile } from './stats.js';

/** Statistics of one session across members, [member] to [member]; NaN is missing: it stays NaN and counts nowhere. */

/** Normal consistency of the median absolute deviation as commonly rounded: 1 / Φ⁻¹(3/4) = 1.482602…. */
const MAD_TO_STD = 1.4826;

/** Rank of each value from 1, the lowest, to the number of values; equals share the mean of their ranks. */
export function averageRank(values: ArrayLike<number>): Float64Array {
  const ranks = new Float64Array(values.length).fill(Number.NaN);
  const order = ascendingOrder(values);
  for (let i = 0; i < order.length; ) {
    let end = i + 1;
    while (end < order.length && values[order[end]] === values[order[i]]) end++;
    const shared = (i + 1 + end) / 2;
    for (; i < end; i++) ranks[order[i]] = shared;
  }
  return ranks;
}

/** Average rank over the number of values, in (0, 1]. */
export function percentRank(values: ArrayLike<number>): Float64Array {
  const ranks = averageRank(values);
  const count = presentValues(values).length;
  return eachValue(ranks, (rank) => rank / count);
}

/** Average rank as the middle of its share of the values, (rank − ½) / n − ½, in (−½, ½): its mean is 0, a lone value's is 0. */
export function centredRank(values: ArrayLike<number>): Float64Array {
  const ranks = averageRank(values);
  const count = presentValues(values).length;
  return eachValue(ranks, (rank) => (rank - 0.5) / count - 0.5);
}

/** Distance from the mean in standard deviations with divisor n − `ddof`; all NaN where the values are equal or too few. */
export function zScore(values: ArrayLike<number>, { ddof = 1 }: { ddof?: number } = {}): Float64Array {
  const present = presentValues(values);
  const centre = mean(present);
  let squares = 0;
  for (const value of present) squares += (value - centre) ** 2;
  const deviation = present.length > ddof ? Math.sqrt(squares / (present.length - ddof)) : Number.NaN;
  // equal values leave a deviation that is only rounding of the mean
  const varies = deviation > 8 * Number.EPSILON * Math.abs(centre);
  return eachValue(values, (value) => (varies ? (value - centre) / deviation : Number.NaN));
}

/** Values beyond the `lower` or `upper` quantile (linear interpolation, type 7) pulled in to it. */
export function winsorize(values: ArrayLike<number>, lower: number, upper = 1 - lower): Float64Array {
  const sorted = presentValues(values).sort();
  const [low, high] = [quantile(sorted, lower), quantile(sorted, upper)];
  return eachValue(values, (value) => Math.min(high, Math.max(low, value)));
}

/**
 * Distance from the median in median absolute deviations, scaled by 1.4826 so that normal values have deviation 1; all NaN
 * where more than half the values are equal.
 * @see Leys et al. (2013); Hampel (1974)
 */
export function madZScore(values: ArrayLike<number>): Float64Array {
  const sorted = presentValues(values).sort();
  const middle = quantile(sorted, 0.5);
  const deviation = MAD_TO_STD * quantile(sorted.map((value) => Math.abs(value - middle)).sort(), 0.5);
  return eachValue(values, (value) => (deviation > 0 ? (value - middle) / deviation : Number.NaN));
}

/** A loop, because `Float64Array.from` with a function walks an iterator: several times slower, and every session comes by here. */
function eachValue(values: ArrayLike<number>, change: (value: number) => number): Float64Array {
  const result = new Float64Array(values.length);
  for (let i = 0; i < result.length; i++) result[i] = change(values[i]);
  return result;
}

function presentValues(values: ArrayLike<number>): Float64Array {
  const present = new Float64Array(values.length);
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value === value) present[count++] = value;
  }
  return present.subarray(0, count);
}
