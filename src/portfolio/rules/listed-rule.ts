import type { RiskConfig, RiskKey } from './config.js';
import type { Cut, CutValues, Obstacles, RiskFacts, RiskRule, RuleWords, Weights } from './rule.js';

/** A rule that finds its own settings among those of all. */
export interface ListedRule extends RuleWords {
  readonly key: RiskKey;
  limit(facts: RiskFacts, settings: RiskConfig): number;
  measure(weights: Weights, facts: RiskFacts, settings: RiskConfig): number | null;
  cut(weights: Weights, facts: RiskFacts, settings: RiskConfig): readonly Cut[];
  obstacles(weights: Weights, facts: RiskFacts, settings: RiskConfig): Obstacles;
  /** @param values of a cut by this rule */
  words(values: CutValues): string;
}

const NO_OBSTACLES: Obstacles = { symbols: [], why: 'in the way' };

/** Binds a rule to its settings. */
export function listed<Key extends RiskKey, Values extends CutValues>(key: Key, rule: RiskRule<RiskConfig[Key], Values>): ListedRule {
  const { name, describe, limits, unit, judges, cuts, source } = rule;
  return {
    ...{ name, describe, limits, unit, judges, cuts, source, key },
    limit: (facts, settings) => rule.limit(facts, settings[key]),
    measure: (weights, facts, settings) => rule.measure(weights, facts, settings[key]),
    cut: (weights, facts, settings) => rule.cut(weights, facts, settings[key]),
    obstacles: (weights, facts, settings) => rule.obstacles?.(weights, facts, settings[key]) ?? NO_OBSTACLES,
    words: (values) => rule.words(values as Values),
  };
}
