import { fromEpochDay, type EpochDay, type IsoDate } from '../../core/dates.js';
import { informationRatio, trackingError } from './active-return.js';
import type { AnnualOptions } from './annual-options.js';
import { annualReturn, totalReturn } from './annual-return.js';
import { annualVolatility } from './annual-volatility.js';
import { calendarReturns } from './calendar-returns.js';
import { calmarRatio } from './calmar-ratio.js';
import { downCapture, upCapture } from './capture-ratio.js';
import { checkReturns } from './checked-returns.js';
import { maxDrawdown, worstDrawdowns } from './drawdown.js';
import type { ExcessOptions } from './excess-returns.js';
import { marketLine } from './market-line.js';
import { omegaRatio } from './omega-ratio.js';
import { kurtosis, skewness } from './shape.js';
import { sharpeRatio } from './sharpe-ratio.js';
import { downsideRisk, sortinoRatio } from './sortino-ratio.js';
import { stability } from './stability.js';
import type { BenchmarkSummary, PerformanceSummary } from './summary.js';
import { conditionalValueAtRisk, tailRatio, valueAtRisk } from './value-at-risk.js';
import { winRate } from './win-rate.js';

export interface PerformanceSummaryOptions extends AnnualOptions, ExcessOptions {
  /** Simple returns of what else could have been held, on the same sessions, [session], fraction. */
  readonly benchmark?: ArrayLike<number> | undefined;
  /** Epoch days [session], strictly ascending, as a panel has them. */
  readonly sessions?: ArrayLike<EpochDay> | undefined;
  /** Drawdowns listed at most, 5 unless given. */
  readonly drawdowns?: number;
}

/**
 * Figures of a series of returns, and against a benchmark where one is given.
 *
 * All look back over the whole series: none is known before its last session's close.
 *
 * @param returns  simple returns [session], fraction, costs taken off as the caller sees fit
 * @throws InvariantError `BAD_RETURNS` where a return is missing, not finite or below −1, or lengths differ; `BAD_SESSIONS`
 */
export function performanceSummary(returns: ArrayLike<number>, options: PerformanceSummaryOptions = {}): PerformanceSummary {
  const { benchmark, sessions, drawdowns = 5 } = options;
  const values = checkReturns(returns, 'performanceSummary');
  const calendar = sessions === undefined ? null : calendarReturns(values, sessions);
  return {
    sessions: values.length,
    first: dateAt(sessions, 0),
    last: dateAt(sessions, values.length - 1),
    totalReturn: totalReturn(values),
    annualReturn: annualReturn(values, options),
    annualVolatility: annualVolatility(values, options),
    sharpeRatio: sharpeRatio(values, options),
    sortinoRatio: sortinoRatio(values, options),
    downsideRisk: downsideRisk(values, options),
    calmarRatio: calmarRatio(values, options),
    omegaRatio: omegaRatio(values, options),
    tailRatio: tailRatio(values),
    valueAtRisk: valueAtRisk(values),
    conditionalValueAtRisk: conditionalValueAtRisk(values),
    skewness: skewness(values),
    kurtosis: kurtosis(values),
    winRate: winRate(values),
    stability: stability(values),
    maxDrawdown: values.length === 0 ? null : (maxDrawdown(values)?.depth ?? 0),
    worstDrawdowns: worstDrawdowns(values, drawdowns),
    calendar,
    benchmark: benchmark === undefined ? null : againstBenchmark(values, benchmark, options),
  };
}

function againstBenchmark(returns: Float64Array, benchmark: ArrayLike<number>, options: PerformanceSummaryOptions): BenchmarkSummary {
  const line = marketLine(returns, benchmark, options);
  return {
    alpha: line?.alpha ?? null,
    beta: line?.beta ?? null,
    correlation: line?.correlation ?? null,
    trackingError: trackingError(returns, benchmark, options),
    informationRatio: informationRatio(returns, benchmark, options),
    upCapture: upCapture(returns, benchmark),
    downCapture: downCapture(returns, benchmark),
    annualReturn: annualReturn(benchmark, options),
  };
}

function dateAt(sessions: ArrayLike<EpochDay> | undefined, t: number): IsoDate | null {
  return sessions === undefined || t < 0 || sessions.length === 0 ? null : fromEpochDay(sessions[t]);
}
