import { fromEpochDay, toEpochDay, type IsoDate } from '../core/dates.js';
import { InvariantError } from '../core/errors.js';
import { SESSIONS_PER_YEAR } from '../core/sessions-per-year.js';
import { capacity, type Capacity, type SizedFill } from '../evaluation/performance/capacity.js';
import { factorRegression } from '../evaluation/performance/factor-regression.js';
import { performanceSummary } from '../evaluation/performance/performance-summary.js';
import { tradeStatistics } from '../evaluation/performance/trade-statistics.js';
import { mean } from '../math/stats.js';
import { fromCents } from '../portfolio/cents.js';
import type { Fill } from '../portfolio/book.js';
import type { BacktestFigures } from './backtest-figures.js';
import type { BacktestRun } from './backtest-run.js';

export interface FiguresOptions {
  /** Simple returns of what else could have been held, beside those of the run, fractions; `null`: nothing. [session − 1] */
  readonly benchmark: ArrayLike<number> | null;
  /** Returns of factors by name, already in excess where they need be. [session − 1] */
  readonly factors?: Readonly<Record<string, ArrayLike<number>>> | undefined;
  /** Return without risk, fraction a session, one or one a session; 0 unless given. [session − 1] */
  readonly riskFree?: number | ArrayLike<number> | undefined;
  /** What an instrument trades in a session, quote currency, as known at the close before it; NaN where it is not known. */
  readonly tradedValue?: ((symbol: string, session: IsoDate) => number) | undefined;
  /** Largest share of what is traded that the capacity allows a fill, fraction; 0.02 unless given. */
  readonly participation?: number;
  /** 252 unless given. */
  readonly sessionsPerYear?: number;
}

/**
 * Figures of a run, `null` where one is not defined.
 *
 * Means by session leave out the first, on whose close the first decision was made and all was still cash.
 *
 * @throws InvariantError `NO_SESSIONS` of a run without any, `BAD_RETURNS` where series do not stand beside the run's returns or equity fell below 0
 */
export function figuresOfRun(run: BacktestRun, options: FiguresOptions): BacktestFigures {
  const { sessions, equity, returns } = run;
  if (sessions.length === 0) throw new InvariantError('expected a run of at least one session, found none in figuresOfRun', { code: 'NO_SESSIONS' });
  const { benchmark, factors, riskFree = 0, sessionsPerYear = SESSIONS_PER_YEAR } = options;
  const annual = { sessionsPerYear, riskFree };
  return {
    first: fromEpochDay(sessions[0]),
    last: fromEpochDay(sessions[sessions.length - 1]),
    sessions: returns.length,
    initialEquity: equity[0],
    finalEquity: equity[equity.length - 1],
    performance: performanceSummary(returns, { ...annual, benchmark: benchmark ?? undefined, sessions: sessions.subarray(1) }),
    trades: run.book === 'research' ? null : tradeStatistics(run.trades.map((trade) => ({ return: trade.return, profit: trade.proceeds - trade.cost, sessions: trade.sessions }))),
    exposure: { meanGross: meanAfterFirst(run.gross), meanNet: meanAfterFirst(run.net), meanNames: meanAfterFirst(run.names), timeInMarket: meanAfterFirst(run.names.map((count) => (count > 0 ? 1 : 0))) },
    turnover: perYear(run.turnover, sessionsPerYear),
    costs: { total: run.costs.reduce((sum, cost) => sum + cost, 0), annual: perYear(run.costs.map((cost, t) => (t === 0 ? 0 : cost / equity[t - 1])), sessionsPerYear).annual },
    capacity: capacityOf(run, options),
    factors: factors === undefined ? null : factorRegression(returns, factors, annual),
    fills: run.fills.length,
    unfilled: run.unfilled.length,
    delisted: run.events.filter(({ kind }) => kind === 'delisted').length,
  };
}

function perYear(series: Float64Array, sessionsPerYear: number): { readonly mean: number | null; readonly annual: number | null } {
  const perSession = meanAfterFirst(series);
  return { mean: perSession, annual: perSession === null ? null : perSession * sessionsPerYear };
}

/** `null` of a single session, or where equity was nothing. */
function meanAfterFirst(series: Float64Array): number | null {
  const found = mean(series.subarray(1));
  return Number.isFinite(found) ? found : null;
}

function capacityOf(run: BacktestRun, { tradedValue, participation }: FiguresOptions): Capacity | null {
  if (tradedValue === undefined) return null;
  const before = new Map(Array.from(run.sessions, (day, t) => [day, run.equity[Math.max(0, t - 1)]]));
  const sized = run.fills.filter(isTrade).map(({ symbol, session, gross }): SizedFill => ({ value: fromCents(gross), equity: before.get(toEpochDay(session)) ?? Number.NaN, tradedValue: tradedValue(symbol, session) }));
  return capacity(sized.filter(({ value }) => value > 0), participation === undefined ? {} : { participation });
}

/** What a delisting or a split pays is nobody's trade. */
const isTrade = ({ reason }: Fill): boolean => reason !== 'delisted' && reason !== 'split-cash';
