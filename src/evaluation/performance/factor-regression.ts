import { InvariantError } from '../../core/errors.js';
import { choleskyFactor, choleskySolve } from '../../math/cholesky.js';
import { mean } from '../../math/stats.js';
import { yearLength, type AnnualOptions } from './annual-options.js';
import { checkBeside } from './checked-returns.js';
import { excessReturns, type ExcessOptions } from './excess-returns.js';
import { factorDesign, type FactorDesign } from './factor-design.js';
import { longRunCovariance } from './long-run-covariance.js';

export interface FactorRegressionOptions extends AnnualOptions, ExcessOptions {
  /** Sessions over which residuals may depend on each other; ⌊4 (n / 100)^(2/9)⌋ unless given (Newey and West, 1994). */
  readonly lags?: number;
}

/** A coefficient with what chance does to it. */
export interface Coefficient {
  readonly estimate: number;
  /** By Newey and West (1987), Bartlett weights, no correction for few sessions; 0 where the fit is exact. */
  readonly standardError: number;
  /** Estimate over its standard error; `null` where the fit is exact. */
  readonly t: number | null;
}

/** Plain JSON. */
export interface FactorRegression {
  /** Intercept, fraction per session: the return that factors do not explain. */
  readonly alpha: Coefficient;
  /** The same times the sessions of a year, fraction per year. */
  readonly annualAlpha: number;
  /** By factor: return per return of the factor. */
  readonly loadings: Readonly<Record<string, Coefficient>>;
  /** Share of the variance explained, 0 to 1; `null` where returns do not vary. */
  readonly rSquared: number | null;
  /** The same with the number of factors taken into account (Theil, 1961). */
  readonly adjustedRSquared: number | null;
  /** Standard deviation of residuals (divisor sessions − factors − 1), fraction per year. */
  readonly residualVolatility: number;
  readonly sessions: number;
  readonly lags: number;
}

/**
 * Least squares of excess returns on several factors, with intercept; standard errors hold for residuals of unequal size that depend on
 * each other over `lags` sessions.
 *
 * @param returns  simple returns [session], fraction
 * @param factors  by name: returns of factors on the same sessions, already in excess where they need be, [session]
 * @returns `null` where there are no more sessions than coefficients, or a factor does not vary or follows from the others
 * @throws InvariantError `BAD_RETURNS` where a return is missing or lengths differ, `BAD_LAGS` for lags that are no whole number
 * @see Fama and French (1993) for the use; Newey and West (1987)
 */
export function factorRegression(returns: ArrayLike<number>, factors: Readonly<Record<string, ArrayLike<number>>>, options: FactorRegressionOptions = {}): FactorRegression | null {
  const y = excessReturns(returns, options, 'factorRegression');
  const names = Object.keys(factors);
  const design = factorDesign(names.map((name) => checkBeside(factors[name], y.length, `factor "${name}" of factorRegression`)), y.length);
  const { lags = Math.floor(4 * (y.length / 100) ** (2 / 9)) } = options;
  if (!(Number.isInteger(lags) && lags >= 0)) throw new InvariantError(`expected a whole number of lags, found ${lags} in factorRegression`, { code: 'BAD_LAGS', fields: { lags } });
  const factor = design === null || y.length <= design.width ? null : choleskyFactor(design.gram, design.width);
  return design === null || factor === null ? null : describe(fit(y, design, factor, lags), names, y.length, yearLength(options));
}

interface Fit {
  readonly coefficients: readonly Coefficient[];
  readonly residualSquares: number;
  readonly totalSquares: number;
  readonly lags: number;
}

function fit(y: Float64Array, design: FactorDesign, factor: Float64Array, lags: number): Fit {
  const { width, rows } = design;
  const right = Float64Array.from({ length: width }, (_, j) => mean(y.map((value, t) => value * rows[t * width + j])));
  const scaled = choleskySolve(factor, right);
  const residuals = y.map((value, t) => value - rowDot(rows, t, scaled));
  const residualSquares = squares(residuals, 0);
  // no smaller than this when the fit is exact
  const exact = residualSquares <= (y.length * Number.EPSILON) ** 2 * squares(y, 0);
  const scores = rows.map((value, i) => value * residuals[Math.floor(i / width)]);
  const meat = longRunCovariance(scores, width, lags);
  const coefficients = directions(design).map((direction): Coefficient => {
    const bread = choleskySolve(factor, direction);
    const variance = bread.reduce((sum, value, i) => sum + value * rowDot(meat, i, bread), 0) / y.length;
    const [estimate, standardError] = [rowDot(direction, 0, scaled), exact ? 0 : Math.sqrt(Math.max(0, variance))];
    return { estimate, standardError, t: standardError > 0 ? estimate / standardError : null };
  });
  return { coefficients, residualSquares: exact ? 0 : residualSquares, totalSquares: squares(y, mean(y)), lags };
}

/** Coefficients in the factors' own units as combinations of the scaled ones: the intercept, then one a factor. */
function directions({ width, means, scales }: FactorDesign): Float64Array[] {
  const intercept = Float64Array.from({ length: width }, (_, j) => (j === 0 ? 1 : -means[j - 1] / scales[j - 1]));
  return [intercept, ...Array.from(scales, (scale, j) => new Float64Array(width).fill(1 / scale, j + 1, j + 2))];
}

function describe({ coefficients: [alpha, ...slopes], residualSquares, totalSquares, lags }: Fit, names: readonly string[], sessions: number, year: number): FactorRegression {
  const free = sessions - names.length - 1;
  const unexplained = totalSquares > 0 ? residualSquares / totalSquares : null;
  return {
    alpha,
    annualAlpha: alpha.estimate * year,
    loadings: Object.fromEntries(names.map((name, j) => [name, slopes[j]])),
    rSquared: unexplained === null ? null : 1 - unexplained,
    adjustedRSquared: unexplained === null ? null : 1 - (unexplained * (sessions - 1)) / free,
    residualVolatility: Math.sqrt((residualSquares / free) * year),
    sessions,
    lags,
  };
}

function rowDot(rows: Float64Array, row: number, vector: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < vector.length; j++) sum += rows[row * vector.length + j] * vector[j];
  return sum;
}

function squares(values: Float64Array, centre: number): number {
  let sum = 0;
  for (const value of values) sum += (value - centre) ** 2;
  return sum;
}
