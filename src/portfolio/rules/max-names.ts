import type { RiskConfig } from './config.js';
import { bySymbol, cutOrder, NEGLIGIBLE } from './cut-order.js';
import { lockedNames } from './load-limit.js';
import type { RiskFacts, RiskRule, Weights } from './rule.js';

const count = (weights: Weights, facts: RiskFacts): number => bySymbol(weights, facts).filter(({ weight }) => weight > NEGLIGIBLE).length;

export const maxNames: RiskRule<RiskConfig['maxNames'], { readonly names: number; readonly max: number }> = {
  name: 'max-names',
  describe: 'Keeps the book to a number of names that can be followed.',
  limits: 'names in the book',
  unit: 'names',
  judges: 'book',
  cuts: 'Whole names: those to be entered first, then those held, each time the least important first.',
  source: null,
  limit: (_, { max }) => max,
  measure: count,
  cut(weights, facts, { max }) {
    const names = count(weights, facts);
    const whole = cutOrder(weights, facts).filter(({ floor }) => floor <= NEGLIGIBLE);
    return whole.slice(0, Math.max(0, names - max)).map(({ name, floor }) => ({ symbol: name.symbol, weight: floor, values: { names, max } }));
  },
  obstacles: (weights, facts) => lockedNames(weights, facts),
  words: ({ names, max }) => `${names} names were wanted, at most ${max} may be held`,
};
