import { millsRatio } from '../../math/mills-ratio.js';
import { gapRatio } from '../pricing/time-value-ratio.js';
import { controlAtLeft, controlAtRight, rationalCubic } from './rational-cubic.js';
import { tailQuantile } from './tail-quantile.js';

const PER_ROOT_TWO_PI = 1 / 2.5066282746310007;
const ROOT_TWO_PI = 2.5066282746310007;
const ROOT_3 = Math.sqrt(3);
const THIRD_PI = (2 * Math.PI) / 3 / ROOT_3;

/** A deviation with what Black's model says there: value b over √(FK) and its slope by the deviation, the vega v. */
export interface Node {
  readonly s: number;
  readonly value: number;
  readonly vega: number;
}

/** Start between two nodes: the inverse of the value as a rational cubic, without curvature at the centre. */
export function startBetween(beta: number, lower: Node, upper: Node, centreIsLower: boolean): number {
  const arc = { width: upper.value - lower.value, left: lower.s, right: upper.s, leftSlope: 1 / lower.vega, rightSlope: 1 / upper.vega };
  return rationalCubic(beta - lower.value, upper.value - beta, arc, centreIsLower ? controlAtLeft(arc, 0, false) : controlAtRight(arc, 0, false));
}

/**
 * Start below the `lowest` node: f(β) = 2π|x| Φ(−z)³ / √27 with z = |x| / √3 s is almost straight there, f(0) = 0 and f′(0) = 1.
 *
 * @see Jäckel (2015), equations 4.20 to 4.29
 */
export function startBelow(beta: number, x: number, lowest: Node): number {
  const { s, value } = lowest;
  const y = (x * x) / (3 * s * s);
  const ratio = millsRatio(Math.sqrt(y));
  const [fall, rise] = [Math.exp(-1.5 * y), Math.exp((s * s) / 8)];
  const f = THIRD_PI * x * (PER_ROOT_TWO_PI * ratio) ** 3 * fall;
  const slope = y * ratio * ratio * rise;
  const second = ((Math.PI / 6) * PER_ROOT_TWO_PI * y * ratio * (8 * ROOT_3 * s * x + (3 * s * s * (s * s - 8) - 8 * x * x) * ratio) * rise * rise) / (s * s * s * fall);
  const arc = { width: value, left: 0, right: f, leftSlope: 1, rightSlope: slope };
  let at = rationalCubic(beta, value - beta, arc, controlAtRight(arc, second, true));
  const t = beta / value;
  if (!(at > 0)) at = (f * t + value * (1 - t)) * t;
  return x / (ROOT_3 * tailQuantile(Math.sqrt((-2 / 3) * Math.log(at / (THIRD_PI * x)))));
}

/**
 * Start above the `highest` node: f(β) = Φ(−s/2), 0 with slope −½ at the bound `most`, from which the value is `gap` away.
 *
 * @see Jäckel (2015), equations 4.33 to 4.38
 */
export function startAbove(gap: number, x: number, most: number, { s, value }: Node): number {
  const h = x / s;
  const t = s / 2;
  const width = most - value;
  const f = PER_ROOT_TWO_PI * Math.exp(-0.5 * t * t) * millsRatio(t);
  const [rise, spread] = [Math.exp(0.5 * h * h), Math.exp(0.5 * t * t)];
  const arc = { width, left: f, right: 0, leftSlope: -0.5 * rise, rightSlope: -0.5 };
  let at = rationalCubic(width - gap, gap, arc, controlAtLeft(arc, ((ROOT_TWO_PI / 2) * h * h * rise * rise * spread) / s, true));
  const u = gap / width;
  if (!(at > 0)) at = (f * u + 0.5 * width * (1 - u)) * u;
  return 2 * tailQuantile(Math.sqrt(-2 * Math.log(at)));
}

/** The node at which a tangent from the centre reaches the bound `most`. */
export function highestNode(x: number, most: number, s: number): Node {
  const h = -x / s;
  const t = s / 2;
  const vega = PER_ROOT_TWO_PI * Math.exp(-0.5 * (h * h + t * t));
  return { s, value: most - vega * gapRatio(h, t), vega };
}
