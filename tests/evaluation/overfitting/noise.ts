import type { Rng } from '../../../src/core/rng.js';

/** Returns of trials that know nothing, [trial][session]: normal numbers with mean `drift` and deviation 1 %. */
export function noise(trials: number, sessions: number, { rng, drift = () => 0 }: { rng: Rng; drift?: (trial: number) => number }): Float64Array[] {
  return Array.from({ length: trials }, (_, trial) => Float64Array.from({ length: sessions }, () => drift(trial) + 0.01 * rng.normal()));
}
