import type { RiskConfig } from './config.js';
import { banPurchases, countPurchases } from './purchase-bans.js';
import type { RiskName, RiskRule } from './rule.js';

type Settings = RiskConfig['earningsBlackout'];

/** A report that is overdue may come any day; one that cannot be predicted bars nothing. */
const isDue = ({ sessionsToEarnings, horizon }: RiskName, { sessions }: Settings): boolean => sessionsToEarnings <= Math.min(sessions, horizon);

export const earningsBlackout: RiskRule<Settings, { readonly sessionsToEarnings: number; readonly sessions: number }> = {
  name: 'earnings-blackout',
  describe: 'Buys nothing right before an earnings report, whose gap no stop holds.',
  limits: 'names that are bought with a report expected',
  unit: 'names',
  judges: 'name',
  cuts: 'The whole purchase of each; what is held stays.',
  source: null,
  limit: () => 0,
  measure: (weights, facts, settings) => countPurchases(weights, facts, (name) => isDue(name, settings)),
  cut: (weights, facts, settings) => banPurchases(weights, facts, (name) => (isDue(name, settings) ? { sessionsToEarnings: name.sessionsToEarnings, sessions: settings.sessions } : null)),
  words: ({ sessionsToEarnings, sessions }) => `earnings report ${sessionsToEarnings > 0 ? `expected in ${sessionsToEarnings} ${sessionsToEarnings === 1 ? 'session' : 'sessions'}` : 'overdue'}, nothing is bought within ${sessions} of one`,
};
