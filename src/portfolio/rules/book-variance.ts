import type { RiskConfig } from './config.js';
import { listBySymbol, listed } from './cut-order.js';
import { correlationOf, known, type Weighted } from './known-facts.js';
import type { RiskFacts, RiskName, Weights } from './rule.js';

type Settings = RiskConfig['volatilityTarget'];

export const volatilityOf = ({ volatility }: RiskName, { unknownVolatility }: Settings): number => Math.max(0, known(volatility, unknownVolatility));

/** Within [0, 1]: what moves the other way counts as unrelated, as it seldom does so when it is needed. */
const correlationBetween = (facts: RiskFacts, pair: readonly [string, string], { unknownCorrelation }: Settings): number => Math.min(1, Math.max(0, correlationOf(facts, pair, unknownCorrelation)));

/** σᵢ Σⱼ wⱼ σⱼ ρᵢⱼ over the other names: half of how fast the variance grows with the weight of a name that is not in the book yet; of weights that may still change. */
export function covarianceWithOthers(one: RiskName, weights: Weights, facts: RiskFacts, settings: Settings): number {
  return covarianceWith(one, listBySymbol(weights, facts), facts, settings);
}

function covarianceWith(one: RiskName, book: readonly Weighted[], facts: RiskFacts, settings: Settings): number {
  let sum = 0;
  for (const { name, weight } of book) if (name.symbol !== one.symbol && weight > 0) sum += weight * volatilityOf(name, settings) * correlationBetween(facts, [one.symbol, name.symbol], settings);
  return sum * volatilityOf(one, settings);
}

/** w′Σw a year, Σ from volatilities and correlations; not below that of the true Σ when they are all known (Markowitz, 1952). */
export function bookVariance(weights: Weights, facts: RiskFacts, settings: Settings): number {
  const known = listed(weights, facts);
  return (known.variance ??= varianceOf(known.book, facts, settings));
}

function varianceOf(book: readonly Weighted[], facts: RiskFacts, settings: Settings): number {
  let sum = 0;
  for (const { name, weight } of book) if (weight !== 0) sum += weight * (weight * volatilityOf(name, settings) ** 2 + covarianceWith(name, book, facts, settings));
  return sum;
}

/** The largest weight at which s²w² + 2bw reaches no more than `room`; negative when none does. */
export function weightWithin(room: number, volatility: number, covariance: number): number {
  if (room < 0) return -1;
  return room / (covariance + Math.sqrt(covariance ** 2 + volatility ** 2 * room)); // not the textbook root, which cancels
}
