import type { Config } from '../config/schema.js';
import { createCostModel } from '../portfolio/costs.js';
import { createStrategy } from '../strategy/registry.js';
import type { SessionRules } from '../strategy/run-session.js';

/** The configured strategy, risk rules and costs, as every session is run by. */
export function sessionRules({ strategy, portfolio }: Pick<Config, 'strategy' | 'portfolio'>): SessionRules {
  return { strategy: createStrategy(strategy), risk: portfolio.rules, step: { costs: createCostModel(portfolio.costs), brackets: portfolio.brackets } };
}
