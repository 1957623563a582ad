import { filterStates, logDensities, OBSERVED, type HiddenMarkov } from './hidden-markov.js';

/** Rounds of expectation and maximisation, and the gain of log likelihood a session below which they end. */
const ROUNDS = 100;
const GAIN = 1e-6;
/** Sessions that the prior is worth: of the covariance of all, so that no state shrinks to a point, and of states that stay. */
const COVARIANCE_PRIOR = 3;
const TRANSITION_PRIOR = 10;
const STAY_PRIOR = 0.95;

type Parameters = Pick<HiddenMarkov, 'states' | 'start' | 'transition' | 'mean' | 'covariance'>;

/**
 * Fits a hidden Markov model by Baum and Welch's rounds, with weak priors on covariances and on staying; the same data give the same model.
 *
 * Begins once with states of as many sessions, once with equal parts of the range of the first number, and keeps what fits better. Sessions that are not complete count as unseen.
 *
 * @param observations [session, 2], NaN where unknown
 * @returns `null` with fewer than ten complete observations a state, or where a number does not vary
 * @see Baum, Petrie, Soules and Weiss (1970); Rabiner (1989); priors as in Fraley and Raftery (2007)
 */
export function fitHiddenMarkov(observations: Float64Array, states: number): HiddenMarkov | null {
  const complete = completeSessions(observations);
  const all = momentsOf(observations, complete.map((t) => [t, 1]), null);
  if (complete.length < 10 * states || all === null || !(all.covariance[0] * all.covariance[2] - all.covariance[1] ** 2 > 1e-12 * all.covariance[0] * all.covariance[2])) return null;
  const fits = [equalCounts, equalWidths].map((parts) => climb(firstGuess(observations, parts(observations, complete, states), all.covariance), observations, complete, all.covariance));
  const best = fits.reduce((kept, fit) => (fit.logLikelihood > kept.logLikelihood ? fit : kept));
  const parameters = states - 1 + states * (states - 1) + 5 * states;
  return { ...ordered(best.model), logLikelihood: best.logLikelihood, count: complete.length, bic: -2 * best.logLikelihood + parameters * Math.log(complete.length) };
}

/** Rounds of improvement until they gain little. */
function climb(first: Parameters, observations: Float64Array, complete: readonly number[], all: Moments['covariance']): { model: Parameters; logLikelihood: number } {
  let model = first;
  let logLikelihood = -Infinity;
  for (let round = 0; ; round++) {
    const { next, fit } = improve(model, observations, complete, all);
    const isEnd = round === ROUNDS || fit - logLikelihood < GAIN * complete.length;
    logLikelihood = fit; // that of the model before it is improved
    if (isEnd) return { model, logLikelihood };
    model = next;
  }
}

function completeSessions(observations: Float64Array): number[] {
  return Array.from({ length: observations.length / OBSERVED }, (_, t) => t).filter((t) => Number.isFinite(observations[2 * t]) && Number.isFinite(observations[2 * t + 1]));
}

interface Moments {
  readonly weight: number;
  readonly mean: readonly [number, number];
  readonly covariance: readonly [number, number, number];
}

/** Weighted mean and covariance, the latter drawn to a prior where there is one; `null` without weight. */
function momentsOf(observations: Float64Array, weights: readonly (readonly [t: number, weight: number])[], prior: Moments['covariance'] | null): Moments | null {
  let [weight, a, b] = [0, 0, 0];
  for (const [t, own] of weights) {
    weight += own;
    a += own * observations[2 * t];
    b += own * observations[2 * t + 1];
  }
  if (!(weight > 0)) return null;
  const mean = [a / weight, b / weight] as const;
  const worth = prior === null ? 0 : COVARIANCE_PRIOR;
  let [first, both, second] = (prior ?? [0, 0, 0]).map((value) => worth * value);
  for (const [t, own] of weights) {
    const [x, y] = [observations[2 * t] - mean[0], observations[2 * t + 1] - mean[1]];
    first += own * x * x;
    both += own * x * y;
    second += own * y * y;
  }
  return { weight, mean, covariance: [first / (weight + worth), both / (weight + worth), second / (weight + worth)] };
}

/** Sessions of each state to begin with: as many in each, by the first number. */
function equalCounts(observations: Float64Array, complete: readonly number[], states: number): number[][] {
  const sorted = [...complete].sort((s, t) => observations[2 * s] - observations[2 * t] || s - t);
  return Array.from({ length: states }, (_, k) => sorted.slice(Math.floor((k * sorted.length) / states), Math.floor(((k + 1) * sorted.length) / states)));
}

