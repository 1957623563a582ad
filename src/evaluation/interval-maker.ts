import type { Rng } from '../core/rng.js';
import { blockLength, drawBlocks, drawnMeans, percentileInterval, type BlockDraws, type Interval } from './block-bootstrap.js';

/**
 * Intervals of means by a circular block bootstrap.
 *
 * Blocks are drawn once for series of one length and reach: all figures of an evaluation see the same sessions drawn, and
 * none changes when another is added.
 */
export class IntervalMaker {
  readonly #rng: Rng;
  readonly #draws = new Map<string, BlockDraws>();

  constructor(rng: Rng) {
    this.#rng = rng;
  }

  /** Blocks for series of `count` sessions; `null` where they would hold fewer than two blocks. */
  draws(count: number, horizon: number): BlockDraws | null {
    const block = blockLength(Math.max(1, count), horizon);
    if (count < 2 * block) return null;
    const key = `${count} sessions in blocks of ${block}`;
    const draws = this.#draws.get(key) ?? drawBlocks(count, { block, rng: this.#rng.fork(key) });
    this.#draws.set(key, draws);
    return draws;
  }

  /** 95 % interval of the mean of a series, [session] without NaN; `null` where it is shorter than two blocks. */
  ofMean(values: ArrayLike<number>, horizon: number): Interval | null {
    const draws = this.draws(values.length, horizon);
    return draws === null ? null : percentileInterval(drawnMeans(values, draws));
  }
}
