import type { Booster } from './binding/booster.js';
import type { LabelledTaskSamples, Stopping } from './ranker-tasks.js';
import { ValidationRankIc } from './validation-rank-ic.js';

/** Figures of the validation sessions after a round. */
export type Figures = Readonly<Record<string, number>>;

/** Metrics of LightGBM of which more is better. */
const HIGHER_IS_BETTER = /^(ndcg|map|auc|average_precision|r2)/;
/** Validation data are the first that the booster was given. */
const VALIDATION = 1;

/** Looks at the validation sessions after each round, keeps the best round, and says when to stop. */
export class Watch {
  readonly #booster: Booster;
  readonly #stopping: Stopping;
  readonly #rankIc: ValidationRankIc | null;
  readonly #metrics: readonly string[];
  #best = 0;
  #bestValue = -Infinity;
  #bestFigures: Figures = {};

  constructor(booster: Booster, { y, counts }: LabelledTaskSamples, stopping: Stopping) {
    this.#booster = booster;
    this.#stopping = stopping;
    this.#rankIc = stopping.metric === 'rank-ic' ? new ValidationRankIc(y, counts) : null;
    this.#metrics = booster.metrics();
  }

  /** The round to keep, from 1; 0 where no value was defined. */
  get best(): number {
    return this.#best;
  }

  get bestFigures(): Figures {
    return this.#bestFigures;
  }

  /** Figures after a round, counted from 1. */
  look(round: number): Figures {
    const figures = this.#figures();
    const [first] = Object.entries(figures);
    if (first === undefined || round < this.#stopping.atLeast) return figures;
    const value = this.#rankIc === null && !HIGHER_IS_BETTER.test(first[0]) ? -first[1] : first[1];
    if (value > this.#bestValue) [this.#best, this.#bestValue, this.#bestFigures] = [round, value, figures];
    return figures;
  }

  /** Why to end after a round; `null` to go on. */
  reasonToStop(round: number): string | null {
    const { patience, atLeast } = this.#stopping;
    if (round < atLeast + patience || round - this.#best < patience) return null;
    return this.#best === 0 ? `no defined value in ${round} rounds` : `no better value in ${patience} rounds`;
  }

  #figures(): Figures {
    if (this.#rankIc !== null) {
      const rankIc = this.#rankIc.of(this.#booster.currentPredictions(VALIDATION));
      return rankIc === null ? {} : { rankIc };
    }
    const values = this.#booster.evaluate(VALIDATION);
    return Object.fromEntries(this.#metrics.map((name, at) => [name, values[at]]));
  }
}
