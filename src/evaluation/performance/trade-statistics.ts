import { InvariantError } from '../../core/errors.js';
import { mean, quantile } from '../../math/stats.js';
import { ratio } from './ratio.js';

/** A trade from nothing held to nothing held again. */
export interface ClosedTrade {
  /** Received over paid, less 1; fraction, costs included. */
  readonly return: number;
  /** Received less paid, quote currency, costs included: above 0 is a win, below 0 a loss. */
  readonly profit: number;
  /** Sessions from entry to exit. */
  readonly sessions: number;
}

/** What one kind of trade gave on average. */
export interface TradeMean {
  /** Fraction per trade, every trade of the same weight. */
  readonly return: number;
  /** Quote currency per trade. */
  readonly profit: number;
}

/** How long trades were held, sessions. */
export interface HoldingTimes {
  readonly mean: number;
  readonly median: number;
  readonly shortest: number;
  readonly longest: number;
}

/** Plain JSON, `null` where a figure is not defined. */
export interface TradeStatistics {
  readonly trades: number;
  readonly wins: number;
  readonly losses: number;
  /** Share of trades that won, fraction; those that gave exactly nothing count among the rest. */
  readonly hitRate: number | null;
  /** Sum of profits of wins over that of losses; `null` without losses. */
  readonly profitFactor: number | null;
  /** Mean of all trades (Tharp, 1998, calls its profit expectancy). */
  readonly expectancy: TradeMean | null;
  readonly averageWin: TradeMean | null;
  readonly averageLoss: TradeMean | null;
  /** Average profit of wins over the size of that of losses; `null` without wins or losses. */
  readonly payoffRatio: number | null;
  readonly holding: HoldingTimes | null;
  /** Most losses that followed each other, in the order given. */
  readonly longestLosingRun: number;
}

/**
 * Figures of closed trades; none weighs more for its size, but where profits are summed.
 *
 * @param trades  in the order of their exits
 * @throws InvariantError `BAD_TRADE` for a number that is missing, or a trade of no whole number of sessions
 */
export function tradeStatistics(trades: readonly ClosedTrade[]): TradeStatistics {
  trades.forEach(checkTrade);
  const wins = trades.filter(({ profit }) => profit > 0);
  const losses = trades.filter(({ profit }) => profit < 0);
  const [averageWin, averageLoss] = [meanTrade(wins), meanTrade(losses)];
  return {
    trades: trades.length,
    wins: wins.length,
    losses: losses.length,
    hitRate: ratio(wins.length, trades.length),
    profitFactor: ratio(sumProfits(wins), -sumProfits(losses)),
    expectancy: meanTrade(trades),
    averageWin,
    averageLoss,
    payoffRatio: ratio(averageWin?.profit ?? null, -(averageLoss?.profit ?? 0)),
    holding: holdingTimes(trades),
    longestLosingRun: longestLosingRun(trades),
  };
}

const sumProfits = (trades: readonly ClosedTrade[]): number => trades.reduce((sum, { profit }) => sum + profit, 0);

function meanTrade(trades: readonly ClosedTrade[]): TradeMean | null {
  return trades.length === 0 ? null : { return: mean(trades.map((trade) => trade.return)), profit: sumProfits(trades) / trades.length };
}

function holdingTimes(trades: readonly ClosedTrade[]): HoldingTimes | null {
  if (trades.length === 0) return null;
  const sorted = Float64Array.from(trades, ({ sessions }) => sessions).sort();
  return { mean: mean(sorted), median: quantile(sorted, 0.5), shortest: sorted[0], longest: sorted[sorted.length - 1] };
}

function longestLosingRun(trades: readonly ClosedTrade[]): number {
  let [run, longest] = [0, 0];
  for (const { profit } of trades) {
    run = profit < 0 ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}

function checkTrade(trade: ClosedTrade, position: number): void {
  const { return: gain, profit, sessions } = trade;
  if (Number.isFinite(gain) && Number.isFinite(profit) && Number.isInteger(sessions) && sessions >= 0) return;
  throw new InvariantError(`expected a finite return and profit and a whole number of sessions, found ${gain}, ${profit} and ${sessions} in trade ${position} of tradeStatistics`, { code: 'BAD_TRADE', fields: { position, return: gain, profit, sessions } });
}
