import { NO_PLAN, positionOf, type Book, type Fill, type FillReason, type FillResult, type Unfilled } from './book.js';
import { fromCents } from './cents.js';
import type { CostModel } from './cost-model.js';
import type { Openings } from './fill-orders.js';
import { buyShares, sellShares, type Deal } from './trade.js';

export interface RebalanceMarket extends Openings {
  /** Last price before the open of what does not open, quote currency: it counts towards the value of the book but is not traded. */
  lastClose(symbol: string): number;
}

/**
 * Trades a book at the open to weights that were decided at the close before.
 *
 * Each name is to have ⌊weight · V / open⌋ shares, where V is the value of the book at the open before trading; a share short by rounding is
 * one. Sales come before buys, each in the order of the weights, names that have none last; a buy is cut to what the cash pays. Names that do
 * not open stay as they are. What is bought has no stop, target or end.
 *
 * @param weights symbol → fraction of V, ≥ 0; held names without one are sold
 */
export function rebalance(book: Book, weights: ReadonlyMap<string, number>, market: RebalanceMarket, costs: CostModel): FillResult {
  const value = valueAtOpen(book, market);
  const symbols = [...new Set([...weights.keys(), ...book.positions.map(({ symbol }) => symbol)])];
  const changes = symbols.map((symbol) => changeOf(book, { symbol, weight: weights.get(symbol) ?? 0, value }, market));
  const unfilled: Unfilled[] = changes.filter(({ isDue, open }) => isDue && !(open > 0)).map(({ symbol }) => ({ symbol, reason: `no opening price on ${market.session}` }));
  const trades = changes.filter(({ open }) => open > 0);
  const fills: Fill[] = [];
  let next = book;
  for (const change of [...trades.filter(({ shares }) => shares < 0), ...trades.filter(({ shares }) => shares > 0)]) {
    const traded = trade(next, change, market, costs);
    next = traded.book;
    if (traded.fill) fills.push(traded.fill);
    if (traded.shortfall !== null) unfilled.push({ symbol: change.symbol, reason: traded.shortfall });
  }
  return { book: next, fills, unfilled };
}

function valueAtOpen(book: Book, market: RebalanceMarket): number {
  return book.positions.reduce((sum, { symbol, shares }) => {
    const open = market.open(symbol);
    return sum + shares * (open > 0 ? open : market.lastClose(symbol));
  }, fromCents(book.cash));
}

interface Change {
  readonly symbol: string;
  readonly open: number;
  /** To buy, or below 0 to sell. */
  readonly shares: number;
  /** Something is or shall be held. */
  readonly isDue: boolean;
}

function changeOf(book: Book, { symbol, weight, value }: { readonly symbol: string; readonly weight: number; readonly value: number }, market: RebalanceMarket): Change {
  const held = positionOf(book, symbol)?.shares ?? 0;
  const open = market.open(symbol);
  return { symbol, open, shares: open > 0 ? Math.floor((weight * value) / open + 1e-9) - held : 0, isDue: weight > 0 || held > 0 };
}

function trade(book: Book, { symbol, open, shares }: Change, market: RebalanceMarket, costs: CostModel): ReturnType<typeof buyShares> {
  const reason: FillReason = 'rebalance';
  const deal: Deal = { symbol, shares: Math.abs(shares), reference: open, bound: null, session: market.session, reason, liquidity: market.liquidity(symbol) };
  return shares < 0 ? { ...sellShares(book, deal, costs), shortfall: null } : buyShares(book, deal, NO_PLAN, costs);
}
