import { createRng } from '../../core/rng.js';
import { computeFeatures } from '../compute/compute-features.js';
import type { FeatureInputs } from '../compute/feature-inputs.js';
import type { Feature } from '../feature.js';
import type { LawBreach } from './breach.js';
import { checkDaily } from './daily.js';
import { checkPrefix } from './prefix.js';
import { checkScale } from './scale.js';
import { checkWarmUp } from './warm-up.js';

export interface LawSettings {
  readonly seed: number;
  /** Sessions to stand at and to begin at, drawn at random. */
  readonly places: number;
  /** Where features that others compare are looked up. */
  readonly known: readonly Feature[];
}

/** All laws on some inputs; no breach, no rows. */
export function checkLaws(inputs: FeatureInputs, features: readonly Feature[], { seed, places, known }: LawSettings): LawBreach[] {
  const width = inputs.bars.sessions.length;
  const rng = createRng(seed).fork('features/laws');
  const whole = computeFeatures(inputs, features, { known });
  const draw = (): number[] => Array.from({ length: places }, () => 1 + Math.floor(rng.float() * (width - 1)));
  const starts = draw().map((start) => Math.floor(start / 2)); // late enough to drop history, early enough to leave some
  return [
    ...checkPrefix(inputs, features, { whole, cuts: draw(), known }),
    ...checkDaily(inputs, features, { whole, cuts: draw(), known }),
    ...checkWarmUp(inputs, features, { whole, starts, known }),
    ...checkScale(inputs, features, { whole, known }),
  ];
}
