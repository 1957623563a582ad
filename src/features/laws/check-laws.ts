import { createRng } from '../../core/rng.js';
import { computeFeatures } from '../compute/compute-features.js';
import type { FeatureInputs } from '../compute/feature-inputs.js';
import type { Feature } from '../feature.js';
import { nearly, type LawBreach } from './breach.js';
import { checkDaily } from './daily.js';
import { checkPrefix } from './prefix.js';
import { checkScale } from './scale.js';
import { checkWarmUp } from './warm-up.js';

export interface LawSettings {
  readonly seed: number;
  /** Sessions to stand at and to begin at, drawn at random; twenty times as many for the daily law. */
  readonly places: number;
  /** Where features that others compare are looked up. */
  readonly known: readonly Feature[];
  /**
   * The inputs as the source gave them when only so many sessions were there, by that number. The inputs themselves were
   * cleaned with hindsight: give some wherever the source can be asked again, best of all sessions with a suspect bar.
   */
  readonly asKnown?: ReadonlyMap<number, FeatureInputs>;
}

const DAILY_PLACES = 20;

/** All laws on some inputs; no breach, no rows. */
export function checkLaws(inputs: FeatureInputs, features: readonly Feature[], { seed, places, known, asKnown = new Map() }: LawSettings): LawBreach[] {
  const width = inputs.bars.sessions.length;
  const rng = createRng(seed).fork('features/laws');
  const whole = computeFeatures(inputs, features, { known });
  const draw = (count: number): number[] => Array.from({ length: count }, () => 1 + Math.floor(rng.float() * (width - 1)));
  const starts = draw(places).map((start) => Math.floor(start / 2)); // late enough to drop history, early enough to leave some
  // another last session is another basis of adjustment, which moves the last digits
  const asRead = { whole, cuts: [...asKnown.keys()], known, asKnown: (end: number) => asKnown.get(end)!, same: nearly };
  return [
    ...checkPrefix(inputs, features, { whole, cuts: draw(places), known }),
    ...checkPrefix(inputs, features, asRead),
    ...checkDaily(inputs, features, { whole, cuts: draw(DAILY_PLACES * places), known }),
    ...checkDaily(inputs, features, asRead),
    ...checkWarmUp(inputs, features, { whole, starts, known }),
    ...checkScale(inputs, features, { whole, known }),
  ];
}
