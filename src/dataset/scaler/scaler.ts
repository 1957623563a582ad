import { InvariantError } from '../../core/errors.js';
import type { Samples } from '../samples.js';

/** What a scaler has learnt, as plain JSON. */
export interface SavedScaler {
  readonly scaler: string;
  readonly params: Readonly<Record<string, number>>;
  readonly features: readonly string[];
  /** Learnt numbers by name, `null` where there was nothing to learn from, each [feature]. */
  readonly learnt: Readonly<Record<string, readonly (number | null)[]>>;
}

/** A scaler that has learnt, or had nothing to learn. */
export interface FittedScaler {
  readonly name: string;
  readonly features: readonly string[];
  /**
   * The samples with scaled features; everything else is shared with the given ones. NaN stays NaN.
   * @param into where the scaled features are written, [feature, sample]: new shared memory when absent, `samples.x` for in place
   * @throws InvariantError when the samples have other features
   */
  apply(samples: Samples, into?: Float32Array): Samples;
  /** One scaled value of a feature, by its position; `null` where it depends on the others of its session. */
  readonly scaleValue: ((feature: number, value: number) => number) | null;
  save(): SavedScaler;
}

/**
 * A way to bring features to one scale.
 *
 * Laws, tested over the registry: what is learnt depends on the samples given to `fit` only; `load` of what was saved scales
 * to the same bits; the order of a feature's values within a session stays.
 */
export interface Scaler {
  /** kebab-case */
  readonly name: string;
  /** One sentence. */
  readonly describe: string;
  /** Everything that determines what `fit` gives beside the samples. */
  readonly params: Readonly<Record<string, number>>;
  fit(train: Samples): FittedScaler;
  /** @throws InvariantError `BAD_SCALER` when it was saved by another scaler, or is damaged */
  load(saved: SavedScaler): FittedScaler;
}

/** @throws InvariantError unless the samples have exactly the features that were learnt, in their order */
export function requireFeatures(name: string, learnt: readonly string[], given: readonly string[]): void {
  const at = learnt.findIndex((feature, i) => feature !== given[i]);
  if (at < 0 && learnt.length === given.length) return;
  const found = at < 0 ? `${given.length} features` : `"${given[at]}" at ${at}`;
  throw new InvariantError(`expected the ${learnt.length} features that ${name} learnt${at < 0 ? '' : `, "${learnt[at]}" at ${at}`}, found ${found}`, { code: 'OTHER_FEATURES' });
}

export function badScaler(expected: string, found: string): InvariantError {
  return new InvariantError(`expected ${expected}, found ${found} in a saved scaler`, { code: 'BAD_SCALER', fields: { expected, found } });
}
