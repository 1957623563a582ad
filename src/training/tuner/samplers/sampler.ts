import type { Rng } from '../../../core/rng.js';
import type { SearchSpace, TrialParams } from '../search-space.js';
import type { Direction, Trial } from '../trial.js';

/** Chooses what is tried next. */
export interface Sampler {
  readonly name: string;
  /**
   * A point of the space.
   * @param before trials that were begun before, all of them ended
   * @param rng of this trial alone
   */
  sample(space: SearchSpace, before: { readonly trials: readonly Trial[]; readonly direction: Direction }, rng: Rng): TrialParams;
}
