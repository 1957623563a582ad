import { InvariantError } from '../core/errors.js';
import type { Rng } from '../core/rng.js';
import { blockLength, drawBlocks, drawnMeans, percentileInterval, type BlockDraws, type Interval } from './block-bootstrap.js';

/** Stretches of time without common sessions below which nothing is said: fewer draws from the market's luck than this show too little of it. */
export const MIN_SPANS = 20;

export interface OverlappingOptions {
  /** Sessions that an outcome reaches at most. */
  readonly span: number;
  readonly rng: Rng;
  /** Series drawn, 1,000 unless given. */
  readonly replicates?: number;
}

/**
 * 95 % intervals of means over outcomes that overlap in time and share sessions: blocks of sessions, longer than an outcome reaches, are
 * drawn anew with everything that began in them (moving blocks on a circle; Künsch, 1989; Politis and Romano, 1992).
 *
 * Outcomes of one session, and of sessions as near as they reach, share the moves of the market: they are far fewer than their number.
 */
export class OverlappingOutcomes {
  readonly #positions: readonly number[];
  readonly #first: number;
  readonly #draws: BlockDraws | null;
  readonly #counts: Float64Array;

  /**
   * @param positions  session on which each outcome began, as a number that grows by one a session
   * @throws InvariantError when a span is no whole number of sessions
   */
  constructor(positions: readonly number[], { span, rng, replicates = 1000 }: OverlappingOptions) {
    if (!(Number.isInteger(span) && span >= 1)) throw new InvariantError(`expected outcomes that reach a whole number of sessions, found ${span}`, { code: 'BAD_SPAN', fields: { span } });
    this.#positions = positions;
    this.#first = positions.reduce((least, position) => Math.min(least, position), Infinity);
    const length = positions.length === 0 ? 0 : positions.reduce((most, position) => Math.max(most, position), -Infinity) - this.#first + 1;
    this.#draws = length < MIN_SPANS * span ? null : drawBlocks(length, { block: blockLength(length, span), replicates, rng });
    this.#counts = this.#perSession(positions.map(() => 1), length);
  }

  /** Interval of the mean of values, one for each outcome; `null` where the outcomes cover too little time. */
  interval(values: readonly number[]): Interval | null {
    if (values.length !== this.#positions.length) throw new InvariantError(`expected a value for each of ${this.#positions.length} outcomes, found ${values.length}`);
    if (this.#draws === null) return null;
    const totals = drawnMeans(this.#perSession(values, this.#counts.length), this.#draws);
    const counts = drawnMeans(this.#counts, this.#draws);
    const means = totals.map((total, replicate) => total / counts[replicate]).filter((value) => !Number.isNaN(value));
    return percentileInterval(means);
  }

  #perSession(values: readonly number[], length: number): Float64Array {
    const sums = new Float64Array(length);
    values.forEach((value, i) => (sums[this.#positions[i] - this.#first] += value));
    return sums;
  }
}
