import type { RiskConfig } from './config.js';
import { bySymbol, NEGLIGIBLE, purchases, TOLERANCE } from './cut-order.js';
import { cutLoad, cutsBetween } from './load-limit.js';
import { percent } from './percent.js';
import type { RiskFacts, RiskRule, Weights } from './rule.js';

const traded = (weights: Weights, facts: RiskFacts): number => bySymbol(weights, facts).reduce((sum, { name, weight }) => sum + Math.abs(weight - name.held), 0);

/** The last rule: what the others sell counts here. */
export const maxTurnover: RiskRule<RiskConfig['maxTurnover'], { readonly traded: number; readonly max: number }> = {
  name: 'max-turnover',
  describe: 'Limits what is traded in one session, and so its costs.',
  limits: 'the sum of absolute changes of weights',
  unit: 'fraction',
  judges: 'book',
  cuts: 'Purchases only, the least important first, until the rest fits; sales are never held back.',
  source: null,
  limit: (_, { max }) => max,
  measure: traded,
  cut(weights, facts, { max }) {
    const wanted = traded(weights, facts);
    if (wanted - max <= TOLERANCE) return [];
    const after = cutLoad(weights, purchases(weights, facts), () => 1, wanted - max);
    return cutsBetween(weights, after, facts, () => ({ traded: wanted, max }));
  },
  obstacles(weights, facts) {
    const sold = bySymbol(weights, facts).filter(({ name, weight }) => name.held - weight > NEGLIGIBLE).map(({ name }) => name.symbol);
    return { symbols: sold, why: 'must be sold, and sales are never held back' };
  },
  words: ({ traded: wanted, max }) => `${percent(wanted)} of equity would be traded, at most ${percent(max)} is allowed in a session`,
};
