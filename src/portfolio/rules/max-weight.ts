import type { RiskConfig } from './config.js';
import { cutsBetween, limitEach, lockedNames } from './load-limit.js';
import { percent } from './percent.js';
import type { RiskRule } from './rule.js';

export const maxWeight: RiskRule<RiskConfig['maxWeight'], { readonly max: number }> = {
  name: 'max-weight',
  describe: 'Keeps any one name from mattering too much.',
  limits: 'the largest weight of one name',
  unit: 'fraction',
  judges: 'name',
  cuts: 'Each name that is above the limit to the limit, those held as well.',
  source: null,
  limit: (_, { max }) => max,
  measure: (weights) => (weights.size === 0 ? null : Math.max(...weights.values())),
  cut: (weights, facts, { max }) => cutsBetween(weights, limitEach(weights, facts, () => 1, max), facts, () => ({ max })),
  obstacles: (weights, facts, { max }) => lockedNames(weights, facts, (_, weight) => weight > max),
  words: ({ max }) => `no name may be more than ${percent(max)} of equity`,
};
