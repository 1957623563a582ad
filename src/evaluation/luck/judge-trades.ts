import type { Rng } from '../../core/rng.js';
import { randomEntryTest, type RandomEntryOptions, type TradeSpan } from '../overfitting/random-entry.js';
import { tradeOrderDrawdowns } from '../overfitting/trade-order.js';
import type { Luck, RandomEntryFigures } from './luck.js';

export interface JudgedTrades {
  readonly spans: readonly TradeSpan[];
  /** Prices at which trades fill, [symbol][session], adjusted; NaN where there is none. */
  readonly prices: readonly ArrayLike<number>[];
}

interface Draws {
  readonly rng: Rng;
  readonly replicates: number;
}

/** Against trades at random; `null` without a trade that has prices and lasts. */
export function judgeRandomEntry({ spans, prices }: JudgedTrades, { rng, replicates }: Draws): Luck['randomEntry'] {
  const trades = spans.filter(({ symbol, entry, exit }) => exit > entry && Number.isFinite((prices[symbol]?.[exit] ?? Number.NaN) / (prices[symbol]?.[entry] ?? Number.NaN)));
  if (trades.length === 0) return null;
  const longest = trades.reduce((most, { entry, exit }) => Math.max(most, exit - entry), 0);
  const test = (kind: RandomEntryOptions['null']): RandomEntryFigures | null => {
    const found = randomEntryTest(trades, { prices, null: kind, rng: rng.fork(kind), replicates });
    return found === null ? null : { mean: found.mean, expected: found.expected.mean, pValue: found.pValue };
  };
  return {
    trades: trades.length,
    leftOut: spans.length - trades.length,
    selection: prices.length < 2 ? null : test('selection'),
    // on a circle with one place there is nothing to move
    timing: prices[0].length - longest < 2 ? null : test('timing'),
  };
}

/** Drawdowns of the trades in other orders; `null` of fewer than two. */
export function judgeTradeOrder(returns: ArrayLike<number>, { rng, replicates }: Draws): Luck['tradeOrder'] {
  const found = returns.length < 2 ? null : tradeOrderDrawdowns(returns, { rng, replicates });
  return found === null ? null : { observed: found.maxDrawdown, median: found.quantiles.median, worst5: found.quantiles.worst5 };
}
