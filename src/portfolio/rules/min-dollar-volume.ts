import type { RiskConfig } from './config.js';
import { known, told } from './known-facts.js';
import { millions } from './percent.js';
import { banPurchases, countPurchases } from './purchase-bans.js';
import type { RiskName, RiskRule } from './rule.js';

type Settings = RiskConfig['minDollarVolume'];

const isThin = ({ dollarVolume }: RiskName, { min, unknown }: Settings): boolean => known(dollarVolume, unknown) < min;

export const minDollarVolume: RiskRule<Settings, { readonly dollarVolume: number | string; readonly min: number }> = {
  name: 'min-dollar-volume',
  describe: 'Keeps out names that trade too little to be left when one wants to.',
  limits: 'names that are bought and trade less than the minimum',
  unit: 'names',
  judges: 'name',
  cuts: 'The whole purchase of each; what is held stays, as selling what trades little is what costs.',
  source: null,
  limit: () => 0,
  measure: (weights, facts, settings) => countPurchases(weights, facts, (name) => isThin(name, settings)),
  cut: (weights, facts, settings) => banPurchases(weights, facts, (name) => (isThin(name, settings) ? { dollarVolume: told(name.dollarVolume), min: settings.min } : null)),
  words: ({ dollarVolume, min }) => `traded value a session is ${typeof dollarVolume === 'number' ? millions(dollarVolume) : 'not known'}, at least ${millions(min)} asked for`,
};
