import { normalCumulative, normalDensity } from '../../../math/normal.js';
import type { UnitPut } from './american-option.js';
import type { ExerciseScheme } from './exercise-scheme.js';
import { boundaryAtExpiry, qdPlusBoundary } from './qd-plus.js';

/** Where a put is exercised, in units of strike. */
export interface ExerciseBoundary {
  /** Logarithm of the boundary just before expiry. */
  readonly atExpiry: number;
  /** ln²(boundary at expiry / boundary) at the scheme's nodes, from expiry to now. [node + 1] */
  readonly depth: Float64Array;
}

/**
 * Drift (r − q) √T / σ from which the fixed point A, made of slopes of the value, no longer settles; B, made of values, does,
 * but takes more rounds. Measured over a grid of options.
 */
const DRIFT_OF_B = 0.5;

/**
 * Spot below which to exercise a put, over its life: a fixed point at Chebyshev nodes in √τ, started from QD+.
 *
 * @param put with one exercise boundary
 * @see Andersen, Lake and Offengenden (2016), High-performance American option pricing, equations 32–37 (FP-A, FP-B); here both integrals
 *   behind a node run over an angle θ, v = τ sin²θ, and the rounds are plain: their Jacobi–Newton step gains less than one more round costs
 */
export function exerciseBoundary(put: UnitPut, scheme: ExerciseScheme): ExerciseBoundary {
  const { years, rate, dividendYield, volatility } = put;
  const kind = ((rate - dividendYield) * Math.sqrt(years)) / volatility < DRIFT_OF_B ? 'A' : 'B';
  const state: Rounds = { put, scheme, atExpiry: Math.log(boundaryAtExpiry(put)), fall: new Float64Array(scheme.nodes + 1), depth: new Float64Array(scheme.nodes + 1) };
  start(state);
  const round = kind === 'A' ? fromSlope : fromValue;
  for (let k = 0; k < scheme.rounds[kind]; k++) {
    for (let i = 1; i <= scheme.nodes; i++) {
      const logBoundary = round(state, i);
      if (logBoundary <= state.atExpiry) state.fall[i] = state.atExpiry - logBoundary; // else, or when undefined, what was found before
    }
    deepen(state);
  }
  return { atExpiry: state.atExpiry, depth: state.depth };
}

interface Rounds {
  readonly put: UnitPut;
  readonly scheme: ExerciseScheme;
  readonly atExpiry: number;
  /** ln(boundary at expiry / boundary), its square as of the round before. */
  readonly fall: Float64Array;
  readonly depth: Float64Array;
}

function deepen({ fall, depth }: Rounds): void {
  for (let i = 0; i < fall.length; i++) depth[i] = fall[i] * fall[i];
}

function start(state: Rounds): void {
  const { put, scheme, atExpiry, fall } = state;
  let logBoundary = atExpiry;
  for (let i = 1; i <= scheme.nodes; i++) {
    const years = put.years * scheme.position[i] ** 2;
    const guess = i === 1 ? atExpiry - put.volatility * Math.sqrt(years) : logBoundary;
    logBoundary = Math.log(qdPlusBoundary({ ...put, years }, Math.exp(guess)));
    fall[i] = atExpiry - logBoundary;
  }
  deepen(state);
}

/** ln(boundary at expiry / boundary) at one of the points of the scheme. */
export function fallAt(depth: Float64Array, interpolation: Float64Array, point: number): number {
  const from = point * depth.length;
  let sum = 0;
  for (let j = 1; j < depth.length; j++) sum += interpolation[from + j] * depth[j]; // depth at expiry is 0
  return sum > 0 ? Math.sqrt(sum) : 0;
}

/** Fixed point A at a node: from the slope of the value at the boundary being −1. */
function fromSlope({ put, scheme, atExpiry, fall, depth }: Rounds, node: number): number {
  const { rate, dividendYield, volatility } = put;
  const { points, rule, behind } = scheme;
  const years = put.years * scheme.position[node] ** 2;
  const deviation = volatility * Math.sqrt(years);
  const drift = (rate - dividendYield) * years;
  const minus = (atExpiry - fall[node] + drift) / deviation - deviation / 2;
  let strikes = normalDensity(minus) / deviation;
  let shares = normalDensity(minus + deviation) / deviation + normalCumulative(minus + deviation);
  for (let k = 0; k < points; k++) {
    const sine = rule.sine[k];
    const spread = deviation * sine;
    const low = (fallAt(depth, behind, node * points + k) - fall[node] + drift * sine * sine) / spread - spread / 2;
    const grown = years * rule.past[k];
    const weight = years * rule.weight[k];
    strikes += (rate * weight * Math.exp(rate * grown) * normalDensity(low)) / spread;
    if (dividendYield === 0) continue;
    const high = low + spread;
    shares += dividendYield * weight * Math.exp(dividendYield * grown) * (normalCumulative(high) + normalDensity(high) / spread);
  }
  return Math.log(strikes / shares) - drift;
}

/** Fixed point B at a node: from the value at the boundary being what exercise gives. */
function fromValue({ put, scheme, atExpiry, fall, depth }: Rounds, node: number): number {
  const { rate, dividendYield, volatility } = put;
  const { points, rule, behind } = scheme;
  const years = put.years * scheme.position[node] ** 2;
  const deviation = volatility * Math.sqrt(years);
  const drift = (rate - dividendYield) * years;
  const minus = (atExpiry - fall[node] + drift) / deviation - deviation / 2;
  let strikes = normalCumulative(minus);
  let shares = normalCumulative(minus + deviation);
  for (let k = 0; k < points; k++) {
    const sine = rule.sine[k];
    const spread = deviation * sine;
    const low = (fallAt(depth, behind, node * points + k) - fall[node] + drift * sine * sine) / spread - spread / 2;
    const grown = years * rule.past[k];
    const weight = years * rule.weight[k];
    strikes += rate * weight * Math.exp(rate * grown) * normalCumulative(low);
    if (dividendYield !== 0) shares += dividendYield * weight * Math.exp(dividendYield * grown) * normalCumulative(low + spread);
  }
  return Math.log(strikes / shares) - drift;
}
