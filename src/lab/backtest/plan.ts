import type { SettingsOverlay } from '../../config/overlay.js';
import { ConfigError } from '../../core/errors.js';
import type { StrategyConfig } from '../../strategy/config.js';
import type { Strategy } from '../../strategy/strategy.js';
import type { Panel } from '../../table/panel.js';
import type { Scores } from '../research/scores.js';

type StrategySettings = NonNullable<SettingsOverlay['strategy']>;

/**
 * A strategy and what its forecasts come from, as `lab.backtest` and `lab.recommend` take it: a registered one by its settings, or one of your
 * own. Without scores, forecasts come from the trained models of the project, each on the evenings on which it was usable.
 */
export type StrategyPlan =
  | { readonly name: StrategyConfig['name']; readonly settings: object; readonly scores: Scores | null }
  | { readonly own: Strategy; readonly scores: Scores | null };

/** A matrix of weights for the research book: what stands in it was decided at the close of its session. */
export interface TargetsPlan {
  /** As `lab.panel` gives them. */
  readonly bars: Panel;
  /** Column `weight` over the axes of the bars: see `runWeights`. */
  readonly weights: Panel;
  readonly name: string;
  /** One sentence. */
  readonly describe: string;
  /** All that was chosen to make the weights: what tells one trial from another. */
  readonly params: Readonly<Record<string, unknown>>;
  /** Of what made the weights; that of the lab when absent. */
  readonly seed?: number;
  /** Fraction a year of what is held short; without it nothing may be. */
  readonly borrowFee?: number;
}

/**
 * Weights of your own, held on the research book: fractional shares at total-return prices, rebalanced at the open after each decision.
 * @param bars of `lab.panel`
 * @param weights column `weight` over the same axes; a session on which all are NaN decides nothing
 */
export function targetWeights(bars: Panel, weights: Panel, { name = 'weights', describe = 'a matrix of weights', ...rest }: Partial<Omit<TargetsPlan, 'bars' | 'weights'>> = {}): TargetsPlan {
  return { bars, weights, name, describe, params: {}, ...rest };
}

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
  return 'own' in plan ? {} : { strategy: { name: plan.name, [plan.name]: plan.settings } };
}
