import type { RiskConfig } from './config.js';
import { bySymbol, NEGLIGIBLE, purchases, TOLERANCE } from './cut-order.js';
import { correlationOf, told } from './known-facts.js';
import type { Cut, RiskFacts, RiskRule, Weights } from './rule.js';

type Settings = RiskConfig['maxPairwiseCorrelation'];

interface Nearest {
  readonly other: string;
  readonly correlation: number;
}

/** The most alike of others; of equal ones the first. */
function nearest(symbol: string, others: Iterable<string>, facts: RiskFacts, { unknown }: Settings): Nearest | null {
  let found: Nearest | null = null;
  for (const other of others) {
    if (other === symbol) continue;
    const correlation = correlationOf(facts, [symbol, other], unknown);
    if (found === null || correlation > found.correlation) found = { other, correlation };
  }
  return found;
}

type Values = { readonly other: string; readonly correlation: number | string; readonly max: number };

/** Purchases too much like what stays or like a more important purchase that is made. */
function tooAlike(weights: Weights, facts: RiskFacts, settings: Settings): Cut<Values>[] {
  const kept = new Set(bySymbol(weights, facts).filter(({ name, weight }) => Math.min(weight, name.held) > NEGLIGIBLE).map(({ name }) => name.symbol));
  return [...purchases(weights, facts)].reverse().flatMap(({ name: { symbol }, floor }) => {
    const alike = nearest(symbol, kept, facts, settings);
    if (alike === null || alike.correlation - settings.max <= TOLERANCE) {
      kept.add(symbol);
      return [];
    }
    const asFarAsKnown = told(correlationOf(facts, [symbol, alike.other], Number.NaN));
    return [{ symbol, weight: floor, values: { other: alike.other, correlation: asFarAsKnown, max: settings.max } }];
  });
}

export const maxPairwiseCorrelation: RiskRule<Settings, Values> = {
  name: 'max-pairwise-correlation',
  describe: 'Keeps the book from holding one bet under two names, such as two classes of a share.',
  limits: 'the largest correlation of a name that is bought with another of the book',
  unit: 'number',
  judges: 'name',
  cuts: 'The whole purchase that is too much like what is held or like a more important purchase; what is held stays.',
  source: null,
  limit: (_, { max }) => max,
  measure(weights, facts, settings) {
    const book = bySymbol(weights, facts).filter(({ weight }) => weight > NEGLIGIBLE).map(({ name }) => name.symbol);
    const found = purchases(weights, facts).flatMap(({ name }) => nearest(name.symbol, book, facts, settings)?.correlation ?? []);
    return found.length === 0 ? null : Math.max(...found);
  },
  cut: tooAlike,
  words: ({ other, correlation, max }) => `correlation with ${other} ${typeof correlation === 'number' ? `is ${correlation.toFixed(2)}` : 'is not known'}, at most ${max.toFixed(2)} is let in`,
};
