import type { IsoDate } from '../../core/dates.js';
import type { YearReturns } from './calendar-returns.js';
import type { Drawdown } from './drawdown.js';

/** How returns stand to those of a benchmark; `null` where a figure is not defined. */
export interface BenchmarkSummary {
  /** Intercept on the benchmark's excess returns, fraction per year (Jensen, 1968). */
  readonly alpha: number | null;
  /** Slope on the benchmark's excess returns, without unit (Sharpe, 1964). */
  readonly beta: number | null;
  /** Pearson's, −1 to 1. */
  readonly correlation: number | null;
  /** Standard deviation of active returns, fraction per year (Grinold and Kahn, 2000). */
  readonly trackingError: number | null;
  /** Mean over standard deviation of active returns, annualized, without unit (Goodwin, 1998). */
  readonly informationRatio: number | null;
  /** Geometric mean return over the benchmark's on sessions it rose, or fell, without unit (Bacon, 2008). */
  readonly upCapture: number | null;
  readonly downCapture: number | null;
  /** The benchmark's own geometric return, fraction per year. */
  readonly annualReturn: number | null;
}

/** A series of returns in figures: plain JSON, `null` where a figure is not defined. */
export interface PerformanceSummary {
  /** Returns counted. */
  readonly sessions: number;
  /** Sessions of the first and the last return; `null` where sessions were not given, or none. */
  readonly first: IsoDate | null;
  readonly last: IsoDate | null;
  /** Compound return of the whole series, fraction. */
  readonly totalReturn: number | null;
  /** Geometric mean return, fraction per year (Bacon, 2008). */
  readonly annualReturn: number | null;
  /** Standard deviation, divisor n − 1, fraction per year. */
  readonly annualVolatility: number | null;
  /** Mean over standard deviation of excess returns, annualized, without unit (Sharpe, 1994). */
  readonly sharpeRatio: number | null;
  /** Mean excess return over downside deviation, annualized, without unit (Sortino and Price, 1994). */
  readonly sortinoRatio: number | null;
  /** Downside deviation below the return without risk, fraction per year (Sortino and van der Meer, 1991). */
  readonly downsideRisk: number | null;
  /** Annual return over the size of the deepest drawdown, per year (Young, 1991). */
  readonly calmarRatio: number | null;
  /** Gains over shortfalls about the return without risk, without unit (Keating and Shadwick, 2002). */
  readonly omegaRatio: number | null;
  /** Size of the 95 % quantile of returns over that of the 5 % quantile, without unit. */
  readonly tailRatio: number | null;
  /** 5 % quantile of returns, fraction per session, negative is a loss (Jorion, 2006). */
  readonly valueAtRisk: number | null;
  /** Mean of returns in that tail, fraction per session, negative is a loss (Acerbi and Tasche, 2002). */
  readonly conditionalValueAtRisk: number | null;
  /** Third and fourth standardized population moment, without unit; the fourth of a normal distribution is 3. */
  readonly skewness: number | null;
  readonly kurtosis: number | null;
  /** Share of sessions with a return above 0, fraction. */
  readonly winRate: number | null;
  /** R² of cumulative log returns on time, 0 to 1. */
  readonly stability: number | null;
  /** Deepest fall from a high, fraction, 0 where there was none (Magdon-Ismail and Atiya, 2004). */
  readonly maxDrawdown: number | null;
  /** Deepest falls, the deepest first; position p of one is session p − 1, and 0 is before the first. */
  readonly worstDrawdowns: readonly Drawdown[];
  /** Compound returns by calendar month and year, fractions; `null` where sessions were not given. */
  readonly calendar: readonly YearReturns[] | null;
  /** `null` where none was given. */
  readonly benchmark: BenchmarkSummary | null;
}
