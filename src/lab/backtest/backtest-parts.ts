import type { BacktestFigures } from '../../backtest/backtest-figures.js';
import type { BacktestRun } from '../../backtest/backtest-run.js';
import type { Luck } from '../../evaluation/luck/luck.js';
import type { ScoreEvaluation } from '../../evaluation/score-evaluation.js';
import type { CostsConfig } from '../../portfolio/config.js';
import type { NamedReturns } from '../../report/backtest/report-input.js';
import type { ParamValue } from '../../tracking/tracker.js';
import type { StrategyPlan, TargetsPlan } from './plan.js';
import type { Surroundings } from './surroundings.js';

/** All that is known of a backtest. */
export interface BacktestParts {
  readonly id: string;
  readonly name: string;
  readonly plan: StrategyPlan | TargetsPlan;
  readonly describe: string;
  readonly run: BacktestRun;
  readonly figures: BacktestFigures;
  readonly luck: Luck;
  readonly benchmark: NamedReturns | null;
  readonly params: Readonly<Record<string, ParamValue>>;
  readonly seed: number;
  readonly experiment: string;
  readonly costs: CostsConfig;
  readonly caveats: readonly string[];
  readonly around: Surroundings;
  /** What the scores that were traded on were worth; `null` where there are none. */
  readonly scores: ScoreEvaluation | null;
}
