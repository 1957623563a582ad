import { purchases } from './cut-order.js';
import type { Cut, CutValues, RiskFacts, RiskName, Weights } from './rule.js';

/** Takes away the whole purchase of every name for which `why` gives values; what is held stays. */
export function banPurchases<Values extends CutValues>(weights: Weights, facts: RiskFacts, why: (name: RiskName) => Values | null): Cut<Values>[] {
  return purchases(weights, facts).flatMap(({ name, floor }) => {
    const values = why(name);
    return values === null ? [] : [{ symbol: name.symbol, weight: floor, values }];
  });
}

/** How many purchases are of names that `isBanned`. */
export function countPurchases(weights: Weights, facts: RiskFacts, isBanned: (name: RiskName) => boolean): number {
  return purchases(weights, facts).filter(({ name }) => isBanned(name)).length;
}
