/** Numbers of one observation. */
export const OBSERVED = 2;

/** A Markov chain of hidden states, each with a normal law of two numbers; states by ascending mean of the first. */
export interface HiddenMarkov {
  readonly states: number;
  /** Chance of each state at the first session, [state]. */
  readonly start: Float64Array;
  /** Chance to go from one state to another, [state, state], rows sum to 1. */
  readonly transition: Float64Array;
  /** [state, 2] */
  readonly mean: Float64Array;
  /** Variance of the first number, covariance, variance of the second, [state, 3]. */
  readonly covariance: Float64Array;
  /** Of the observations that it was fitted to. */
  readonly logLikelihood: number;
  /** Complete observations that it was fitted to. */
  readonly count: number;
  /** −2 log likelihood + parameters · ln count: the smaller the better (Schwarz, 1978). */
  readonly bic: number;
}

/** Log density of each observation in each state, [session, state]; 0 where an observation is not complete, which then says nothing. */
export function logDensities({ states, mean, covariance }: Pick<HiddenMarkov, 'states' | 'mean' | 'covariance'>, observations: Float64Array): Float64Array {
  const count = observations.length / OBSERVED;
  const result = new Float64Array(count * states);
  for (let k = 0; k < states; k++) {
    const [first, both, second] = covariance.subarray(3 * k, 3 * k + 3);
    const determinant = first * second - both * both;
    const constant = -Math.log(2 * Math.PI) - Math.log(determinant) / 2;
    for (let t = 0; t < count; t++) {
      const [a, b] = [observations[2 * t] - mean[2 * k], observations[2 * t + 1] - mean[2 * k + 1]];
      const distance = (second * a * a - 2 * both * a * b + first * b * b) / determinant;
      result[t * states + k] = Number.isFinite(distance) ? constant - distance / 2 : 0;
    }
  }
  return result;
}

export interface Filtered {
  /** Chance of each state given what was observed up to and on the session, [session, state]. */
  readonly chances: Float64Array;
  /** Log density of each session given those before it, [session]. */
  readonly logScale: Float64Array;
}

/**
 * Forward filter: what each session and those before it say of its state; later sessions change nothing.
 *
 * @param observations [session, 2], NaN where unknown
 * @see Hamilton (1989); scaled as in Rabiner (1989)
 */
export function filterStates(model: Pick<HiddenMarkov, 'states' | 'start' | 'transition' | 'mean' | 'covariance'>, observations: Float64Array, densities = logDensities(model, observations)): Filtered {
  const { states, start, transition } = model;
  const count = observations.length / OBSERVED;
  const [chances, logScale] = [new Float64Array(count * states), new Float64Array(count)];
  for (let t = 0; t < count; t++) {
    let top = -Infinity;
    for (let k = 0; k < states; k++) top = Math.max(top, densities[t * states + k]);
    let sum = 0;
    for (let k = 0; k < states; k++) {
      let before = t === 0 ? start[k] : 0;
      for (let j = 0; t > 0 && j < states; j++) before += chances[(t - 1) * states + j] * transition[j * states + k];
      sum += chances[t * states + k] = before * Math.exp(densities[t * states + k] - top);
    }
    for (let k = 0; k < states; k++) chances[t * states + k] /= sum;
    logScale[t] = top + Math.log(sum);
  }
  return { chances, logScale };
}
