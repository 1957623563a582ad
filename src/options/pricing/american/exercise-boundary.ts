import { millsRatio } from '../../../math/mills-ratio.js';
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
  const state = start(put, scheme);
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
  /** Interest and dividends earned at the points behind each node, grown to its day, times the points' weights. [node + 1, point] */
  readonly interest: Float64Array;
  readonly dividends: Float64Array;
}

function deepen({ fall, depth }: Rounds): void {
  for (let i = 0; i < fall.length; i++) depth[i] = fall[i] * fall[i];
}

function start(put: UnitPut, scheme: ExerciseScheme): Rounds {
  const { rate, dividendYield } = put;
  const { nodes, points, position } = scheme;
  const atExpiry = Math.log(boundaryAtExpiry(put));
  const state: Rounds = { put, scheme, atExpiry, fall: new Float64Array(nodes + 1), depth: new Float64Array(nodes + 1), interest: new Float64Array((nodes + 1) * points), dividends: new Float64Array((nodes + 1) * points) };
  for (let i = 1; i <= nodes; i++) {
    const years = put.years * position[i] ** 2;
    const guess = i === 1 ? put.volatility * Math.sqrt(years) : (state.fall[i - 1] * position[i]) / position[i - 1]; // nearly a line in √τ
    state.fall[i] = atExpiry - Math.log(qdPlusBoundary({ ...put, years }, Math.exp(atExpiry - guess)));
    earn(state.interest, scheme, { rate, years, from: i * points });
    if (dividendYield !== 0) earn(state.dividends, scheme, { rate: dividendYield, years, from: i * points });
  }
  deepen(state);
  return state;
}

function earn(into: Float64Array, { points, rule }: ExerciseScheme, { rate, years, from }: { readonly rate: number; readonly years: number; readonly from: number }): void {
  for (let k = 0; k < points; k++) into[from + k] = rate * years * rule.weight[k] * Math.exp(rate * years * rule.past[k]);
}

/** ln(boundary at expiry / boundary) at one of the points of the scheme. */
export function fallAt(depth: Float64Array, interpolation: Float64Array, point: number): number {
  const from = point * depth.length;
  let sum = 0;
  for (let j = 1; j < depth.length; j++) sum += interpolation[from + j] * depth[j]; // depth at expiry is 0
  return sum > 0 ? Math.sqrt(sum) : 0;
}

/** Fixed point A at a node: from the slope of the value at the boundary being −1. */
function fromSlope(state: Rounds, node: number): number {
  const { put, scheme, fall, depth, interest, dividends } = state;
  const { points, rule, behind } = scheme;
  const { deviation, drift, minus } = toExpiry(state, node);
  let strikes = normalDensity(minus) / deviation;
  let shares = normalDensity(minus + deviation) / deviation + normalCumulative(minus + deviation);
  for (let k = 0, at = node * points; k < points; k++, at++) {
    const sine = rule.sine[k];
    const spread = deviation * sine;
    const low = (fallAt(depth, behind, at) - fall[node] + drift * sine * sine) / spread - spread / 2;
    strikes += (interest[at] * normalDensity(low)) / spread;
    if (put.dividendYield === 0) continue;
    const high = low + spread;
    const density = normalDensity(high);
    const tail = density * millsRatio(Math.abs(high)); // Φ by the density that is needed anyway
    shares += dividends[at] * ((high > 0 ? 1 - tail : tail) + density / spread);
  }
  return Math.log(strikes / shares) - drift;
}

/** Fixed point B at a node: from the value at the boundary being what exercise gives. */
function fromValue(state: Rounds, node: number): number {
  const { put, scheme, fall, depth, interest, dividends } = state;
  const { points, rule, behind } = scheme;
  const { deviation, drift, minus } = toExpiry(state, node);
  let strikes = normalCumulative(minus);
  let shares = normalCumulative(minus + deviation);
  for (let k = 0, at = node * points; k < points; k++, at++) {
    const sine = rule.sine[k];
    const spread = deviation * sine;
    const low = (fallAt(depth, behind, at) - fall[node] + drift * sine * sine) / spread - spread / 2;
    strikes += interest[at] * normalCumulative(low);
    if (put.dividendYield !== 0) shares += dividends[at] * normalCumulative(low + spread);
  }
  return Math.log(strikes / shares) - drift;
}

/** From the boundary at a node to the strike at expiry: σ√τ, (r − q) τ and the d₋ of the way. */
function toExpiry({ put, scheme, atExpiry, fall }: Rounds, node: number): { readonly deviation: number; readonly drift: number; readonly minus: number } {
  const years = put.years * scheme.position[node] ** 2;
  const deviation = put.volatility * Math.sqrt(years);
  const drift = (put.rate - put.dividendYield) * years;
  return { deviation, drift, minus: (atExpiry - fall[node] + drift) / deviation - deviation / 2 };
}
