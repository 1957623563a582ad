import { RankCorrelation } from '../../evaluation/rank-correlation.js';
import { Ranker, type Ranking } from '../../evaluation/ranker.js';
import { MIN_NAMES } from '../session-rank-ics.js';

/** What ranks sessions of one size, on arrays that it keeps. */
interface Bench {
  readonly ranker: Ranker;
  readonly correlation: RankCorrelation;
  readonly scores: Ranking;
}

/**
 * The mean rank correlation of scores and labels within sessions, for one set of scores after another: the mean of
 * `sessionRankIcs`, with the labels ranked once.
 */
export class ValidationRankIc {
  readonly #counts: Int32Array;
  readonly #benches = new Map<number, Bench>();
  readonly #labels: readonly Ranking[];

  /** @param labels finite, [sample] */
  constructor(labels: Float64Array, counts: Int32Array) {
    this.#counts = counts;
    let start = 0;
    this.#labels = Array.from(counts, (count) => this.#bench(count).ranker.rank(labels.subarray(start, (start += count))));
  }

  /** `null` where no session has 20 names, or none where both vary. */
  of(scores: Float64Array): number | null {
    let [sum, sessions, start] = [0, 0, 0];
    this.#counts.forEach((count, group) => {
      const { ranker, correlation, scores: ranking } = this.#bench(count);
      const found = count < MIN_NAMES ? null : correlation.of(ranker.rank(scores.subarray(start, start + count), ranking), this.#labels[group]).correlation;
      start += count;
      if (found === null) return;
      sum += found;
      sessions++;
    });
    return sessions === 0 ? null : sum / sessions;
  }

  #bench(size: number): Bench {
    const known = this.#benches.get(size);
    if (known !== undefined) return known;
    const ranker = new Ranker(size);
    const bench = { ranker, correlation: new RankCorrelation(size), scores: ranker.rank(new Float64Array(size)) };
    this.#benches.set(size, bench);
    return bench;
  }
}
