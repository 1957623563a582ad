import { mean } from '../math/stats.js';
import type { RankCorrelation } from './rank-correlation.js';
import type { Ranking } from './ranker.js';
import type { ScoreChange } from './score-evaluation.js';
import { bucketsOf, type SessionSlice } from './session-slice.js';
import { orNull } from './summarize-series.js';

/** A session as it was. */
interface Remembered {
  readonly t: number;
  readonly ranking: Ranking;
  readonly bucket: Int8Array;
}

/** Turnover of the top quantile and rank autocorrelation of scores at some lags, session after session. */
export class ScoreChanges {
  readonly #quantiles: number;
  readonly #memory: (Remembered | undefined)[];
  readonly #lags: readonly { lag: number; turnover: number[]; autocorrelation: number[] }[];

  constructor(lags: readonly number[], quantiles: number) {
    this.#quantiles = quantiles;
    this.#memory = new Array<Remembered | undefined>(Math.max(...lags) + 1).fill(undefined);
    this.#lags = [...new Set(lags)].sort((a, b) => a - b).map((lag) => ({ lag, turnover: [], autocorrelation: [] }));
  }

  add({ t, scoreRanking }: SessionSlice, ranks: RankCorrelation): void {
    const now = this.#remember(t, scoreRanking);
    for (const { lag, turnover, autocorrelation } of this.#lags) {
      const before = t >= lag ? this.#memory[(t - lag) % this.#memory.length] : undefined;
      if (before?.t !== t - lag) continue;
      const { correlation } = ranks.of(now.ranking, before.ranking);
      if (correlation !== null) autocorrelation.push(correlation);
      const replaced = shareReplaced(now.bucket, before.bucket, this.#quantiles - 1);
      if (!Number.isNaN(replaced)) turnover.push(replaced);
    }
  }

  evaluate(): readonly ScoreChange[] {
    return this.#lags.map(({ lag, turnover, autocorrelation }) => ({ lag, turnover: orNull(mean(turnover)), rankAutocorrelation: orNull(mean(autocorrelation)) }));
  }

  #remember(t: number, { count, order, ranks, squares }: Ranking): Remembered {
    const place = t % this.#memory.length;
    const old = this.#memory[place]?.ranking ?? { order: new Int32Array(order.length), ranks: new Float64Array(ranks.length) };
    old.order.set(order);
    old.ranks.set(ranks);
    const ranking = { count, order: old.order, ranks: old.ranks, squares };
    return (this.#memory[place] = { t, ranking, bucket: bucketsOf(ranking, this.#quantiles) });
  }
}

/** Share of a bucket's names that were not in it before, names that had no score then included; NaN of an empty one. */
function shareReplaced(now: Int8Array, before: Int8Array, bucket: number): number {
  let [names, replaced] = [0, 0];
  for (let row = 0; row < now.length; row++) {
    if (now[row] !== bucket) continue;
    names++;
    if (before[row] !== bucket) replaced++;
  }
  return replaced / names;
}
