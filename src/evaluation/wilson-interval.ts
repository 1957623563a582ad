import { InvariantError } from '../core/errors.js';
import type { Interval } from './block-bootstrap.js';

/** Quantile of the standard normal that leaves 2.5 % above it. */
const Z_95 = 1.959963984540054;

/**
 * 95 % interval of a share of independent successes by the inverted score test, without continuity correction; it stays within
 * 0 and 1, and is `null` for no trials (Wilson, 1927).
 *
 * @throws InvariantError `BAD_COUNT` when the counts are not whole, or there are more hits than trials
 */
export function wilsonInterval(hits: number, of: number): Interval | null {
  if (!Number.isInteger(hits) || !Number.isInteger(of) || hits < 0 || hits > of) throw new InvariantError(`expected whole numbers 0 ≤ hits ≤ trials, found ${hits} of ${of} in a Wilson interval`, { code: 'BAD_COUNT', fields: { hits, of } });
  if (of === 0) return null;
  const share = hits / of;
  const square = Z_95 ** 2 / of;
  const centre = (share + square / 2) / (1 + square);
  const half = (Z_95 * Math.sqrt((share * (1 - share)) / of + square / (4 * of))) / (1 + square);
  // without hits, or without misses, the end is exact; rounding would put it a hair beyond
  return [hits === 0 ? 0 : centre - half, hits === of ? 1 : centre + half];
}
