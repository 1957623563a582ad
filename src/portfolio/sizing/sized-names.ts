import { InvariantError } from '../../core/errors.js';
import type { SizingInput } from './sizing.js';

/** The names of an input that can be sized, apart from the others. */
export interface SizedNames {
  /** Where each is in the input. */
  readonly at: readonly number[];
  readonly symbols: readonly string[];
  /** Annualized fractions, > 0. */
  readonly volatility: Float64Array;
  /** A year, [name, name]; empty where it is not read. */
  readonly covariance: Float64Array;
  /** A year; NaN where unknown. */
  readonly expected: Float64Array;
}

/** How far mirrored covariances may differ by rounding, as a share of their size. */
const SYMMETRIC = 1e-9;

/** What a sizing reads of each name besides its volatility. */
export interface Needs {
  /** As errors name it. */
  readonly name: string;
  readonly needsCovariance: boolean;
  readonly needsExpected?: boolean;
}

/**
 * Names with a volatility > 0 and, where they are read, a variance > 0 and an expected return: what is not known is not held.
 *
 * @throws InvariantError when the arrays do not belong together or a number is none
 */
export function sizedNames(input: SizingInput, { name, needsCovariance, needsExpected = false }: Needs): SizedNames {
  requireArrays(input, name, needsCovariance);
  const { symbols, volatility, covariance, expected } = input;
  const size = symbols.length;
  const isKnown = (i: number): boolean => volatility[i] > 0 && volatility[i] < Infinity && (!needsCovariance || covariance[i * (size + 1)] > 0) && !(needsExpected && Number.isNaN(expected[i]));
  const at = symbols.map((_, i) => i).filter(isKnown);
  const part = needsCovariance ? Float64Array.from(at.flatMap((i) => at.map((j) => covariance[i * size + j]))) : new Float64Array(0);
  const names = { at, symbols: at.map((i) => symbols[i]), volatility: Float64Array.from(at, (i) => volatility[i]), covariance: part, expected: Float64Array.from(at, (i) => expected[i]) };
  if (needsCovariance) requireSymmetric(names, name);
  return names;
}

/** Weights of the sized names at their places among all of them; the others have none. */
export function spread(weights: ArrayLike<number>, names: SizedNames, count: number): Float64Array {
  const all = new Float64Array(count);
  names.at.forEach((i, k) => (all[i] = weights[k]));
  return all;
}

function requireArrays({ symbols, volatility, covariance, expected, budget, maxWeight, targetVolatility, slots }: SizingInput, name: string, needsCovariance: boolean): void {
  const size = symbols.length;
  const covarianceFits = covariance.length === size * size || (!needsCovariance && covariance.length === 0);
  if (volatility.length !== size || expected.length !== size || !covarianceFits) {
    throw new InvariantError(`expected volatility and expected return of ${size} names and their covariances, found ${volatility.length}, ${expected.length} and ${covariance.length} in the sizing ${name}`);
  }
  if (new Set(symbols).size !== size) throw new InvariantError(`expected each name once, found ${symbols.join(', ')} in the sizing ${name}`);
  if (!(budget >= 0 && budget < Infinity)) throw new InvariantError(`expected a budget ≥ 0, found ${budget} in the sizing ${name}`);
  for (const [what, value] of [['maxWeight', maxWeight], ['targetVolatility', targetVolatility], ['slots', slots]] as const) {
    if (!(value > 0 && value < Infinity)) throw new InvariantError(`expected ${what} > 0, found ${value} in the sizing ${name}`);
  }
}

function requireSymmetric({ symbols, covariance }: SizedNames, name: string): void {
  const size = symbols.length;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      const [value, mirrored] = [covariance[i * size + j], covariance[j * size + i]];
      // the diagonal bounds every covariance of a positive semidefinite matrix
      const bound = Math.sqrt(covariance[i * (size + 1)] * covariance[j * (size + 1)]);
      if (Math.abs(value - mirrored) <= SYMMETRIC * bound && Math.abs(value) <= (1 + SYMMETRIC) * bound) continue;
      throw new InvariantError(`expected a symmetric, positive semidefinite covariance, found ${value} and ${mirrored} between ${symbols[i]} and ${symbols[j]} in the sizing ${name}`);
    }
  }
}
