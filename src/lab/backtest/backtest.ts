import type { BacktestFigures } from '../../backtest/backtest-figures.js';
import type { BacktestRun } from '../../backtest/backtest-run.js';
import type { Luck } from '../../evaluation/luck/luck.js';
import type { NamedReturns } from '../../report/backtest/report-input.js';
import type { ParamValue } from '../../tracking/tracker.js';
import type { BacktestParts } from './backtest-parts.js';
import { BacktestReport } from './backtest-report.js';
import type { StrategyPlan, TargetsPlan } from './plan.js';

/** What a strategy did over a span of sessions, what that was worth, and how much of it may be luck. */
export class Backtest {
  /** Of the recorded trial. */
  readonly id: string;
  readonly name: string;
  /** What was run: for `lab.recommend` and further backtests. */
  readonly strategy: StrategyPlan | TargetsPlan;
  readonly run: BacktestRun;
  /** Plain JSON. */
  readonly figures: BacktestFigures;
  /** After everything that was tried under the name of the experiment when this ran; plain JSON. */
  readonly luck: Luck;
  readonly benchmark: NamedReturns | null;
  readonly params: Readonly<Record<string, ParamValue>>;
  readonly seed: number;
  readonly experiment: string;
  readonly #parts: BacktestParts;

  constructor(parts: BacktestParts) {
    ({ id: this.id, name: this.name, plan: this.strategy, run: this.run, figures: this.figures, luck: this.luck, benchmark: this.benchmark, params: this.params, seed: this.seed, experiment: this.experiment } = parts);
    this.#parts = parts;
  }

  /** In words, tables and charts, and as a page. */
  report(): BacktestReport {
    return new BacktestReport(this.#parts);
  }
}
