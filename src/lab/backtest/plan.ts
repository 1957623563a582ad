import type { SettingsOverlay } from '../../config/overlay.js';
import { ConfigError } from '../../core/errors.js';
import type { StrategyConfig } from '../../strategy/config.js';
import type { Strategy } from '../../strategy/strategy.js';
import type { Scores } from '../research/scores.js';

type StrategySettings = NonNullable<SettingsOverlay['strategy']>;

/**
 * A strategy and what its forecasts come from, as `lab.backtest` and `lab.recommend` take it: a registered one by its settings, or one of your
 * own. Without scores, forecasts come from the trained models of the project, each on the evenings on which it was usable.
 */
export type StrategyPlan =
  | { readonly name: StrategyConfig['name']; readonly settings: object; readonly scores: Scores | null }
  | { readonly own: Strategy; readonly scores: Scores | null };

/**
 * The names of the highest priority: the scores first, then how sure they are, liquidity, calm and signals that agree.
 * @param scores of `lab.crossFit`; `null`: what the project's trained models say
 * @param settings those of `strategy.priority`; defaults elsewhere
 */
export function priority(scores: Scores | null, settings: NonNullable<StrategySettings['priority']> = {}): StrategyPlan {
  if (scores !== null && !('panel' in scores)) throw new ConfigError('expected scores of lab.crossFit, or null for the trained models of the project, as the first of priority(scores, settings)', { code: 'NO_SCORES' });
  return { name: 'priority', settings, scores };
}

/** The names of the highest 12-1 momentum. @param settings those of `strategy.momentum`; defaults elsewhere */
export function momentum(settings: NonNullable<StrategySettings['momentum']> = {}): StrategyPlan {
  return { name: 'momentum', settings, scores: null };
}

/** A strategy of your own: what its view says of forecasts comes from the scores, `null`: it asks for none. */
export function ownStrategy(strategy: Strategy, scores: Scores | null = null): StrategyPlan {
  return { own: strategy, scores };
}

/** The settings of a plan over the configuration's. */
export function settingsOf(plan: StrategyPlan): SettingsOverlay {
  return 'own' in plan ? {} : ({ strategy: { name: plan.name, [plan.name]: plan.settings } } as SettingsOverlay);
}
