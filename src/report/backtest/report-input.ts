import type { BacktestFigures } from '../../backtest/backtest-figures.js';
import type { BacktestRun } from '../../backtest/backtest-run.js';
import type { IsoDate } from '../../core/dates.js';
import type { Luck } from '../../evaluation/luck/luck.js';
import type { ScoreEvaluation } from '../../evaluation/score-evaluation.js';

/** Returns of something to stand beside the run, on its sessions. */
export interface NamedReturns {
  readonly name: string;
  /** Simple returns, close to close, fractions, beside `run.returns`. [session − 1] */
  readonly returns: Float64Array;
}

/** Daily prices of an instrument as quoted, for the candles around a trade; each [session], sessions ascending, NaN is missing. Quote currency. */
export interface TradePrices {
  /** Epoch days. */
  readonly sessions: Int32Array;
  readonly open: ArrayLike<number>;
  readonly high: ArrayLike<number>;
  readonly low: ArrayLike<number>;
  readonly close: ArrayLike<number>;
  /** New shares per old from the open of the session on: candles before it are restated, so that no gap is drawn that nobody lost. */
  readonly splits: readonly { readonly session: IsoDate; readonly ratio: number }[];
}

/** Levels of a trade as they were when it was entered, quote currency of that session; `null`: no such level. */
export interface TradeLevels {
  readonly stop: number | null;
  readonly target: number | null;
}

/** All that the report of a backtest tells. */
export interface BacktestReportInput {
  readonly title: string;
  /** What the strategy does, one or two sentences. */
  readonly describe: string;
  readonly run: BacktestRun;
  readonly figures: BacktestFigures;
  readonly luck: Luck;
  /** What it is held against; `null`: nothing. */
  readonly benchmark: NamedReturns | null;
  /** Other series to draw beside it, e.g. equal weight. */
  readonly compared?: readonly NamedReturns[];
  /** Rate without risk, fraction a session, beside `run.returns`; `null` where it was taken to be 0. [session − 1] */
  readonly riskFree: Float64Array | null;
  readonly params: Readonly<Record<string, string | number | boolean | null>>;
  readonly seed: number;
  /** Under whose name trials are counted. */
  readonly experiment: string;
  /** What a reader must know before believing: whom the data covers, what is last known, what was left out. */
  readonly caveats: readonly string[];
  /** What a fill pays, one sentence. */
  readonly costsWords: string;
  /** Prices of a symbol; `null` where there are none, and its trades have no chart. */
  readonly prices: (symbol: string) => TradePrices | null;
  /** Levels of the trade entered at that session; `null` or absent where none are known. */
  readonly levels?: (symbol: string, entrySession: IsoDate) => TradeLevels | null;
  /** Symbol under which an instrument was listed at a session; the symbol itself where absent. */
  readonly listed?: (symbol: string, session: IsoDate) => string;
  /** Names of companies by symbol. */
  readonly companies?: ReadonlyMap<string, string>;
  /** What the scores that were traded on were worth; `null` where the strategy has none. */
  readonly scores: ScoreEvaluation | null;
  /** What made the page, e.g. `swinglab 0.1.0`. */
  readonly generatedBy: string;
}
