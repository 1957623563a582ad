import type { Rng } from '../core/rng.js';
import { mean } from '../math/stats.js';
import { drawBlocks, drawnMeans, percentileInterval, type BlockDraws, type Interval } from './block-bootstrap.js';

/** Means over events that fall on few sessions: what happens on one session, or on neighbouring ones, is not independent. */
export class EventClusters {
  /** Positions of sessions that have events, ascending. */
  readonly sessions: readonly number[];
  /** Cluster of each event. */
  readonly #cluster: Int32Array;
  readonly #sizes: Float64Array;
  readonly #draws: BlockDraws | null;

  /** @param at position of the session of each event */
  constructor(at: readonly number[], { rng, replicates }: { rng: Rng; replicates: number }) {
    this.sessions = [...new Set(at)].sort((a, b) => a - b);
    const cluster = new Map(this.sessions.map((session, k) => [session, k]));
    this.#cluster = Int32Array.from(at, (session) => cluster.get(session)!);
    this.#sizes = this.#sums(new Float64Array(at.length).fill(1));
    this.#draws = this.sessions.length < 2 ? null : drawBlocks(this.sessions.length, { block: 1, replicates, rng });
  }

  /** Mean over events. */
  mean(values: Float64Array): number | null {
    return values.length === 0 ? null : mean(values);
  }

  /**
   * Mean over its standard error: residuals are summed within sessions, and sessions up to `lags` apart are taken together
   * with Bartlett weights; `null` with fewer than two sessions, or without variance.
   * @see Driscoll and Kraay (1998); with no lags Liang and Zeger (1986), with G / (G − 1)
   */
  t(values: Float64Array, lags: number): number | null {
    const count = this.sessions.length;
    if (count < 2) return null;
    const centre = mean(values);
    const sums = this.#sums(values.map((value) => value - centre));
    let variance = 0;
    for (let i = 0; i < count; i++) {
      variance += sums[i] * sums[i];
      for (let j = i - 1; j >= 0 && this.sessions[i] - this.sessions[j] <= lags; j--) variance += 2 * (1 - (this.sessions[i] - this.sessions[j]) / (lags + 1)) * sums[i] * sums[j];
    }
    const error = Math.sqrt((variance * count) / (count - 1)) / values.length;
    return error > 8 * Number.EPSILON * Math.abs(centre) ? centre / error : null;
  }

  /** 95 % interval of the mean by a bootstrap that draws whole sessions with their events; `null` with fewer than two. */
  interval(values: Float64Array): Interval | null {
    if (this.#draws === null) return null;
    const centre = mean(values);
    const [sums, sizes] = [this.#sums(values.map((value) => value - centre)), this.#sizes].map((of) => drawnMeans(of, this.#draws!));
    return percentileInterval(sums.map((sum, replicate) => centre + sum / sizes[replicate]));
  }

  #sums(values: Float64Array): Float64Array {
    const sums = new Float64Array(this.sessions.length);
    values.forEach((value, event) => (sums[this.#cluster[event]] += value));
    return sums;
  }
}
