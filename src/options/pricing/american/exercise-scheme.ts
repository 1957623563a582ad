import { gaussLegendre } from '../../../math/gauss-legendre.js';

/** What a precision costs: its error is measured in docs and tests, as a share of the spot. */
export type AmericanPrecision = 'fast' | 'standard' | 'precise';

interface Effort {
  /** Points in time at which the boundary is found, beside expiry. */
  readonly nodes: number;
  /** Points of the integral behind each of them. */
  readonly points: number;
  /** Points of the integral of the early-exercise premium. */
  readonly premiumPoints: number;
  /** Rounds of the fixed point, from values of the boundary and its slope (A) and from values alone (B), which is slower. */
  readonly rounds: { readonly A: number; readonly B: number };
}

const EFFORTS: Readonly<Record<AmericanPrecision, Effort>> = {
  fast: { nodes: 5, points: 5, premiumPoints: 15, rounds: { A: 2, B: 3 } },
  standard: { nodes: 7, points: 7, premiumPoints: 27, rounds: { A: 3, B: 5 } },
  precise: { nodes: 15, points: 25, premiumPoints: 81, rounds: { A: 8, B: 16 } },
};

/**
 * Points on (0, t) and the boundary there, for t = 1; lengths scale with t.
 *
 * The time v before now is t sin²θ and the time u = t − v is t cos²θ with θ uniform: both √u, in which the boundary is smooth,
 * and √v, in which the integrands are, stay smooth at both ends of the integral.
 */
export interface TimeRule {
  /** √(v/t). */
  readonly sine: Float64Array;
  /** u/t. */
  readonly past: Float64Array;
  /** Weight of dv/t. */
  readonly weight: Float64Array;
}

/** Constants of the method at one precision, made once. */
export interface ExerciseScheme extends Effort {
  /** √(τ/T) of the nodes, ascending from 0 at expiry to 1: Chebyshev points. [node + 1] */
  readonly position: Float64Array;
  readonly rule: TimeRule;
  /** Interpolation from nodes to the rule's points behind each node. [node + 1, point, node + 1] */
  readonly behind: Float64Array;
  readonly premiumRule: TimeRule;
  /** Interpolation from nodes to the premium's points. [premium point, node + 1] */
  readonly behindNow: Float64Array;
}

const made = new Map<AmericanPrecision, ExerciseScheme>();

export function exerciseScheme(precision: AmericanPrecision): ExerciseScheme {
  let scheme = made.get(precision);
  if (scheme === undefined) made.set(precision, (scheme = makeScheme(EFFORTS[precision])));
  return scheme;
}

function makeScheme(effort: Effort): ExerciseScheme {
  const { nodes, points, premiumPoints } = effort;
  const size = nodes + 1;
  const position = Float64Array.from({ length: size }, (_, i) => (1 - Math.cos((i * Math.PI) / nodes)) / 2);
  const rule = timeRule(points);
  const premiumRule = timeRule(premiumPoints);
  const behind = new Float64Array(size * points * size);
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < points; k++) behind.set(cardinals(position, position[i] * Math.sqrt(rule.past[k])), (i * points + k) * size);
  }
  const behindNow = new Float64Array(premiumPoints * size);
  for (let k = 0; k < premiumPoints; k++) behindNow.set(cardinals(position, Math.sqrt(premiumRule.past[k])), k * size);
  return { ...effort, position, rule, behind, premiumRule, behindNow };
}

function timeRule(points: number): TimeRule {
  const { nodes, weights } = gaussLegendre(points);
  const angle = nodes.map((x) => ((1 + x) * Math.PI) / 4);
  return {
    sine: angle.map(Math.sin),
    past: angle.map((theta) => Math.cos(theta) ** 2),
    weight: angle.map((theta, k) => weights[k] * (Math.PI / 4) * 2 * Math.sin(theta) * Math.cos(theta)),
  };
}

/** Values at x of the polynomials that are 1 at one Chebyshev point and 0 at the others (Berrut and Trefethen, 2004, barycentric form). */
function cardinals(position: Float64Array, x: number): Float64Array {
  const last = position.length - 1;
  const at = position.findIndex((node) => Math.abs(x - node) < 1e-15);
  if (at >= 0) return Float64Array.from(position, (_, j) => (j === at ? 1 : 0));
  const terms = position.map((node, j) => ((j % 2 === 0 ? 1 : -1) * (j === 0 || j === last ? 0.5 : 1)) / (x - node));
  const sum = terms.reduce((total, term) => total + term, 0);
  return terms.map((term) => term / sum);
}
