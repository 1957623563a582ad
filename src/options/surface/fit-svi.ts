import { searchPlane, type PlanePoint } from './plane-search.js';
import { hasSoundWings, sviDensitySign, sviTotalVariance, type SviSlice } from './svi.js';
import { SviProblem } from './svi-problem.js';

export interface SviFit {
  readonly slice: SviSlice;
  /** No butterfly arbitrage on the range of the quotes and a quarter of a standard deviation beyond. */
  readonly isButterflyFree: boolean;
  /** The best fit was not free of butterfly arbitrage, and was exchanged for one that is. */
  readonly isRepaired: boolean;
}

/** Standard deviations beyond the quotes to which a slice is used, and so has to be free of arbitrage. */
export const BEYOND_QUOTES = 0.25;

/** Points at which the sign of the density is looked at: evenly over the range, and at multiples of σ around the turn of the slice. */
const GRID = 49;
const AROUND_TURN = [-2, -1, -0.5, 0, 0.5, 1, 2];

/** The density of a repaired fit stays above this, so that it is not below 0 between the points looked at. */
const LEAST_DENSITY = 1e-3;

/** What a mean shortfall of 1 of the density costs, in squared errors of the whole of total variance. */
const PENALTY = 1;

/** Where the search starts: m as share of the quotes' range from its low end, σ as share of its width. */
const STARTS = { m: [0.15, 0.35, 0.5, 0.65, 0.85], sigma: [0.05, 0.2, 0.8] } as const;

/** Bounds of σ as shares of the width of the quotes' range; m lies within it: elsewhere the turn of a smile is made up. */
const SIGMA = { least: 0.01, most: 2 } as const;

/** Multiples of the error of a volatility beyond which a quote counts less and less (Huber, 1964). */
const HUBER = 1.5;

/** Median size of a standard normal error. */
const NORMAL_MEDIAN = 0.6745;

/**
 * Fits a raw SVI slice to total variances by the quasi-explicit method: linear inner problem, two-dimensional outer search over m and log σ,
 * once more with quotes far off the first fit counting less; kept within Lee's bound and free of butterfly arbitrage.
 *
 * Where the best fit is not free of it, a penalty on the density, then less curvature at the same m and σ, make it so.
 *
 * @param k log moneyness, ascending, [quote]
 * @param w total variance, above 0, [quote]
 * @param weight of the squared error of a volatility, [quote]
 * @returns `null` where strikes do not differ
 * @see De Marco and Martini (2009), Quasi-explicit calibration of Gatheral's SVI model; Gatheral and Jacquier (2014), Arbitrage-free SVI volatility surfaces
 */
export function fitSvi(k: Float64Array, w: Float64Array, weight: Float64Array): SviFit | null {
  const width = k[k.length - 1] - k[0];
  if (!(width > 0)) return null;
  // an error dσ of volatility is one of 2 √(w T) dσ of total variance
  const problem = new SviProblem(k, w, weight.map((value, i) => value / w[i]));
  const inside = bounds(k, width);
  const squares = (m: number, logSigma: number): number => (inside(m, logSigma) ? problem.evaluate(m, Math.exp(logSigma)) : Infinity);
  let found = searchPlane(squares, bestStart(squares, k[0], width), { stepX: 0.1 * width, stepY: 0.5, tolerance: 1e-5, evaluations: 60 });
  reweigh(problem, problem.slice(found.x, Math.exp(found.y)), weight);
  found = searchPlane(squares, { ...found, value: squares(found.x, found.y) }, { stepX: 0.04 * width, stepY: 0.2, tolerance: 1e-8, evaluations: 90 });
  const slice = problem.slice(found.x, Math.exp(found.y));
  const margin = BEYOND_QUOTES * Math.sqrt(sviTotalVariance(slice, 0));
  const grid = densityGrid(k[0] - margin, k[k.length - 1] + margin);
  if (leastDensity(slice, grid) >= 0) return { slice, isButterflyFree: true, isRepaired: false };
  const repaired = repair(problem, found, grid);
  return repaired === null ? { slice, isButterflyFree: false, isRepaired: false } : { slice: repaired, isButterflyFree: true, isRepaired: true };
}

function bounds(k: Float64Array, width: number): (m: number, logSigma: number) => boolean {
  const [low, high] = [k[0], k[k.length - 1]];
  const [least, most] = [Math.log(SIGMA.least * width), Math.log(SIGMA.most * width)];
  return (m, logSigma) => m >= low && m <= high && logSigma >= least && logSigma <= most;
}

