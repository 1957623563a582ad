import type { TrialParams } from './search-space.js';

/** A value that a trial had after a step: an epoch, a round. */
export interface TrialReport {
  /** From 1 on, rising. */
  readonly step: number;
  readonly value: number;
}

/** One point of the space that was tried. */
export interface Trial {
  /** From 1 on, in the order in which they began. */
  readonly number: number;
  readonly params: TrialParams;
  readonly state: 'running' | 'finished' | 'pruned' | 'failed';
  readonly reports: readonly TrialReport[];
  /** What came of it; `null` where it did not finish, or its value is undefined. */
  readonly value: number | null;
  /** Why it did not finish; `null` where it did. */
  readonly reason: string | null;
}

/** Which values are the better ones. */
export type Direction = 'maximize' | 'minimize';

/** Whether a value is better than another. */
export function isBetter(value: number, other: number, direction: Direction): boolean {
  return direction === 'maximize' ? value > other : value < other;
}

/** The finished trial with the best value, of equal ones the earliest; `null` where none has a value. */
export function bestTrial(trials: readonly Trial[], direction: Direction): Trial | null {
  let best: Trial | null = null;
  for (const trial of trials) {
    if (trial.state !== 'finished' || trial.value === null) continue;
    if (best === null || isBetter(trial.value, best.value!, direction)) best = trial;
  }
  return best;
}

/** Finished trials, best first, then what was pruned by its last report, then all without a value. */
export function rankedTrials(trials: readonly Trial[], direction: Direction): Trial[] {
  const sign = direction === 'maximize' ? -1 : 1;
  const classOf = ({ state, value }: Trial): number => (state === 'finished' && value !== null ? 0 : state === 'pruned' ? 1 : 2);
  const valueOf = (trial: Trial): number => trial.value ?? trial.reports.at(-1)?.value ?? 0;
  return [...trials].sort((a, b) => classOf(a) - classOf(b) || sign * (valueOf(a) - valueOf(b)) || a.number - b.number);
}
