import type { RiskConfig } from './config.js';
import { cutsBetween, limitLoad, lockedNames, totalLoad } from './load-limit.js';
import { percent } from './percent.js';
import type { RiskFacts, RiskRule } from './rule.js';

type Settings = RiskConfig['drawdownBrake'];

/** Falls in a straight line from `gross` at `from` to `gross × least` at `to`. */
function grossAllowed({ drawdown }: RiskFacts, { gross, from, to, least }: Settings): number {
  const braked = Math.min(1, Math.max(0, (drawdown - from) / (to - from)));
  return gross * (1 - braked * (1 - least));
}

export const drawdownBrake: RiskRule<Settings, { readonly drawdown: number; readonly limit: number }> = {
  name: 'drawdown-brake',
  describe: 'Holds less the further equity is below its highest.',
  limits: 'the sum of weights, by the drawdown',
  unit: 'fraction',
  judges: 'book',
  cuts: 'Purchases first, then what is held, each time the least important first, until the rest fits.',
  source: 'after Grossman and Zhou (1993)',
  limit: grossAllowed,
  measure: (weights, facts) => totalLoad(weights, facts, () => 1),
  cut(weights, facts, settings) {
    const limit = grossAllowed(facts, settings);
    return cutsBetween(weights, limitLoad(weights, facts, () => 1, limit), facts, () => ({ drawdown: facts.drawdown, limit }));
  },
  obstacles: (weights, facts) => lockedNames(weights, facts),
  words: ({ drawdown, limit }) => `equity is ${percent(drawdown)} below its highest, so that weights may sum to ${percent(limit)}`,
};