/** The best of the starts. */
function bestStart(f: (m: number, logSigma: number) => number, low: number, width: number): PlanePoint {
  let best: PlanePoint = { x: 0, y: 0, value: Infinity };
  for (const shareM of STARTS.m) {
    for (const shareSigma of STARTS.sigma) {
      const [x, y] = [low + shareM * width, Math.log(shareSigma * width)];
      const value = f(x, y);
      if (value < best.value) best = { x, y, value };
    }
  }
  return best;
}

/** Makes quotes far off a slice, against the median distance from it, count less. */
function reweigh({ k, w, weight }: SviProblem, slice: SviSlice, given: Float64Array): void {
  const errors = k.map((value, i) => Math.abs(sviTotalVariance(slice, value) - w[i]) / Math.sqrt(w[i]));
  const weighted = errors.map((error, i) => error * Math.sqrt(given[i])).sort();
  const limit = (HUBER / NORMAL_MEDIAN) * weighted[weighted.length >> 1];
  for (let i = 0; i < k.length; i++) {
    const size = errors[i] * Math.sqrt(given[i]);
    weight[i] = (given[i] / w[i]) * (size > limit ? limit / size : 1);
  }
}

function densityGrid(from: number, to: number): Float64Array {
  const grid = new Float64Array(GRID);
  for (let i = 0; i < GRID; i++) grid[i] = from + ((to - from) * i) / (GRID - 1);
  return grid;
}

/** The least of the sign of the density on the grid and, within it, around the turn; −∞ where wings are not sound. */
function leastDensity(slice: SviSlice, grid: Float64Array): number {
  if (!hasSoundWings(slice)) return -Infinity;
  let least = Infinity;
  for (let i = 0; i < grid.length; i++) least = Math.min(least, sviDensitySign(slice, grid[i]));
  for (const multiple of AROUND_TURN) {
    const k = slice.m + multiple * slice.sigma;
    if (k >= grid[0] && k <= grid[grid.length - 1]) least = Math.min(least, sviDensitySign(slice, k));
  }
  return least;
}

/** Mean of how far the density lies below what is asked: not squared, so that the search ends where nothing is short. */
function shortfall(slice: SviSlice, grid: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < grid.length; i++) sum += Math.max(0, LEAST_DENSITY - sviDensitySign(slice, grid[i]));
  for (const multiple of AROUND_TURN) {
    const k = slice.m + multiple * slice.sigma;
    if (k >= grid[0] && k <= grid[grid.length - 1]) sum += Math.max(0, LEAST_DENSITY - sviDensitySign(slice, k));
  }
  return sum / grid.length;
}

/** The fit nearest the quotes that a penalty on arbitrage finds, flattened as far as it takes to be free of it; `null` where nothing is. */
function repair(problem: SviProblem, start: PlanePoint, grid: Float64Array): SviSlice | null {
  const { k, w, weight } = problem;
  const width = k[k.length - 1] - k[0];
  const inside = bounds(k, width);
  let scale = 0;
  for (let i = 0; i < k.length; i++) scale += weight[i] * w[i] * w[i];
  const penalised = (m: number, logSigma: number): number => {
    if (!inside(m, logSigma)) return Infinity;
    const slice = problem.slice(m, Math.exp(logSigma));
    return problem.squares + PENALTY * scale * shortfall(slice, grid);
  };
  const near = { ...start, value: penalised(start.x, start.y) };
  const other = bestStart(penalised, k[0], width);
  const found = searchPlane(penalised, other.value < near.value ? other : near, { stepX: 0.1 * width, stepY: 0.4, tolerance: 1e-5, evaluations: 100 });
  return flatten(problem, found, grid);
}

/** Takes slopes back, a kept for the best level, until no arbitrage is left. */
function flatten(problem: SviProblem, { x: m, y: logSigma }: PlanePoint, grid: Float64Array): SviSlice | null {
  const sigma = Math.exp(logSigma);
  const whole = problem.slice(m, sigma);
  const isFree = (slice: SviSlice): boolean => leastDensity(slice, grid) >= LEAST_DENSITY / 2;
  if (isFree(whole)) return whole;
  let [free, arbitrary] = [0, 1];
  for (let step = 0; step < 20; step++) {
    const share = (free + arbitrary) / 2;
    if (isFree(flattened(problem, whole, share))) free = share;
    else arbitrary = share;
  }
  const slice = flattened(problem, whole, free);
  return isFree(slice) ? slice : null;
}

/** The slice with a share of its slopes, at the level that suits the quotes best. */
function flattened({ k, w, weight }: SviProblem, slice: SviSlice, share: number): SviSlice {
  const less = { ...slice, a: 0, b: slice.b * share };
  let [sum, total] = [0, 0];
  for (let i = 0; i < k.length; i++) {
    sum += weight[i] * (w[i] - sviTotalVariance(less, k[i]));
    total += weight[i];
  }
  return { ...less, a: sum / total };
}
