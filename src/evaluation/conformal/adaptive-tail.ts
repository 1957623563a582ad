import { RollingScores } from './rolling-scores.js';

export interface TailSettings {
  /** Share of outcomes meant to lie beyond this end of the interval. */
  readonly target: number;
  readonly window: number;
  readonly gamma: number;
  readonly minSessions: number;
}

/** Where a tail stands, as plain JSON. */
export interface TailState {
  /** Share at which scores are cut for the next correction. */
  readonly level: number;
  /** Scores of each session in the window, oldest first; each ascending. */
  readonly scores: readonly (readonly number[])[];
}

/** So that a share such as 1 − 0.9, a hair below a tenth, counts as what is meant. */
const ROUNDING = 1e-9;

/**
 * One end of an interval, which is moved outwards until outcomes miss it as often as they should.
 *
 * A score says how far an outcome lay beyond the end that was forecast, negative within. The end is moved by the ⌈(n + 1)(1 − level)⌉-th smallest
 * of n scores (Romano, Patterson and Candès, 2019, section 4, each tail by itself: theorem 2). The level begins at the share aimed at and moves by
 * gamma × (share aimed at − share missed) with each session's outcomes (Gibbs and Candès, 2021, equation 2, with the session's mean miss).
 *
 * Levels stay within [0, 1]. At a level too low for a rank among the scores the end is moved by the widest score seen, where the paper has an
 * infinite interval; at 1 by the narrowest. So a market that goes beyond all that was seen is missed more often than it should be until its scores
 * have come in, and misses at level 0 are not made up for by wider intervals later.
 */
export class AdaptiveTail {
  readonly #settings: TailSettings;
  readonly #scores: RollingScores;
  #level: number;

  constructor(settings: TailSettings, state?: TailState) {
    this.#settings = settings;
    this.#level = state?.level ?? settings.target;
    this.#scores = new RollingScores(settings.window, state?.scores.map((row) => Float64Array.from(row)));
  }

  get level(): number {
    return this.#level;
  }

  /** How far to move the end outwards; `null` where there are too few sessions, or too few scores for the share aimed at. */
  width(): number | null {
    const { target, minSessions } = this.#settings;
    const count = this.#scores.count;
    if (this.#scores.sessions < minSessions || this.#rank(target) > count) return null;
    return this.#scores.smallest(Math.min(count, Math.max(1, this.#rank(this.#level))));
  }

  /** ⌈(n + 1)(1 − level)⌉. */
  #rank(level: number): number {
    const all = this.#scores.count + 1;
    return all - Math.floor(all * level + ROUNDING);
  }

  /** Takes in the share of a session's outcomes beyond the end as it was issued. */
  adapt(missed: number): void {
    const { target, gamma } = this.#settings;
    this.#level = Math.min(1, Math.max(0, this.#level + gamma * (target - missed)));
  }

  /** Takes in a session's scores, at least one and none NaN. */
  learn(scores: Float64Array): void {
    this.#scores.add(scores);
  }

  state(): TailState {
    return { level: this.#level, scores: this.#scores.rows().map((row) => Array.from(row)) };
  }
}
