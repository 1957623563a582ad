import type { RiskFacts, RiskName, Weights } from '../portfolio/rules/rule.js';

/** What each rule judges a name by; rules that are not here need nothing that can be unknown. */
const FACT_OF: Readonly<Record<string, (name: RiskName) => unknown>> = {
  'min-dollar-volume': ({ dollarVolume }) => dollarVolume,
  'max-participation': ({ dollarVolume }) => dollarVolume,
  'earnings-blackout': ({ sessionsToEarnings }) => sessionsToEarnings,
  'name-gap-risk': ({ gapLoss }) => gapLoss,
  'gap-risk': ({ gapLoss }) => gapLoss,
  'sector-cap': ({ sector }) => sector,
  'beta-limit': ({ beta }) => beta,
  'volatility-target': ({ volatility }) => volatility,
};

/** How many names with a weight lack what a rule judges by, by rule. */
export function unknownFacts(weights: Weights, { names }: RiskFacts): Record<string, number> {
  const held = [...weights].flatMap(([symbol, weight]) => (weight > 0 ? [names.get(symbol)!] : []));
  return Object.fromEntries(Object.entries(FACT_OF).map(([rule, factOf]) => [rule, held.filter((name) => isUnknown(factOf(name))).length]));
}

const isUnknown = (fact: unknown): boolean => fact === null || Number.isNaN(fact);
