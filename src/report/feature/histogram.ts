import { quantile } from '../../math/stats.js';
import { niceStep } from './ticks.js';

/** Counts of values in bins of one width; the outermost bins also count what lies beyond them. */
export interface Histogram {
  readonly low: number;
  readonly width: number;
  /** [bin] */
  readonly counts: readonly number[];
  /** Values beyond the lowest and the highest edge, counted in the outermost bins. */
  readonly beyond: number;
}

const MIN_BINS = 12;
const MAX_BINS = 44;
/** Tails are folded into the outermost bins where the middle of the values would take up less than half of the axis. */
const TAIL = 0.02;
/** Part of the middle's width that the axis goes on beyond it. */
const AIR = 0.25;
const FEW = 50;
/** Differences below this part of the values, or below the smallest width, are noise of arithmetic. */
const NEGLIGIBLE = 1e-9;
const SMALLEST = 1e-100;

/**
 * Bins of round width after Freedman and Diaconis (1981); one bin a number for whole numbers, one bin for a constant.
 * @param sorted finite values, ascending, at least one
 */
export function histogram(sorted: ArrayLike<number>): Histogram {
  const [low, high] = coreRange(sorted);
  if (high - low <= Math.max(NEGLIGIBLE * Math.max(Math.abs(low), Math.abs(high)), SMALLEST)) return constant(sorted, low);
  if (isWhole(sorted) && high - low < MAX_BINS) return count(sorted, Math.floor(low) - 0.5, 1, Math.ceil(high) - Math.floor(low) + 1);
  const spread = quantile(sorted, 0.75) - quantile(sorted, 0.25);
  const wished = (1.6 * spread) / Math.cbrt(sorted.length); // less than the rule's 2: the step is rounded up
  const width = niceStep(Math.min((high - low) / MIN_BINS, Math.max((high - low) / MAX_BINS, wished)));
  const first = Math.floor(low / width + 1e-9) * width;
  return count(sorted, first, width, Math.max(1, Math.ceil((high - first) / width - 1e-9)));
}

function coreRange(sorted: ArrayLike<number>): readonly [number, number] {
  const [low, high] = [sorted[0], sorted[sorted.length - 1]];
  if (sorted.length < FEW) return [low, high];
  const [from, to] = [quantile(sorted, TAIL), quantile(sorted, 1 - TAIL)];
  const air = (to - from) * AIR;
  return to > from && high - low > 2 * (to - from) ? [Math.max(low, from - air), Math.min(high, to + air)] : [low, high];
}

function constant(sorted: ArrayLike<number>, value: number): Histogram {
  const width = isWhole(sorted) ? 1 : Math.max(Math.abs(value) * 0.1, SMALLEST * 10);
  return count(sorted, value - width / 2, width, 1);
}

function isWhole(values: ArrayLike<number>): boolean {
  for (let i = 0; i < values.length; i++) if (!Number.isInteger(values[i])) return false;
  return true;
}

function count(values: ArrayLike<number>, low: number, width: number, bins: number): Histogram {
  const counts = new Array<number>(bins).fill(0);
  const slack = width * 1e-9;
  let beyond = 0;
  for (let i = 0; i < values.length; i++) {
    if (values[i] < low - slack || values[i] > low + bins * width + slack) beyond++;
    counts[Math.min(bins - 1, Math.max(0, Math.floor((values[i] - low) / width + 1e-9)))]++;
  }
  return { low, width, counts, beyond };
}
