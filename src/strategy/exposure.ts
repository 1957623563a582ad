import type { RiskFacts, Weights } from '../portfolio/rules/rule.js';

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
  const held = [...weights].flatMap(([symbol, weight]) => (weight > 0 ? [{ name: facts.names.get(symbol)!, weight }] : []));
  let [gross, beta, variance] = [0, 0, 0];
  for (const { name: a, weight: weightA } of held) {
    gross += weightA;
    beta += weightA * a.beta;
    let own = 0;
    for (const { name: b, weight: weightB } of held) own += weightA * weightB * a.volatility * b.volatility * (a === b ? 1 : facts.correlation(a.symbol, b.symbol));
    variance += own;
  }
  const known = (value: number): number | null => (Number.isNaN(value) ? null : value);
  return { gross, beta: known(beta), volatility: known(Math.sqrt(Math.max(0, variance))) };
}
