import { InvariantError } from '../../core/errors.js';
import type { ClosedTrade } from '../../evaluation/performance/trade-statistics.js';
import { EXIT_REASONS } from './exit-reason.js';
import type { SignalsRun } from './run-signals.js';
import type { SignalTrade } from './trade-columns.js';

/**
 * Simple returns of one instrument's account, [session], the first on the initial cash; −1 where everything was lost and 0 after it, so that
 * they can be compounded and judged like any others.
 *
 * @throws InvariantError when the run has no such column
 */
export function signalReturns({ equity, columns, sessions, initialCash }: SignalsRun, column = 0): Float64Array {
  if (!(Number.isInteger(column) && column >= 0 && column < columns)) throw new InvariantError(`expected a column from 0 to ${columns - 1}, found ${column}`);
  const returns = new Float64Array(sessions);
  returnsOf(equity.subarray(column * sessions, (column + 1) * sessions), initialCash, returns);
  return returns;
}

/** Writes the simple returns of an equity curve, [session]. */
export function returnsOf(equity: Float64Array, initialCash: number, into: Float64Array): void {
  if (equity.length === 0) return;
  into[0] = simpleReturn(initialCash, equity[0]);
  for (let t = 1; t < equity.length; t++) into[t] = simpleReturn(equity[t - 1], equity[t]);
}

function simpleReturn(before: number, now: number): number {
  if (!(before > 0)) return 0;
  return now > 0 ? now / before - 1 : -1;
}

/** Trade number `row` of a run as one record. */
export function signalTrade({ trades }: SignalsRun, row: number): SignalTrade {
  if (!(Number.isInteger(row) && row >= 0 && row < trades.count)) throw new InvariantError(`expected a trade from 0 to ${trades.count - 1}, found ${row}`);
  return {
    column: trades.column[row], entry: trades.entry[row], exit: trades.exit[row],
    entryPrice: trades.entryPrice[row], exitPrice: trades.exitPrice[row], shares: trades.shares[row],
    profit: trades.profit[row], return: trades.return[row], costs: trades.costs[row], reason: EXIT_REASONS[trades.reason[row]],
  };
}

/** The trades of a run as `tradeStatistics` takes them, in the order of their exits, of one session by instrument. */
export function closedTrades(run: SignalsRun): ClosedTrade[] {
  const trades = Array.from({ length: run.trades.count }, (_, row) => signalTrade(run, row));
  return trades.sort((a, b) => a.exit - b.exit || a.column - b.column).map(({ return: gain, profit, entry, exit }) => ({ return: gain, profit, sessions: exit - entry }));
}
