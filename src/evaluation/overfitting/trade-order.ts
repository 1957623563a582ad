import type { Rng } from '../../core/rng.js';
import { quantile } from '../../math/stats.js';
import { badTrials } from './trial-returns.js';

export interface TradeOrderOptions {
  readonly rng: Rng;
  /** Orders drawn, 2,000 unless given. */
  readonly replicates?: number;
  /** `shuffle`: the same trades in another order, so the end stays. `replace`: as many drawn with replacement, so it varies as well. */
  readonly method?: 'shuffle' | 'replace';
}

export interface TradeOrder {
  /** Largest drawdown in the order that happened, a fraction ≤ 0. */
  readonly maxDrawdown: number;
  /** Largest drawdowns of the orders drawn, ascending: the deepest first. */
  readonly drawdowns: Float64Array;
  /** Return over all trades of the orders drawn, ascending. */
  readonly totalReturns: Float64Array;
  /** Median of the drawdowns, and what one in twenty and one in a hundred orders falls below. */
  readonly quantiles: { readonly median: number; readonly worst5: number; readonly worst1: number };
  /** Share of orders drawn whose drawdown is at least as deep as the one that happened. */
  readonly shareAsDeep: number;
}

/**
 * Drawdowns that the same trades could have shown in another order: compounds each trade's return on the whole equity, [trade], fractions.
 *
 * Takes trades as exchangeable and one after the other; those that overlap or cluster in bad markets draw down deeper than this says.
 *
 * @returns `null` when there are no trades
 * @throws InvariantError `BAD_TRIALS` when a return is no finite number or below −1
 * Drawdown = equity / running peak − 1, the first peak being the equity before the first trade.
 */
export function tradeOrderDrawdowns(returns: ArrayLike<number>, { rng, replicates = 2000, method = 'shuffle' }: TradeOrderOptions): TradeOrder | null {
  if (returns.length === 0) return null;
  const order = Float64Array.from(returns);
  order.forEach((value, trade) => {
    if (!(value >= -1 && value < Infinity)) throw badTrials(`expected returns of trades of at least −1, found ${value} at trade ${trade}`, 'tradeOrderDrawdowns', { trade });
  });
  const { maxDrawdown } = compound(order);
  const [drawdowns, totalReturns] = [new Float64Array(replicates), new Float64Array(replicates)];
  const drawn = order.slice();
  for (let b = 0; b < replicates; b++) {
    if (method === 'shuffle') shuffleInPlace(drawn, rng);
    else for (let i = 0; i < drawn.length; i++) drawn[i] = order[rng.integer(0, order.length - 1)];
    const path = compound(drawn);
    drawdowns[b] = path.maxDrawdown;
    totalReturns[b] = path.totalReturn;
  }
  drawdowns.sort();
  totalReturns.sort();
  const shareAsDeep = drawdowns.filter((value) => value <= maxDrawdown + 1e-12).length / replicates;
  return { maxDrawdown, drawdowns, totalReturns, quantiles: { median: quantile(drawdowns, 0.5), worst5: quantile(drawdowns, 0.05), worst1: quantile(drawdowns, 0.01) }, shareAsDeep };
}

function compound(returns: Float64Array): { maxDrawdown: number; totalReturn: number } {
  let [equity, peak, deepest] = [1, 1, 0];
  for (const value of returns) {
    equity *= 1 + value;
    peak = Math.max(peak, equity);
    deepest = Math.min(deepest, equity / peak - 1);
  }
  return { maxDrawdown: deepest, totalReturn: equity - 1 };
}

function shuffleInPlace(values: Float64Array, rng: Rng): void {
  for (let last = values.length - 1; last > 0; last--) {
    const other = rng.integer(0, last);
    const value = values[last];
    values[last] = values[other];
    values[other] = value;
  }
}
