import { bookVariance, covarianceWithOthers, volatilityOf, weightWithin } from './book-variance.js';
import type { RiskConfig } from './config.js';
import { cutOrder, NEGLIGIBLE, TOLERANCE } from './cut-order.js';
import { told } from './known-facts.js';
import { cutsBetween, lockedNames } from './load-limit.js';
import { percent } from './percent.js';
import type { RiskFacts, RiskRule, Weights } from './rule.js';

type Settings = RiskConfig['volatilityTarget'];

const bookVolatility = (weights: Weights, facts: RiskFacts, settings: Settings): number => Math.sqrt(bookVariance(weights, facts, settings));

/** Cuts one name after the other to the largest weight that keeps to the limit: the root of a quadratic. @param whole variance of the book */
function limitVolatility(weights: Weights, whole: number, facts: RiskFacts, settings: Settings): Weights {
  const most = (settings.max + TOLERANCE) ** 2;
  if (whole <= most) return weights;
  const after = new Map(weights);
  let variance = whole;
  for (const { name, floor } of cutOrder(weights, facts)) {
    if (variance <= most) break;
    const [weight, volatility] = [after.get(name.symbol)!, volatilityOf(name, settings)];
    const covariance = covarianceWithOthers(name, after, facts, settings);
    const part = (of: number): number => of * (of * volatility ** 2 + 2 * covariance);
    if (part(weight) - part(floor) <= NEGLIGIBLE) continue;
    const others = variance - part(weight);
    const left = Math.min(weight, Math.max(floor, weightWithin(settings.max ** 2 - others, volatility, covariance)));
    variance = others + part(left);
    after.set(name.symbol, left);
  }
  return after;
}

export const volatilityTarget: RiskRule<Settings, { readonly volatility: number | string; readonly book: number; readonly max: number }> = {
  name: 'volatility-target',
  describe: 'Limits how much the book swings.',
  limits: 'the annualized volatility of the book, negative correlations counted as 0',
  unit: 'fraction',
  judges: 'book',
  cuts: 'Purchases first, then what is held, each time the least important first, until the rest fits.',
  source: "√(w'Σw): Markowitz (1952)",
  limit: (_, { max }) => max,
  measure: bookVolatility,
  cut(weights, facts, settings) {
    const variance = bookVariance(weights, facts, settings);
    const book = Math.sqrt(variance);
    return cutsBetween(weights, limitVolatility(weights, variance, facts, settings), facts, ({ volatility }) => ({ volatility: told(volatility), book, max: settings.max }));
  },
  obstacles: (weights, facts, settings) => lockedNames(weights, facts, (name) => volatilityOf(name, settings) > 0),
  words: ({ volatility, book, max }) => `the volatility of the book would be ${percent(book)} a year, at most ${percent(max)} is allowed, and its own ${typeof volatility === 'number' ? `is ${percent(volatility)}` : 'is not known'}`,
};
