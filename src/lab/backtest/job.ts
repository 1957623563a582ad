import type { BacktestRun } from '../../backtest/backtest-run.js';
import type { LoadedConfig } from '../../config/load.js';
import type { Store } from '../../data/store/store.js';
import type { ParamValue } from '../../tracking/tracker.js';
import type { ResearchReference } from '../research/research.js';
import type { StrategyPlan, TargetsPlan } from './plan.js';
import type { Surroundings } from './surroundings.js';

/** What jobs are made with. */
export interface JobParts {
  readonly config: LoadedConfig;
  readonly store: Store;
  readonly reference: ResearchReference;
}

/** One backtest as it is to be run: everything that its result rests on. */
export interface Job {
  readonly plan: StrategyPlan | TargetsPlan;
  /** As runs are listed. */
  readonly name: string;
  /** One sentence. */
  readonly describe: string;
  readonly config: LoadedConfig;
  /** All that was chosen, flat. */
  readonly params: Readonly<Record<string, ParamValue>>;
  readonly seed: number;
  /** Hashes of what it is computed from. */
  readonly origin: Readonly<Record<string, string>>;
  /** Whether `params`, `seed` and `origin` say all: what a user wrote may change while its name stays. */
  readonly isKnownByName: boolean;
  /** What a reader must know of this run alone. */
  readonly caveats: readonly string[];
  run(): Promise<BacktestRun>;
  /** @param benchmark `members`, or an instrument of the store */
  surroundings(benchmark: string): Promise<Surroundings>;
}
