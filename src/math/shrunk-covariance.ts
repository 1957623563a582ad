import { InvariantError } from '../core/errors.js';
import { mean } from './stats.js';

export interface ShrunkCovariance {
  /** (1 − δ) S + δ μ I, [name, name] row by row, in the unit of the returns squared. */
  readonly covariance: Float64Array;
  /** δ, weight of the target, in [0, 1]. */
  readonly intensity: number;
  /** μ, mean variance: the target is this times the identity. */
  readonly target: number;
}

/**
 * Covariance of returns [name, session] (name by name, none missing) shrunk towards μI (Ledoit and Wolf, 2004, lemma 3.2 to
 * 3.4): δ = min(b², d²)/d² with S of divisor w, d² = ‖S − μI‖² and b² = (1/w²) Σ_t ‖x_t‖⁴ − ‖S‖²/w of centred x.
 *
 * Where the returns say nothing about relations (one name, or none varies), δ = 0.
 *
 * @throws InvariantError when names have not equally many returns or one is missing
 */
export function shrunkCovariance(returns: ArrayLike<number>, names: number): ShrunkCovariance {
  const sessions = names === 0 ? 0 : returns.length / names;
  if (names === 0 ? returns.length > 0 : !(Number.isInteger(sessions) && sessions > 0)) throw new InvariantError(`expected as many returns of each of ${names} names, at least one, found ${returns.length} in shrunkCovariance`);
  const centred = centredRows(returns, names, sessions);
  const sample = sampleCovariance(centred, names, sessions);
  let [trace, squared] = [0, 0];
  for (let i = 0; i < names; i++) trace += sample[i * (names + 1)];
  for (const value of sample) squared += value * value;
  const target = names === 0 ? 0 : trace / names;
  const intensity = shrinkageIntensity({ squared, distance: squared - names * target * target, fourth: fourthPowers(centred, sessions), sessions });
  const covariance = sample.map((value, at) => (1 - intensity) * value + (at % (names + 1) === 0 ? intensity * target : 0));
  return { covariance, intensity, target };
}

function shrinkageIntensity({ squared, distance, fourth, sessions }: { readonly squared: number; readonly distance: number; readonly fourth: number; readonly sessions: number }): number {
  // d² of one name or of equal, unrelated ones is 0 but for rounding
  if (!(distance > Number.EPSILON * squared)) return 0;
  const noise = fourth / sessions ** 2 - squared / sessions;
  return Math.max(0, Math.min(noise, distance)) / distance;
}

/** Each name's returns less their mean. */
function centredRows(returns: ArrayLike<number>, names: number, sessions: number): Float64Array {
  const centred = Float64Array.from(returns);
  for (let i = 0; i < names; i++) {
    const row = centred.subarray(i * sessions, (i + 1) * sessions);
    const centre = mean(row);
    if (!Number.isFinite(centre)) throw new InvariantError(`expected a finite return at each of ${sessions} sessions, found one missing for name ${i} in shrunkCovariance`);
    for (let t = 0; t < sessions; t++) row[t] -= centre;
  }
  return centred;
}

function sampleCovariance(centred: Float64Array, names: number, sessions: number): Float64Array {
  const sample = new Float64Array(names * names);
  for (let i = 0; i < names; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let t = 0; t < sessions; t++) sum += centred[i * sessions + t] * centred[j * sessions + t];
      sample[i * names + j] = sample[j * names + i] = sum / sessions;
    }
  }
  return sample;
}

/** Σ_t ‖x_t‖⁴ of centred returns [name, session]. */
function fourthPowers(centred: Float64Array, sessions: number): number {
  const squares = new Float64Array(sessions);
  for (let at = 0; at < centred.length; at++) squares[at % sessions] += centred[at] * centred[at];
  return squares.reduce((sum, square) => sum + square * square, 0);
}
