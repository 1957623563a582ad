import { fromEpochDay } from '../../core/dates.js';
import { createRng } from '../../core/rng.js';
import type { Panel } from '../../table/panel.js';
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

/** A part of the work: one law at one place, or what all of them need. */
export interface LawStep {
  readonly describe: string;
  run(): LawBreach[];
}

/** All laws on some inputs; no breach, no rows. */
export function checkLaws(inputs: FeatureInputs, features: readonly Feature[], settings: LawSettings): LawBreach[] {
  return lawSteps(inputs, features, settings).flatMap((step) => step.run());
}

/** The same in steps to be run in order, for whoever wants to say how far it is, or to stop. */
export function lawSteps(inputs: FeatureInputs, features: readonly Feature[], { seed, places, known, asKnown = new Map() }: LawSettings): LawStep[] {
  const width = inputs.bars.sessions.length;
  const rng = createRng(seed).fork('features/laws');
  let computed: Panel | null = null;
  const whole = (): Panel => (computed ??= computeFeatures(inputs, features, { known }));
  const draw = (count: number): number[] => Array.from({ length: count }, () => 1 + Math.floor(rng.float() * (width - 1)));
  const at = (end: number): string => fromEpochDay(inputs.bars.sessions[end - 1]);
  // another last session is another basis of adjustment, which moves the last digits
  const asRead = (end: number) => ({ whole: whole(), cuts: [end], known, asKnown: () => asKnown.get(end)!, same: nearly });
  return [
    ...draw(places).map((end) => ({ describe: `prefix law at ${at(end)}`, run: () => checkPrefix(inputs, features, { whole: whole(), cuts: [end], known }) })),
    ...[...asKnown.keys()].map((end) => ({ describe: `prefix and daily law on the data of ${at(end)}`, run: () => [...checkPrefix(inputs, features, asRead(end)), ...checkDaily(inputs, features, asRead(end))] })),
    ...draw(DAILY_PLACES * places).map((end) => ({ describe: `daily law at ${at(end)}`, run: () => checkDaily(inputs, features, { whole: whole(), cuts: [end], known }) })),
    // late enough to drop history, early enough to leave some
    ...draw(places).map((start) => ({ describe: `warm-up law from ${at(Math.floor(start / 2) + 1)}`, run: () => checkWarmUp(inputs, features, { whole: whole(), starts: [Math.floor(start / 2)], known }) })),
    { describe: 'scale law', run: () => checkScale(inputs, features, { whole: whole(), known }) },
  ];
}
