import type { Config } from '../config/schema.js';
import { ConfigError } from '../core/errors.js';
import { resolveSymbols, type Market } from '../data/market.js';
import { createCostModel } from '../portfolio/costs.js';
import { createStrategy } from '../strategy/registry.js';
import type { SessionRules } from '../strategy/run-session.js';
import type { Strategy } from '../strategy/strategy.js';

/** What symbols mean on a session. */
export type SymbolContext = Pick<Market, 'asOf' | 'universe' | 'symbolHistory'>;

/**
 * The configured strategy, or one given in its place, with the configured risk rules and costs, as a session is run by. Restricted names may be written as they are listed on the session.
 * @throws ConfigError when a restricted name was never a member of the universe
 */
export function sessionRules({ strategy, portfolio }: Pick<Config, 'strategy' | 'portfolio'>, { asOf, universe, symbolHistory }: SymbolContext, given?: Strategy): SessionRules {
  const { restrictedList } = portfolio.rules;
  const symbols = restrictedList.symbols.flatMap((symbol) => restricted(symbol, { asOf, universe, symbolHistory }));
  return { strategy: given ?? createStrategy(strategy), risk: { ...portfolio.rules, restrictedList: { ...restrictedList, symbols } }, step: { costs: createCostModel(portfolio.costs), brackets: portfolio.brackets, fills: portfolio.fills }, delisting: portfolio.delisting };
}

function restricted(symbol: string, { asOf, universe, symbolHistory }: SymbolContext): string[] {
  try {
    return resolveSymbols([symbol], universe, symbolHistory, asOf);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    // the same in the words of the setting
    throw new ConfigError(`expected symbols that were at some time members of "${universe.name}" in portfolio.rules.restrictedList.symbols, found "${symbol}"`, { code: 'UNKNOWN_SYMBOL', fields: { symbol } });
  }
}
