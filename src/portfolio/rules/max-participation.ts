import type { RiskConfig } from './config.js';
import { purchases, TOLERANCE } from './cut-order.js';
import { known, told } from './known-facts.js';
import { millions, percent } from './percent.js';
import type { RiskFacts, RiskName, RiskRule, Weights } from './rule.js';

type Settings = RiskConfig['maxParticipation'];

/** Purchases that are too large, with the largest weight that each may have. */
function tooLarge(weights: Weights, facts: RiskFacts, { max, unknown }: Settings): { readonly name: RiskName; readonly weight: number }[] {
  const sized = purchases(weights, facts).map(({ name, floor }) => ({ name, weight: floor + (max * known(name.dollarVolume, unknown)) / facts.equity }));
  return sized.filter(({ name, weight }) => weights.get(name.symbol)! - weight > TOLERANCE);
}

export const maxParticipation: RiskRule<Settings, { readonly dollarVolume: number | string; readonly max: number }> = {
  name: 'max-participation',
  describe: 'Keeps purchases small against what the market trades, so that they do not move the price.',
  limits: 'purchases larger than their share of what is traded',
  unit: 'names',
  judges: 'name',
  cuts: 'Each purchase to its share; what is held stays.',
  source: null,
  limit: () => 0,
  measure: (weights, facts, settings) => tooLarge(weights, facts, settings).length,
  cut: (weights, facts, settings) => tooLarge(weights, facts, settings).map(({ name, weight }) => ({ symbol: name.symbol, weight, values: { dollarVolume: told(name.dollarVolume), max: settings.max } })),
  words: ({ dollarVolume, max }) => `at most ${percent(max)} of the traded value a session, which is ${typeof dollarVolume === 'number' ? millions(dollarVolume) : 'not known'}`,
};
