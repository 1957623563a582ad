import { InvariantError } from '../core/errors.js';
import type { Rng } from '../core/rng.js';
import { mean, quantile } from '../math/stats.js';

/** How series whose neighbours depend on each other are drawn anew. */
export interface BlockBootstrapOptions {
  /** Sessions in a block; the mean number of them where blocks are of random length. */
  readonly block: number;
  /** Series drawn, 2,000 unless given. */
  readonly replicates?: number;
  /** Blocks of one length on a circle (Politis and Romano, 1992), the default, or of geometric length (Politis and Romano, 1994). */
  readonly method?: 'circular' | 'stationary';
  readonly rng: Rng;
}

/** Lower and upper end. */
export type Interval = readonly [low: number, high: number];

const REPLICATES = 2000;

/**
 * Length of blocks for labels of neighbouring sessions that overlap over `horizon` sessions: twice their reach, or the cube
 * root of the number of sessions where that is longer, and at most all of them.
 *
 * Blocks as short as the overlap would underestimate the variance of a mean by a third (Künsch, 1989, eq. 3.11).
 */
export function blockLength(sessions: number, horizon: number): number {
  return Math.max(1, Math.min(sessions, Math.max(2 * (horizon + 1), Math.round(Math.cbrt(sessions)))));
}

/** Calls `visit(start, length)` for each block of one series drawn anew; a block that passes the end goes on at the start. */
export function drawBlocks(count: number, { block, method = 'circular', rng }: BlockBootstrapOptions, visit: (start: number, length: number) => void): void {
  requireBlock(count, block);
  const stay = Math.log(1 - 1 / block);
  for (let drawn = 0; drawn < count; ) {
    const start = rng.integer(0, count - 1);
    const whole = method === 'circular' || block === 1 ? block : 1 + Math.floor(Math.log(1 - rng.float()) / stay);
    const length = Math.min(whole, count - drawn);
    visit(start, length);
    drawn += length;
  }
}

/**
 * Means of series drawn anew in blocks, [series][replicate]; all series are drawn at the same sessions.
 *
 * @param series each [session], of one length, without NaN
 */
export function bootstrapMeans(series: readonly ArrayLike<number>[], options: BlockBootstrapOptions): Float64Array[] {
  const count = series[0]?.length ?? 0;
  const replicates = options.replicates ?? REPLICATES;
  const centres = series.map((values) => mean(values));
  const sums = series.map((values, k) => circularSums(values, centres[k]));
  const means = series.map(() => new Float64Array(replicates));
  for (let replicate = 0; replicate < replicates; replicate++) {
    drawBlocks(count, options, (start, length) => {
      for (let k = 0; k < sums.length; k++) means[k][replicate] += sums[k][start + length] - sums[k][start];
    });
    for (let k = 0; k < sums.length; k++) means[k][replicate] = centres[k] + means[k][replicate] / count;
  }
  return means;
}

/** The middle `level` of the values (percentile interval; Efron, 1979). */
export function percentileInterval(values: ArrayLike<number>, level = 0.95): Interval {
  const sorted = Float64Array.from(values).sort();
  return [quantile(sorted, (1 - level) / 2), quantile(sorted, (1 + level) / 2)];
}

/** Interval of the mean of a series, [session] without NaN; `null` with fewer than two blocks' worth of sessions. */
export function meanInterval(values: ArrayLike<number>, options: BlockBootstrapOptions, level = 0.95): Interval | null {
  if (values.length < 2 || values.length < 2 * options.block) return null;
  return percentileInterval(bootstrapMeans([values], options)[0], level);
}

/** Sums of the first i values less `centre`, around the circle twice: any block is the difference of two. */
function circularSums(values: ArrayLike<number>, centre: number): Float64Array {
  const count = values.length;
  const sums = new Float64Array(2 * count + 1);
  for (let i = 0; i < 2 * count; i++) sums[i + 1] = sums[i] + (values[i < count ? i : i - count] - centre);
  return sums;
}

function requireBlock(count: number, block: number): void {
  if (count >= 1 && Number.isInteger(block) && block >= 1 && block <= count) return;
  throw new InvariantError(`expected a whole number of sessions from 1 to ${count} as length of a block, found ${block} in a block bootstrap`, { code: 'BAD_BLOCK', fields: { count, block } });
}
