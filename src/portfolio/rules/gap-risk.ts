import type { RiskConfig } from './config.js';
import { known, told } from './known-facts.js';
import { cutsBetween, limitLoad, lockedNames, totalLoad, type Load } from './load-limit.js';
import { percent } from './percent.js';
import type { RiskRule } from './rule.js';

type Settings = RiskConfig['gapRisk'];

const gapLoad = ({ unknown }: Settings): Load => ({ gapLoss }) => Math.max(0, known(gapLoss, unknown));

export const gapRisk: RiskRule<Settings, { readonly gapLoss: number | string; readonly total: number; readonly max: number }> = {
  name: 'gap-risk',
  describe: 'Limits what the book may lose overnight when everything falls at once.',
  limits: 'the sum of weight × loss in a bad night',
  unit: 'fraction',
  judges: 'book',
  cuts: 'Purchases first, then what is held, each time the least important first, until the rest fits.',
  source: 'expected shortfall at 5 % of overnight returns, added up: Acerbi and Tasche (2002)',
  limit: (_, { max }) => max,
  measure: (weights, facts, settings) => totalLoad(weights, facts, gapLoad(settings)),
  cut(weights, facts, settings) {
    const total = totalLoad(weights, facts, gapLoad(settings));
    const after = limitLoad(weights, facts, gapLoad(settings), settings.max);
    return cutsBetween(weights, after, facts, ({ gapLoss }) => ({ gapLoss: told(gapLoss), total, max: settings.max }));
  },
  obstacles: (weights, facts, settings) => lockedNames(weights, facts, (name) => gapLoad(settings)(name) > 0),
  words: ({ gapLoss, total, max }) => `a bad night of all names would cost ${percent(total)} of equity, at most ${percent(max)} is allowed, and its own loss ${typeof gapLoss === 'number' ? `is ${percent(gapLoss)}` : 'is not known'}`,
};
