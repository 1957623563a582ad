import { SESSIONS_PER_YEAR } from '../../core/sessions-per-year.js';
import { mean } from '../../math/stats.js';
import { returnsOf } from '../signals/signal-results.js';
import type { TradeColumns } from '../signals/trade-columns.js';

/** Figures of every cell on every instrument, each [cell, symbol]; NaN where one is not defined. */
export interface GridFigures {
  /** Of the account, fraction. */
  readonly totalReturn: Float64Array;
  /** Mean over standard deviation of daily returns, annualized by 252 sessions, without unit. */
  readonly sharpeRatio: Float64Array;
  /** Deepest fall from a high, fraction, 0 or below. */
  readonly maxDrawdown: Float64Array;
  /** Trades, the one that the end closed among them. */
  readonly trades: Float64Array;
  /** Share of trades with a profit above 0, fraction. */
  readonly winRate: Float64Array;
}

export const FIGURES = ['totalReturn', 'sharpeRatio', 'maxDrawdown', 'trades', 'winRate'] as const satisfies readonly (keyof GridFigures)[];

/**
 * Writes the figures of one account at `at`: those that `evaluation` gives of its returns, in the least number of passes.
 * @param returns room, [session]
 */
export function writeFigures(figures: GridFigures, at: number, { equity, returns, trades }: { readonly equity: Float64Array; readonly returns: Float64Array; readonly trades: TradeColumns }): void {
  returnsOf(equity, 1, returns);
  figures.totalReturn[at] = equity.length === 0 ? Number.NaN : equity[equity.length - 1] - 1;
  figures.sharpeRatio[at] = sharpe(returns);
  figures.maxDrawdown[at] = deepestFall(equity);
  figures.trades[at] = trades.count;
  let wins = 0;
  for (let row = 0; row < trades.count; row++) if (trades.profit[row] > 0) wins++;
  figures.winRate[at] = trades.count === 0 ? Number.NaN : wins / trades.count;
}

/**
 * `sharpeRatio` of the returns, NaN where it is not defined. Written out by comparisons and products: calls of Math.min and powers cost ten times
 * as much, and this runs over every session of every cell.
 */
function sharpe(returns: Float64Array): number {
  const count = returns.length;
  if (count < 2) return Number.NaN;
  const centre = mean(returns);
  let squares = 0;
  let least = returns[0];
  let most = returns[0];
  for (let t = 0; t < count; t++) {
    const value = returns[t];
    squares += (value - centre) * (value - centre);
    if (value < least) least = value;
    if (value > most) most = value;
  }
  const size = -least > most ? -least : most;
  if (!(most - least > 8 * Number.EPSILON * size)) return Number.NaN;
  return (centre * Math.sqrt(SESSIONS_PER_YEAR)) / Math.sqrt(squares / (count - 1));
}

function deepestFall(equity: Float64Array): number {
  let high = 1;
  let deepest = 0;
  for (let t = 0; t < equity.length; t++) {
    const value = equity[t];
    if (value >= high) {
      high = value;
      continue;
    }
    const depth = value / high - 1;
    if (depth < deepest) deepest = depth;
  }
  return deepest;
}
