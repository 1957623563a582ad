import type { IsoDate } from '../core/dates.js';
import type { FactorRegression } from '../evaluation/performance/factor-regression.js';
import type { PerformanceSummary } from '../evaluation/performance/summary.js';
import type { TradeStatistics } from '../evaluation/performance/trade-statistics.js';

/** Figures of a backtest: plain JSON, `null` where a figure is not defined. */
export interface BacktestFigures {
  readonly first: IsoDate;
  readonly last: IsoDate;
  /** Returns, one fewer than sessions. */
  readonly sessions: number;
  /** Quote currency. */
  readonly initialEquity: number;
  readonly finalEquity: number;
  readonly performance: PerformanceSummary;
  /** `null` of a research book. */
  readonly trades: TradeStatistics | null;
  readonly exposure: { readonly meanGross: number | null; readonly meanNet: number | null; readonly meanNames: number | null; readonly timeInMarket: number | null };
  /** Bought and sold, as a fraction of equity: mean a session, and a year. */
  readonly turnover: { readonly mean: number | null; readonly annual: number | null };
  /** All costs (quote currency) and what they took a year, as a fraction of equity. */
  readonly costs: { readonly total: number; readonly annual: number | null };
  /**
   * Equity (quote currency) up to which every fill would have stayed within `participation` of what its instrument trades in a session, had all
   * been larger alike: the 95th percentile of fills decides; `fills`: those whose traded value is known; `null` where none is.
   */
  readonly capacity: { readonly equity: number; readonly participation: number; readonly fills: number } | null;
  readonly factors: FactorRegression | null;
  readonly fills: number;
  readonly unfilled: number;
  readonly delisted: number;
}
