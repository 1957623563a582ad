import { gapRatio, timeValue, timeValueRatio } from '../pricing/time-value-ratio.js';
import { nearStart } from './near-start.js';
import { highestNode, startAbove, startBelow, startBetween, type Node } from './deviation-start.js';

const ROOT_TWO_PI = 2.5066282746310007;
const PER_ROOT_TWO_PI = 1 / ROOT_TWO_PI;
const LOG_ROOT_TWO_PI = 0.9189385332046728;

/** Steps of fourth order at most; two do from these starts, the rest is for the far ends. */
const STEPS = 4;

/** After a step that is so short a share of the deviation, the next one is below rounding; sooner where the objective is straighter. */
const SETTLED = 1e-5;
const SETTLED_NEAR = 1e-4;

/**
 * The deviation s = σ√T at which Black's model gives an out-of-the-money option its value; NaN where there is none.
 *
 * `value`, and `gap`, what it lacks to its bound `low`, are not discounted; `low` and `high` are the smaller and the larger of forward and strike.
 * To the last digits that the value determines: a start, then Householder's steps of fourth order on an objective that is almost straight there. Other than
 * in the paper, deviations below about 0.9 start from Bachelier's model, so near that one step does; the rest from the paper's four regions. And Black's
 * value is made of Mills' ratio, which is exact everywhere, instead of the paper's four expansions.
 *
 * @see Jäckel (2015), "Let's Be Rational", Wilmott, sections 4 and 5
 */
export function impliedDeviation(value: number, gap: number, low: number, high: number): number {
  if (!(value > 0 && gap > 0 && low > 0)) return Number.NaN;
  const x = Math.log1p((high - low) / low);
  const scale = Math.sqrt(low) * Math.sqrt(high);
  const perBeta = scale / value;
  const near = nearStart(perBeta, x);
  return near > 0 ? refineNear(near, x, perBeta) : farDeviation(value / scale, gap / scale, x, Math.sqrt(low / high));
}

function farDeviation(beta: number, gap: number, x: number, most: number): number {
  const s = Math.sqrt(2 * x);
  const ratio = timeValueRatio(-s / 2, s / 2);
  const vega = most * PER_ROOT_TWO_PI;
  const centre: Node = { s, value: vega * ratio, vega };
  if (beta < centre.value) return belowCentre(beta, x, most, centre);
  const highest = highestNode(x, most, s + ROOT_TWO_PI - ratio);
  const start = beta <= highest.value ? startBetween(beta, centre, highest, true) : startAbove(gap, x, most, highest);
  return beta > 0.5 * most ? refineGap(start, x, Math.log(gap)) : refineValue(start, x, beta, most);
}

/** The lowest node is where the tangent from the centre reaches 0. */
function belowCentre(beta: number, x: number, most: number, centre: Node): number {
  const s = centre.s - centre.value / centre.vega;
  const h = -x / s;
  const t = s / 2;
  const vega = PER_ROOT_TWO_PI * Math.exp(-0.5 * (h * h + t * t));
  const lowest: Node = { s, value: vega * timeValueRatio(h, t), vega };
  if (beta >= lowest.value) return refineValue(startBetween(beta, lowest, centre, false), x, beta, most);
  return refineLogarithm(startBelow(beta, x, lowest), x, Math.log(beta));
}

/** Householder's step of fourth order from the Newton step −g/g′ and g″/g′, g‴/g′; never more than half of the way to 0. */
function householder(s: number, newton: number, second: number, third: number): number {
  return Math.max((newton * (1 + 0.5 * second * newton)) / (1 + newton * (second + (third * newton) / 6)), -0.5 * s);
}

/** Of the logarithm of the value, from a start so near that any objective will do; `perBeta` is 1/β. */
function refineNear(start: number, x: number, perBeta: number): number {
  let s = start;
  for (let k = 0; k < STEPS; k++) {
    const per = 1 / s;
    const h = -x * per;
    const t = 0.5 * s;
    const squares = h * h;
    const ratio = timeValueRatio(h, t);
    const slope = 1 / ratio;
    const bend = squares * per - 0.5 * t;
    const miss = LOG_ROOT_TWO_PI + 0.5 * (squares + t * t) - Math.log(ratio * perBeta);
    const third = bend * bend - 3 * squares * per * per - 0.25 + slope * (2 * slope - 3 * bend);
    const step = householder(s, miss * ratio, bend - slope, third);
    s += step;
    if (!(Math.abs(step) > SETTLED_NEAR * s)) break;
  }
  return s;
}

/** Of the value itself: b(s) = β. */
function refineValue(start: number, x: number, beta: number, most: number): number {
  let s = start;
  for (let k = 0; k < STEPS; k++) {
    const h = -x / s;
    const t = 0.5 * s;
    const vega = PER_ROOT_TWO_PI * Math.exp(-0.5 * (h * h + t * t));
    const bend = (h * h) / s - 0.5 * t;
    const step = householder(s, (beta - timeValue(vega, most, h, t)) / vega, bend, bend * bend - 3 * (h / s) ** 2 - 0.25);
    s += step;
    if (!(Math.abs(step) > SETTLED * s)) break;
  }
  return s;
}

/** Of small values: 1 / ln b(s) = 1 / ln β, for which b itself is never needed. */
function refineLogarithm(start: number, x: number, logBeta: number): number {
  let s = start;
  for (let k = 0; k < STEPS; k++) {
    const h = -x / s;
    const t = 0.5 * s;
    const ratio = timeValueRatio(h, t);
    const log = Math.log(ratio) - 0.5 * (h * h + t * t) - LOG_ROOT_TWO_PI;
    const slope = 1 / ratio; // of the logarithm
    const per = 1 / log;
    const bend = (h * h) / s - 0.5 * t;
    const tilt = slope * (1 + 2 * per);
    const third = bend * bend - 3 * (h / s) ** 2 - 0.25 + 2 * slope * slope * (1 + 3 * per * (1 + per)) - 3 * bend * tilt;
    const step = householder(s, ((logBeta - log) * log * ratio) / logBeta, bend - tilt, third);
    s += step;
    if (!(Math.abs(step) > SETTLED * s)) break;
  }
  return s;
}

/** Of values above half of their bound: the logarithm of what lacks to it. */
function refineGap(start: number, x: number, logGap: number): number {
  let s = start;
  for (let k = 0; k < STEPS; k++) {
    const h = -x / s;
    const t = 0.5 * s;
    const ratio = gapRatio(h, t);
    const slope = 1 / ratio;
    const bend = (h * h) / s - 0.5 * t;
    const miss = Math.log(ratio) - 0.5 * (h * h + t * t) - LOG_ROOT_TWO_PI - logGap;
    const third = bend * bend - 3 * (h / s) ** 2 - 0.25 + slope * (3 * bend + 2 * slope);
    const step = householder(s, miss * ratio, bend + slope, third);
    s += step;
    if (!(Math.abs(step) > SETTLED * s)) break;
  }
  return s;
}
