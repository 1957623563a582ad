import { XNYS } from '../core/calendar.js';
import type { IsoDate } from '../core/dates.js';
import { fromCents, toCents } from '../portfolio/cents.js';
import type { CostsConfig } from '../portfolio/config.js';
import { commission } from '../portfolio/costs.js';

/** A sale by the paper book, with what it was taken from. */
export interface Sale {
  readonly symbol: string;
  /** Session of the fill. */
  readonly session: IsoDate;
  readonly shares: number;
  /** Received a share before commission, quote currency. */
  readonly price: number;
  /** Commission and price concession, quote currency; 0 where a position without a market was closed. */
  readonly costs: number;
  /** First session of the position. */
  readonly entrySession: IsoDate;
  /** Everything paid for what was held before it, quote currency; purchases at average cost, as the book counts them. */
  readonly heldCost: number;
  /** Shares left after it, in shares of its session; 0 closes the trade. */
  readonly left: number;
  /** Code of what it was sold for, e.g. `stop`. */
  readonly why: string;
}

/** Cash that a position earned while it was held. */
export interface Income {
  readonly symbol: string;
  /** The first session without the claim to it. */
  readonly exSession: IsoDate;
  /** Quote currency, for all shares held. */
  readonly amount: number;
}

/** A trade from nothing held to nothing held again. */
export interface RoundTrip {
  readonly symbol: string;
  /** Sessions of the first purchase and the last sale. */
  readonly entrySession: IsoDate;
  readonly exitSession: IsoDate;
  /** Sold in all, each in shares of its session. */
  readonly shares: number;
  /** Paid and received in all, commissions included, quote currency. */
  readonly cost: number;
  readonly proceeds: number;
  /** proceeds / cost − 1. */
  readonly return: number;
  /** Sessions from the open of the entry to the open of the exit. */
  readonly sessions: number;
  /** Return that was expected in the evening before the entry; `null` when none was. */
  readonly expected: number | null;
  /** What the last sale was made for. */
  readonly why: string;
}

export interface RoundTripOptions {
  readonly costs: CostsConfig;
  readonly income?: readonly Income[];
  /** Return that was expected of an instrument in an evening. */
  readonly expected?: (symbol: string, evening: IsoDate) => number | null;
}

/**
 * The closed trades of the paper book, by exit.
 *
 * Several purchases are one position at average cost, and a sale of a part takes that share of the cost with it: what such a
 * trade gave is known when its last share is sold, and is the same whichever shares are thought to go first.
 *
 * @param sales in the order of time; those of a position that is still held in part make no trade yet
 */
export function roundTrips(sales: readonly Sale[], options: RoundTripOptions): RoundTrip[] {
  const positions = new Map<string, Sale[]>();
  for (const sale of sales) {
    const key = `${sale.symbol} ${sale.entrySession}`;
    const parts = positions.get(key);
    if (parts) parts.push(sale);
    else positions.set(key, [sale]);
  }
  const closed = [...positions.values()].filter((parts) => parts[parts.length - 1].left === 0);
  return closed.map((parts) => toRoundTrip(parts, options)).sort(byExit);
}

function toRoundTrip(parts: readonly Sale[], { costs, income = [], expected }: RoundTripOptions): RoundTrip {
  const { symbol, entrySession, session: exitSession, why } = parts[parts.length - 1];
  const earned = income.filter((one) => one.symbol === symbol && one.exSession > entrySession && one.exSession <= exitSession);
  const cost = sum(parts.map(({ heldCost, shares, left }) => (heldCost * shares) / (shares + left)));
  const proceeds = sum([...parts.map((sale) => received(sale, costs)), ...earned.map(({ amount }) => amount)]);
  return {
    symbol,
    entrySession,
    exitSession,
    shares: sum(parts.map(({ shares }) => shares)),
    cost,
    proceeds,
    return: proceeds / cost - 1,
    sessions: XNYS.count(entrySession, exitSession),
    expected: expected?.(symbol, XNYS.previous(entrySession)) ?? null,
    why,
  };
}

/** Cash that a sale brought, to the cent as the book has it. */
function received({ shares, price, costs: charged }: Sale, costs: CostsConfig): number {
  const value = shares * price;
  const fee = charged === 0 ? 0 : toCents(commission(value, costs));
  return fromCents(toCents(value)) - fee / 100;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

function byExit(a: RoundTrip, b: RoundTrip): number {
  if (a.exitSession !== b.exitSession) return a.exitSession < b.exitSession ? -1 : 1;
  return a.symbol < b.symbol ? -1 : a.symbol > b.symbol ? 1 : 0;
}
