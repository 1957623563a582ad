import type { RiskConfig } from './config.js';
import { banPurchases, countPurchases } from './purchase-bans.js';
import type { RiskRule } from './rule.js';

/** The smallest rule: the one to copy for a new one. */
export const restrictedList: RiskRule<RiskConfig['restrictedList'], { readonly symbol: string }> = {
  name: 'restricted-list',
  describe: 'Keeps out names that may not be traded.',
  limits: 'restricted names that are bought',
  unit: 'names',
  judges: 'name',
  cuts: 'The whole purchase of each; what is held stays, as a restricted name may not be sold by a rule either.',
  source: null,
  limit: () => 0,
  measure: (weights, facts, { symbols }) => countPurchases(weights, facts, ({ symbol }) => symbols.includes(symbol)),
  cut: (weights, facts, { symbols }) => banPurchases(weights, facts, ({ symbol }) => (symbols.includes(symbol) ? { symbol } : null)),
  words: ({ symbol }) => `${symbol} is on the restricted list`,
};
