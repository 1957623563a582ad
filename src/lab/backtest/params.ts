import type { Config } from '../../config/schema.js';
import { riskConfig } from '../../portfolio/rules/config.js';
import type { Strategy } from '../../strategy/strategy.js';
import type { ParamValue } from '../../tracking/tracker.js';
import { flatParams } from '../research/flat-params.js';
import type { StrategyPlan } from './plan.js';
import type { Span } from './span.js';

/**
 * Everything that was chosen, flat: the strategy with its settings, costs, what differs from the default rules, the span, and what made the
 * scores. What the rest of the configuration was is in a hash beside it.
 */
export function paramsOf({ plan, config, strategy, span }: { readonly plan: StrategyPlan; readonly config: Config; readonly strategy: Strategy; readonly span: Span }): Record<string, ParamValue> {
  const { portfolio: { rules, costs, brackets, initialCash }, strategy: settings } = config;
  const defaults = flatParams(riskConfig.parse(undefined));
  const changed = Object.fromEntries(Object.entries(flatParams(rules)).filter(([name, value]) => defaults[name] !== value));
  const { liquidity, ...fixed } = costs;
  return {
    strategy: strategy.name,
    ...flatParams('own' in plan ? { describe: strategy.describe } : textLists(settings[plan.name])),
    ...flatParams({ brackets, cash: initialCash, costs: costs.model === 'liquidity' ? { ...fixed, liquidity } : fixed, rules: changed, first: span.from, last: span.to }),
    ...(plan.scores === null ? {} : flatParams({ scores: { ...plan.scores.params } })),
  };
}

/** Lists of objects as text: they have no columns of their own. */
const textLists = (settings: object): Record<string, unknown> => Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, Array.isArray(value) && value.some((one) => typeof one === 'object') ? JSON.stringify(value) : value]));
