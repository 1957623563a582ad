import { compareTrials, type Comparison, type ComparisonOptions } from './bootstrap-comparison.js';
import type { TrialReturns } from './trial-returns.js';

/** Share of series drawn whose maximum exceeds the statistic, by what trials worse than the benchmark are taken to be; 0 means below 1 / replicates. */
export interface SpaPValues {
  /** Losing trials lose for good: liberal. */
  readonly lower: number;
  /** Those that lose by more than chance allows are left where they are; the one to quote. */
  readonly consistent: number;
  /** All are as good as the benchmark, the least favourable case: conservative. */
  readonly upper: number;
}

export interface SpaTest {
  readonly statistic: number;
  readonly pValues: SpaPValues;
}

export interface SuperiorPredictiveAbility {
  /** max(0, largest √n d̄ / ω): each trial measured by its own noise. p is 1 when no trial beats the benchmark. */
  readonly studentised: SpaTest;
  /** Largest d̄, return per session over the benchmark. Its upper p-value is White's reality check. */
  readonly raw: SpaTest;
}

const CASES = ['lower', 'consistent', 'upper'] as const;

/**
 * Whether the best of the trials beats the benchmark by more than the luck of having tried so many.
 *
 * Trials are drawn anew together, session by session, so that their dependence is kept. A trial whose difference from the benchmark
 * does not vary counts nowhere in the studentised test.
 *
 * A little liberal on short records: of 20 trials of independent noise with blocks of two sessions, 12.5 % have a consistent p-value of at
 * most 0.1 over 240 sessions, 10.6 % over 1,000 (1,500 seeds each).
 *
 * @param returns [trial][session], fractions, nothing left out of what was tried
 * @throws InvariantError `BAD_TRIALS` when returns are missing or lengths differ, `BAD_BLOCK` when the block does not fit
 * @see Hansen (2005); White (2000)
 */
export function superiorPredictiveAbility(returns: TrialReturns, options: ComparisonOptions): SuperiorPredictiveAbility {
  const { sessions, replicates, each } = compareTrials(returns, options, 'superiorPredictiveAbility');
  const [raw, studentised] = [new Maxima(replicates, -Infinity), new Maxima(replicates, 0)];
  for (const comparison of each()) {
    raw.add(comparison, sessions, 1);
    if (comparison.variance > 0) studentised.add(comparison, sessions, Math.sqrt(sessions / comparison.variance));
  }
  const none = { lower: 1, consistent: 1, upper: 1 };
  return {
    studentised: { statistic: studentised.statistic, pValues: studentised.statistic > 0 ? studentised.pValues() : none },
    raw: { statistic: raw.statistic, pValues: raw.pValues() },
  };
}

/**
 * White's reality check: p-value of the largest mean return over the benchmark when all trials are as good as it.
 *
 * @throws InvariantError as `superiorPredictiveAbility`
 * @see White (2000)
 */
export function realityCheck(returns: TrialReturns, options: ComparisonOptions): { readonly statistic: number; readonly pValue: number } {
  const { statistic, pValues } = superiorPredictiveAbility(returns, options).raw;
  return { statistic, pValue: pValues.upper };
}

/** Largest statistic over trials, as observed and in every series drawn. */
class Maxima {
  readonly #drawn: Readonly<Record<keyof SpaPValues, Float64Array>>;
  statistic: number;

  constructor(replicates: number, least: number) {
    const empty = (): Float64Array => new Float64Array(replicates).fill(least);
    this.#drawn = { lower: empty(), consistent: empty(), upper: empty() };
    this.statistic = least;
  }

  add(comparison: Comparison, sessions: number, scale: number): void {
    const centres = centresOf(comparison, sessions);
    this.statistic = Math.max(this.statistic, comparison.mean * scale);
    for (const name of CASES) {
      const [maxima, centre] = [this.#drawn[name], centres[name]];
      for (let b = 0; b < maxima.length; b++) {
        const value = (comparison.drawn[b] - centre) * scale;
        if (value > maxima[b]) maxima[b] = value;
      }
    }
  }

  pValues(): SpaPValues {
    const share = (maxima: Float64Array): number => maxima.filter((value) => value > this.statistic).length / maxima.length;
    return { lower: share(this.#drawn.lower), consistent: share(this.#drawn.consistent), upper: share(this.#drawn.upper) };
  }
}

/** What is taken off the means drawn, so that the null holds (Hansen, 2005, μ^l, μ^c, μ^u): the trial's own mean, or nothing where it is taken to lose. */
function centresOf({ mean, variance }: Comparison, sessions: number): Readonly<Record<keyof SpaPValues, number>> {
  // ln ln n is negative below e, where nothing can be told apart
  const threshold = Math.sqrt((variance / sessions) * 2 * Math.max(0, Math.log(Math.log(sessions))));
  return { lower: Math.max(mean, 0), consistent: mean >= -threshold ? mean : 0, upper: mean };
}
