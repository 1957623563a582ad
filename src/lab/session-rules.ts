import type { Config } from '../config/schema.js';
import { resolveSymbols, type Market } from '../data/market.js';
import { createCostModel } from '../portfolio/costs.js';
import { createStrategy } from '../strategy/registry.js';
import type { SessionRules } from '../strategy/run-session.js';

/** What symbols mean on a session. */
export type SymbolContext = Pick<Market, 'asOf' | 'universe' | 'symbolHistory'>;

/**
 * The configured strategy, risk rules and costs, as a session is run by. Restricted names may be written as they are listed on the session.
 * @throws ConfigError when a restricted name was never a member of the universe
 */
export function sessionRules({ strategy, portfolio }: Pick<Config, 'strategy' | 'portfolio'>, { asOf, universe, symbolHistory }: SymbolContext): SessionRules {
  const { restrictedList } = portfolio.rules;
  const symbols = resolveSymbols(restrictedList.symbols, universe, symbolHistory, asOf);
  return { strategy: createStrategy(strategy), risk: { ...portfolio.rules, restrictedList: { ...restrictedList, symbols } }, step: { costs: createCostModel(portfolio.costs), brackets: portfolio.brackets } };
}
