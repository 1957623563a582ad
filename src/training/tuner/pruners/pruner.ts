import type { Direction, Trial } from '../trial.js';

/** Ends trials early that promise little. */
export interface Pruner {
  readonly name: string;
  /**
   * Why the trial that has just reported a value ends here; `null` lets it go on.
   * @param others trials that began before it, all of them ended
   */
  reasonToPrune(trial: Trial, others: readonly Trial[], direction: Direction): string | null;
}

/** Lets every trial go on to its end. */
export function noPruner(): Pruner {
  return { name: 'none', reasonToPrune: () => null };
}
