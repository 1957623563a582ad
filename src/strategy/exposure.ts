import type { RiskFacts, RiskName, Weights } from '../portfolio/rules/rule.js';

/** What a book of weights is exposed to, as known at the close. */
export interface Exposure {
  /** Sum of the weights (fraction of equity). */
  readonly gross: number;
  /** Slope of the whole on the mean of the eligible; `null` when one of the names has none. */
  readonly beta: number | null;
  /** Annualized (fraction); `null` when a volatility or correlation is unknown. */
  readonly volatility: number | null;
}

/** Exposure of weights after the actions. */
export function exposureOf(weights: Weights, facts: RiskFacts): Exposure {
  const held = [...weights].flatMap(([symbol, weight]): [RiskName, number][] => (weight > 0 ? [[facts.names.get(symbol)!, weight]] : []));
  const beta = held.reduce((sum, [name, weight]) => sum + weight * name.beta, 0);
  const variance = held.reduce((sum, [a, weightA]) => sum + held.reduce((inner, [b, weightB]) => inner + weightA * weightB * a.volatility * b.volatility * (a === b ? 1 : facts.correlation(a.symbol, b.symbol)), 0), 0);
  const known = (value: number): number | null => (Number.isNaN(value) ? null : value);
  return { gross: held.reduce((sum, [, weight]) => sum + weight, 0), beta: known(beta), volatility: known(Math.sqrt(Math.max(0, variance))) };
}
