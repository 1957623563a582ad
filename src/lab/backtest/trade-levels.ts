import type { BacktestRun } from '../../backtest/backtest-run.js';
import { fromEpochDay, type IsoDate } from '../../core/dates.js';
import type { TradeLevels } from '../../report/backtest/report-input.js';

/** What one share of a session had become by another. */
type SplitRatio = (symbol: string, after: IsoDate, until: IsoDate) => number;

/**
 * Stop and target of a trade by its name and its first session: as they were ordered the evening before, in shares of that session; `null` where
 * it was not ordered.
 */
export function tradeLevels({ sessions, orders }: Pick<BacktestRun, 'sessions' | 'orders'>, ratio: SplitRatio): (symbol: string, entrySession: IsoDate) => TradeLevels | null {
  const evenings = new Map(Array.from(sessions.subarray(1), (day, t) => [fromEpochDay(day), fromEpochDay(sessions[t])]));
  const entries = new Map(orders.flatMap((order) => (order.side === 'buy' ? [[`${order.symbol} ${order.session}`, order]] : [])));
  return (symbol, entrySession) => {
    const evening = evenings.get(entrySession);
    const entry = evening === undefined ? undefined : entries.get(`${symbol} ${evening}`);
    if (evening === undefined || entry === undefined) return null;
    const shares = ratio(symbol, evening, entrySession);
    return { stop: entry.stop === null ? null : entry.stop / shares, target: entry.target === null ? null : entry.target / shares };
  };
}
