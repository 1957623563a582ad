import type { SettingsOverlay } from '../../config/overlay.js';
import type { BacktestFigures } from '../../backtest/backtest-figures.js';
import type { Backtest } from '../backtest/backtest.js';
import type { BacktestOptions } from '../backtest/backtest-options.js';
import type { StrategyPlan } from '../backtest/plan.js';
import type { Lab } from '../open.js';
import type { Scores } from '../research/scores.js';

/** What came of one combination. */
export interface TrialResult {
  /** Of its record. */
  readonly id: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly figures: BacktestFigures;
}

export interface PointRequest {
  readonly values: Readonly<Record<string, unknown>>;
  readonly settings: SettingsOverlay;
  readonly scores: Scores | null;
}

/** Backtests one combination and records it. */
export function runPoint(lab: Lab, request: Omit<PointRequest, 'values'>, signal?: AbortSignal): Promise<Pick<Backtest, 'id' | 'figures'>> {
  return lab.tryOut(...backtestOf(lab, request, signal));
}

/** The same of the one that was chosen, judged after all that were recorded; its run is kept from before. */
export function judgePoint(lab: Lab, request: Omit<PointRequest, 'values'>, signal?: AbortSignal): Promise<Backtest> {
  return lab.backtest(...backtestOf(lab, request, signal));
}

function backtestOf(lab: Lab, { settings, scores }: Omit<PointRequest, 'values'>, signal: AbortSignal | undefined): [StrategyPlan, BacktestOptions] {
  const { strategy, experiment } = lab.config.config;
  const name = settings.strategy?.name ?? strategy.name;
  const plan: StrategyPlan = { name, settings: {}, scores };
  const { start, end, benchmark } = { ...experiment, ...settings.experiment };
  // what a strategy without scores decides on begins when it has its history
  return [plan, { settings, experiment: experiment.name, ...(scores !== null || start === undefined ? {} : { start }), ...(end === undefined ? {} : { end }), ...(benchmark === undefined ? {} : { benchmark }), ...(signal ? { signal } : {}) }];
}
