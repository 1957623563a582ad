/** Weights that grow with a number, from none at 0. */
export interface Family {
  /** The largest number. */
  readonly most: number;
  readonly weightsAt: (size: number) => Float64Array;
}

const ROUNDS = 60;
const CLOSE = 1e-12;

/**
 * The largest weights of a family whose volatility (annualized, by a covariance a year) is at most `limit`.
 *
 * Regula falsi with the Illinois rule (Dowell and Jarratt, 1971): the first step is exact where volatility grows in proportion,
 * as it does until weights reach their largest. What rounding leaves above the limit is scaled away.
 */
export function withinVolatility({ most, weightsAt }: Family, covariance: Float64Array, limit: number): Float64Array {
  let weights = weightsAt(most);
  let [low, under] = [0, -limit];
  let [high, over] = [most, portfolioVolatility(weights, covariance) - limit];
  let lastSide = 0;
  for (let round = 0; round < ROUNDS && over > 0; round++) {
    const middle = low + ((high - low) * under) / (under - over);
    weights = weightsAt(middle);
    const found = portfolioVolatility(weights, covariance) - limit;
    if (Math.abs(found) <= CLOSE * limit) break;
    if (found > 0) {
      [high, over] = [middle, found];
      if (lastSide > 0) under /= 2;
    } else {
      [low, under] = [middle, found];
      if (lastSide < 0) over /= 2;
    }
    lastSide = found;
  }
  const volatility = portfolioVolatility(weights, covariance);
  return volatility > limit ? weights.map((weight) => (weight * limit) / volatility) : weights;
}

/** √(w'Σw), annualized by a covariance a year. */
export function portfolioVolatility(weights: Float64Array, covariance: Float64Array): number {
  let variance = 0;
  for (let i = 0; i < weights.length; i++) {
    for (let j = 0; j < weights.length; j++) variance += weights[i] * weights[j] * covariance[i * weights.length + j];
  }
  return Math.sqrt(Math.max(0, variance));
}
