import { InvariantError } from '../../core/errors.js';

/** Factor of the learning rate at a step, counted from 0. */
export type Schedule = (step: number) => number;

function requireSettings(what: string, settings: Readonly<Record<string, number>>, isFine: boolean): void {
  if (!isFine) throw new InvariantError(`expected ${what}, found ${Object.entries(settings).map(([name, value]) => `${name} ${value}`).join(', ')} in a learning-rate schedule`);
}

const isCount = (value: number, least: number): boolean => Number.isInteger(value) && value >= least;

/** From one value to another, a part of the way along half a cosine. */
const alongCosine = (from: number, to: number, part: number): number => to + ((from - to) * (1 + Math.cos(Math.PI * part))) / 2;

const alongLine = (from: number, to: number, part: number): number => from + (to - from) * part;

/** Always 1. */
export function constant(): Schedule {
  return () => 1;
}

/** 1/steps, 2/steps, … up to 1 in the last of the steps, and behind it another schedule from its own beginning. Throws `InvariantError` unless there are 0 steps or more. */
export function linearWarmUp(steps: number, then: Schedule = constant()): Schedule {
  requireSettings('a whole number of steps', { steps }, isCount(steps, 0));
  return (step) => (step < steps ? (step + 1) / steps : then(step - steps));
}

export interface CosineSettings {
  /** Until the floor is reached, warm-up included. */
  readonly steps: number;
  /** Steps of linear warm-up at the beginning. */
  readonly warmUp?: number;
  /** Factor at the end and behind it. */
  readonly floor?: number;
}

/** Half a cosine from 1 to a floor (Loshchilov, Hutter 2017, equation 5, without restarts), behind a linear warm-up. Throws `InvariantError` for a floor outside 0 to 1 or a warm-up as long as all. */
export function cosine({ steps, warmUp = 0, floor = 0 }: CosineSettings): Schedule {
  requireSettings('fewer steps of warm-up than steps and a floor from 0 to 1', { steps, warmUp, floor }, isCount(steps, 1) && isCount(warmUp, 0) && warmUp < steps && floor >= 0 && floor <= 1);
  return linearWarmUp(warmUp, (step) => alongCosine(1, floor, Math.min(1, step / (steps - warmUp))));
}

/** Multiplied by `decay` after every so many steps. Throws `InvariantError` unless 0 < decay ≤ 1. */
export function stepDecay({ every, decay }: { readonly every: number; readonly decay: number }): Schedule {
  requireSettings('a whole number of steps and a decay above 0, up to 1', { every, decay }, isCount(every, 1) && decay > 0 && decay <= 1);
  return (step) => decay ** Math.floor(step / every);
}

export interface OneCycleSettings {
  readonly steps: number;
  /** Part of the steps in which the rate rises (fraction). */
  readonly rise?: number;
  /** Factors of the first step and the last; 1 is the highest. */
  readonly start?: number;
  readonly end?: number;
  readonly shape?: 'cosine' | 'linear';
}

/**
 * Up to 1 and down again to far below the start (Smith, Topin 2019), as PyTorch's OneCycleLR has it: both ways along a cosine or a line; behind
 * the last step it stays. Throws `InvariantError` for fewer than two steps, a rise outside 0 to 1 or factors outside.
 */
export function oneCycle({ steps, rise = 0.3, start = 1 / 25, end = start / 1e4, shape = 'cosine' }: OneCycleSettings): Schedule {
  const isPart = (value: number): boolean => value >= 0 && value <= 1;
  requireSettings('two steps or more, rise, start and end from 0 to 1', { steps, rise, start, end }, isCount(steps, 2) && isPart(rise) && isPart(start) && isPart(end));
  const along = shape === 'cosine' ? alongCosine : alongLine;
  const last = steps - 1;
  // the top lies between two steps where the rise is no whole number of them
  const top = Math.min(Math.max(rise * steps - 1, 0), last);
  return (step) => {
    if (step >= last) return end;
    return step < top ? along(start, 1, step / top) : along(1, end, (step - top) / (last - top));
  };
}