/** The same by equal parts of the range of the first number; equal counts where one part is all but empty. */
function equalWidths(observations: Float64Array, complete: readonly number[], states: number): number[][] {
  const values = complete.map((t) => observations[2 * t]);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const parts = Array.from({ length: states }, (): number[] => []);
  complete.forEach((t, i) => parts[Math.min(states - 1, Math.floor((states * (values[i] - low)) / (high - low)))].push(t));
  return parts.some((part) => part.length < 2) ? equalCounts(observations, complete, states) : parts;
}

function firstGuess(observations: Float64Array, parts: readonly (readonly number[])[], all: Moments['covariance']): Parameters {
  const states = parts.length;
  const model = emptyModel(states);
  parts.forEach((part, k) => {
    setState(model, k, momentsOf(observations, part.map((t) => [t, 1]), priorOf(all, states))!);
    model.start[k] = 1 / states;
    for (let j = 0; j < states; j++) model.transition[k * states + j] = stayPrior(k, j, states);
  });
  return model;
}

const emptyModel = (states: number): Parameters => ({ states, start: new Float64Array(states), transition: new Float64Array(states * states), mean: new Float64Array(2 * states), covariance: new Float64Array(3 * states) });

const priorOf = ([first, , second]: Moments['covariance'], states: number): Moments['covariance'] => [first / states, 0, second / states];

const stayPrior = (from: number, to: number, states: number): number => (states === 1 ? 1 : from === to ? STAY_PRIOR : (1 - STAY_PRIOR) / (states - 1));

function setState(model: Parameters, k: number, { mean, covariance }: Moments): void {
  model.mean.set(mean, 2 * k);
  model.covariance.set(covariance, 3 * k);
}

/** One round: chances of states by all observations (for the fit only), then the parameters that suit them best. */
function improve(model: Parameters, observations: Float64Array, complete: readonly number[], all: Moments['covariance']): { next: Parameters; fit: number } {
  const { states } = model;
  const densities = logDensities(model, observations);
  const { chances, logScale } = filterStates(model, observations, densities);
  const { smoothed, moves } = smooth(model, chances, densities, logScale);
  const next = emptyModel(states);
  for (let k = 0; k < states; k++) {
    const moments = momentsOf(observations, complete.map((t) => [t, smoothed[t * states + k]]), priorOf(all, states));
    setState(next, k, moments ?? { weight: 0, mean: [model.mean[2 * k], model.mean[2 * k + 1]], covariance: priorOf(all, states) });
    next.start[k] = (smoothed[k] + 1 / states) / 2;
    let sum = 0;
    for (let j = 0; j < states; j++) sum += next.transition[k * states + j] = moves[k * states + j] + TRANSITION_PRIOR * stayPrior(k, j, states);
    for (let j = 0; j < states; j++) next.transition[k * states + j] /= sum;
  }
  return { next, fit: logScale.reduce((sum, value) => sum + value, 0) };
}

/** Chances of states by all observations, [session, state], and how often each state is expected to follow each, [state, state]. */
function smooth({ states, transition }: Parameters, chances: Float64Array, densities: Float64Array, logScale: Float64Array): { smoothed: Float64Array; moves: Float64Array } {
  const count = logScale.length;
  const smoothed = chances.slice();
  const moves = new Float64Array(states * states);
  const [after, ahead] = [new Float64Array(states).fill(1), new Float64Array(states)];
  for (let t = count - 2; t >= 0; t--) {
    for (let k = 0; k < states; k++) ahead[k] = after[k] * Math.exp(densities[(t + 1) * states + k] - logScale[t + 1]);
    for (let j = 0; j < states; j++) {
      after[j] = 0;
      for (let k = 0; k < states; k++) {
        const way = transition[j * states + k] * ahead[k];
        after[j] += way;
        moves[j * states + k] += chances[t * states + j] * way;
      }
      smoothed[t * states + j] = chances[t * states + j] * after[j];
    }
  }
  return { smoothed, moves };
}

/** States by ascending mean of the first number. */
function ordered({ states, start, transition, mean, covariance }: Parameters): Parameters {
  const order = Array.from({ length: states }, (_, k) => k).sort((j, k) => mean[2 * j] - mean[2 * k]);
  return {
    states,
    start: Float64Array.from(order, (k) => start[k]),
    transition: Float64Array.from({ length: states * states }, (_, i) => transition[order[Math.floor(i / states)] * states + order[i % states]]),
    mean: Float64Array.from({ length: 2 * states }, (_, i) => mean[2 * order[i >> 1] + (i % 2)]),
    covariance: Float64Array.from({ length: 3 * states }, (_, i) => covariance[3 * order[Math.floor(i / 3)] + (i % 3)]),
  };
}
