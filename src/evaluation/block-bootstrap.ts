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

/** Blocks of which series of `count` sessions are put together anew. */
export interface BlockDraws {
  readonly count: number;
  /** First session of each block. */
  readonly starts: Int32Array;
  /** Sessions of each block; one that passes the last session goes on at the first. */
  readonly lengths: Int32Array;
  /** Position behind the last block of each replicate. */
  readonly ends: Int32Array;
}

/** Lower and upper end. */
export type Interval = readonly [low: number, high: number];

const REPLICATES = 2000;

/**
 * Length of blocks for labels of neighbouring sessions that overlap over `horizon` sessions: twice their reach, or the cube
 * root of the number of sessions where that is longer, and at most all of them.
 *
 * Blocks as short as the overlap would see too little of it (bias of the order 1 / length; Künsch, 1989).
 */
export function blockLength(sessions: number, horizon: number): number {
  return Math.max(1, Math.min(sessions, Math.max(2 * (horizon + 1), Math.round(Math.cbrt(sessions)))));
}

/**
 * Blocks for series of `count` sessions.
 *
 * @throws InvariantError `BAD_BLOCK` when a block is no whole number of sessions, or longer than the series
 */
export function drawBlocks(count: number, { block, replicates = REPLICATES, method = 'circular', rng }: BlockBootstrapOptions): BlockDraws {
  requireBlock(count, block);
  const stay = Math.log(1 - 1 / block);
  const whole = method === 'circular' || block === 1 ? () => block : () => 1 + Math.floor(Math.log(1 - rng.float()) / stay);
  const list = new BlockList(replicates * (Math.ceil(count / block) + 1) + count);
  const ends = Int32Array.from({ length: replicates }, () => list.addSeries(count, rng, whole));
  return { count, ...list.blocks(), ends };
}

/** Blocks one after another, with room to grow. */
class BlockList {
  #starts: Int32Array;
  #lengths: Int32Array;
  #size = 0;

  constructor(room: number) {
    this.#starts = new Int32Array(room);
    this.#lengths = new Int32Array(room);
  }

  /** Blocks of another series, and how many there are now. A call for each, so that it is compiled after a few of them. */
  addSeries(count: number, rng: Rng, whole: () => number): number {
    if (this.#size + count > this.#starts.length) this.#grow(count);
    const [starts, lengths] = [this.#starts, this.#lengths];
    let at = this.#size;
    for (let drawn = 0; drawn < count; drawn += lengths[at++]) {
      starts[at] = rng.integer(0, count - 1);
      lengths[at] = Math.min(whole(), count - drawn);
    }
    return (this.#size = at);
  }

  blocks(): Pick<BlockDraws, 'starts' | 'lengths'> {
    return { starts: this.#starts.slice(0, this.#size), lengths: this.#lengths.slice(0, this.#size) };
  }

  #grow(count: number): void {
    const room = Math.max(2 * this.#starts.length, this.#size + count);
    [this.#starts, this.#lengths] = [this.#starts, this.#lengths].map((values) => {
      const longer = new Int32Array(room);
      longer.set(values);
      return longer;
    });
  }
}

/** Means of a series, [session] without NaN, drawn anew, [replicate]; series put together of the same blocks stay in step. */
export function drawnMeans(values: ArrayLike<number>, { count, starts, lengths, ends }: BlockDraws): Float64Array {
  if (values.length !== count) throw new InvariantError(`expected a series of ${count} sessions, as its blocks were drawn for, found ${values.length} in a block bootstrap`, { code: 'BAD_BLOCK', fields: { count, found: values.length } });
  const centre = mean(values);
  const sums = circularSums(values, centre);
  const means = new Float64Array(ends.length);
  let block = 0;
  for (let replicate = 0; replicate < ends.length; replicate++) {
    let total = 0;
    for (const end = ends[replicate]; block < end; block++) total += sums[starts[block] + lengths[block]] - sums[starts[block]];
    means[replicate] = centre + total / count;
  }
  return means;
}

/** The middle `level` of the values (percentile interval; Efron, 1979). */
export function percentileInterval(values: ArrayLike<number>, level = 0.95): Interval {
  const sorted = Float64Array.from(values).sort();
  return [quantile(sorted, (1 - level) / 2), quantile(sorted, (1 + level) / 2)];
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
