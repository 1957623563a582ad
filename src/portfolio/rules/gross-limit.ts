import type { RiskConfig } from './config.js';
import { cutsBetween, limitLoad, lockedNames, totalLoad } from './load-limit.js';
import { percent } from './percent.js';
import type { RiskRule } from './rule.js';

export const grossLimit: RiskRule<RiskConfig['grossLimit'], { readonly gross: number; readonly max: number }> = {
  name: 'gross-limit',
  describe: 'Keeps the book from holding more than its equity.',
  limits: 'the sum of weights',
  unit: 'fraction',
  judges: 'book',
  cuts: 'Purchases first, then what is held, each time the least important first, until the rest fits.',
  source: null,
  limit: (_, { max }) => max,
  measure: (weights, facts) => totalLoad(weights, facts, () => 1),
  cut(weights, facts, { max }) {
    const gross = totalLoad(weights, facts, () => 1);
    return cutsBetween(weights, limitLoad(weights, facts, () => 1, max), facts, () => ({ gross, max }));
  },
  obstacles: (weights, facts) => lockedNames(weights, facts),
  words: ({ gross, max }) => `weights would sum to ${percent(gross)}, at most ${percent(max)} is allowed`,
};
