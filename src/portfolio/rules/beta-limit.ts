import type { RiskConfig } from './config.js';
import { known, told } from './known-facts.js';
import { cutsBetween, limitLoad, lockedNames, totalLoad, type Load } from './load-limit.js';
import type { RiskRule } from './rule.js';

type Settings = RiskConfig['betaLimit'];

/** A negative slope counts as none: it seldom lasts when it is needed. */
const betaLoad = ({ unknown }: Settings): Load => ({ beta }) => Math.max(0, known(beta, unknown));

export const betaLimit: RiskRule<Settings, { readonly beta: number | string; readonly book: number; readonly max: number }> = {
  name: 'beta-limit',
  describe: 'Limits how much of the market the book carries.',
  limits: 'the slope of the book on the benchmark, names of negative slope counted as 0',
  unit: 'number',
  judges: 'book',
  cuts: 'Purchases first, then what is held, each time the least important first, until the rest fits; names without a positive slope stay.',
  source: 'Sharpe (1964)',
  limit: (_, { max }) => max,
  measure: (weights, facts, settings) => totalLoad(weights, facts, betaLoad(settings)),
  cut(weights, facts, settings) {
    const book = totalLoad(weights, facts, betaLoad(settings));
    const after = limitLoad(weights, facts, betaLoad(settings), settings.max);
    return cutsBetween(weights, after, facts, ({ beta }) => ({ beta: told(beta), book, max: settings.max }));
  },
  obstacles: (weights, facts, settings) => lockedNames(weights, facts, (name) => betaLoad(settings)(name) > 0),
  words: ({ beta, book, max }) => `the slope of the book on the benchmark would be ${book.toFixed(2)}, at most ${max.toFixed(2)} is allowed, and its own ${typeof beta === 'number' ? `is ${beta.toFixed(2)}` : 'is not known'}`,
};
