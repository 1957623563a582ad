import { isoDate, toEpochDay } from '../../src/core/dates.js';
import { type Book, type Order, type Position, type TradePlan } from '../../src/portfolio/book.js';
import { toCents } from '../../src/portfolio/cents.js';
import { UNKNOWN_LIQUIDITY, type CostModel } from '../../src/portfolio/cost-model.js';
import type { FixedCosts } from '../../src/portfolio/config.js';
import type { Openings } from '../../src/portfolio/fill-orders.js';
import { fixedBps } from '../../src/portfolio/fixed-bps.js';
import type { SessionAction, SessionBar, SessionMarket } from '../../src/portfolio/session-market.js';

export const DECIDED = isoDate('2018-01-02');
export const SESSION = isoDate('2018-01-03');
export const PLAN: TradePlan = { stop: 90, target: 120, horizon: 10, trailing: null };
export const FREE: CostModel = fixedBps({ commissionBps: 0, halfSpreadBps: 0, slippageBps: 0 });
const COSTS_BPS: FixedCosts = { commissionBps: 10, halfSpreadBps: 20, slippageBps: 30 };
/** Half a percent of price and a thousandth of commission. */
export const COSTS: CostModel = fixedBps(COSTS_BPS);

export const buy = (symbol: string, shares: number, changes: Partial<Order> = {}): Order => ({ symbol, side: 'buy', shares, decidedOn: DECIDED, plan: PLAN, ...changes });
export const sell = (symbol: string, shares: number, changes: Partial<Order> = {}): Order => ({ symbol, side: 'sell', shares, decidedOn: DECIDED, plan: null, ...changes });
/** Bought at 100 a share. */
export const held = (symbol: string, shares: number, changes: Partial<Position> = {}): Position => ({ symbol, shares, entrySession: DECIDED, entryPrice: 100, high: 100, cost: toCents(100 * shares), ...PLAN, ...changes });
export const bookOf = (cash: number, positions: Book['positions'], orders: readonly Order[] = []): Book => ({ session: DECIDED, cash: toCents(cash), positions, orders, highestEquity: 0, appliedActions: [], recentStops: [] });
export const opensOf = (prices: Record<string, number>): Openings => ({ session: SESSION, open: (symbol) => prices[symbol] ?? Number.NaN, liquidity: () => UNKNOWN_LIQUIDITY });

/** With an ex-date of the session unless told otherwise. */
export const splitOf = (symbol: string, value: number, exDay = toEpochDay(SESSION)): SessionAction => ({ symbol, exDay, kind: 'split', value });
export const dividendOf = (symbol: string, value: number, exDay = toEpochDay(SESSION)): SessionAction => ({ symbol, exDay, kind: 'dividend', value });

/** A bar by its four prices. */
export const bar = (open: number, high: number, low: number, close: number, suspect = false): SessionBar => ({ open, high, low, close, suspect });

export function marketOf(bars: Record<string, SessionBar>, changes: Partial<SessionMarket> = {}): SessionMarket {
  return { session: SESSION, bar: (symbol) => bars[symbol] ?? null, liquidity: () => UNKNOWN_LIQUIDITY, lastClose: () => 100, actions: [], delistings: [], ...changes };
}
