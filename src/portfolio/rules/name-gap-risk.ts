import type { RiskConfig } from './config.js';
import { bySymbol } from './cut-order.js';
import { known, told } from './known-facts.js';
import { cutsBetween, limitEach, lockedNames, type Load } from './load-limit.js';
import { percent } from './percent.js';
import type { RiskRule } from './rule.js';

type Settings = RiskConfig['nameGapRisk'];

const gapLoad = ({ unknown }: Settings): Load => ({ gapLoss }) => Math.max(0, known(gapLoss, unknown));

export const nameGapRisk: RiskRule<Settings, { readonly gapLoss: number | string; readonly max: number }> = {
  name: 'name-gap-risk',
  describe: 'Limits what one name may lose overnight, when no stop can act.',
  limits: 'the largest weight × loss in a bad night of one name',
  unit: 'fraction',
  judges: 'name',
  cuts: 'Each name that is above the limit to the limit, those held as well.',
  source: 'expected shortfall at 5 % of overnight returns: Acerbi and Tasche (2002)',
  limit: (_, { max }) => max,
  measure: (weights, facts, settings) => (weights.size === 0 ? null : Math.max(...bySymbol(weights, facts).map(({ name, weight }) => weight * gapLoad(settings)(name)))),
  cut: (weights, facts, settings) => cutsBetween(weights, limitEach(weights, facts, gapLoad(settings), settings.max), facts, ({ gapLoss }) => ({ gapLoss: told(gapLoss), max: settings.max })),
  obstacles: (weights, facts, settings) => lockedNames(weights, facts, (name, weight) => weight * gapLoad(settings)(name) > settings.max),
  words: ({ gapLoss, max }) => `its loss in a bad night ${typeof gapLoss === 'number' ? `is ${percent(gapLoss)}` : 'is not known'}, which may cost at most ${percent(max)} of equity`,
};
