import type { IsoDate } from '../core/dates.js';
import type { Fill, OrderKind } from '../portfolio/book.js';
import type { Side } from '../portfolio/cost-model.js';
import type { RoundTrip } from '../portfolio/round-trips.js';
import type { BookEvent } from '../portfolio/session-market.js';

/** An order as it was decided at a close, to be filled in the next session or never. */
export interface DecidedOrder {
  readonly session: IsoDate;
  readonly symbol: string;
  readonly side: Side;
  readonly shares: number;
  readonly kind: OrderKind;
  /** Quote currency; `null`: at the open, whatever it is. */
  readonly limit: number | null;
  /** Levels of the position that a buy opens (quote currency); `null`: no such level. */
  readonly stop: number | null;
  readonly target: number | null;
}

/** A position at the last close. */
export interface HeldPosition {
  readonly symbol: string;
  readonly shares: number;
  readonly entrySession: IsoDate;
  /** Quote currency. */
  readonly entryPrice: number;
  readonly lastPrice: number;
}

/**
 * What a strategy did over a span of sessions, whichever book it was run on.
 *
 * The first session is that of the first decision, when all is still cash; the orders of the last one are never filled. Series are by session,
 * known at its close.
 */
export interface BacktestRun {
  /** `cash`: whole shares and cents; `research`: a matrix of weights, fractional shares, no list of orders, fills and trades. */
  readonly book: 'cash' | 'research';
  /** Epoch days, ascending. [session] */
  readonly sessions: Int32Array;
  /** Quote currency, after costs. [session] */
  readonly equity: Float64Array;
  /** Close to close, fractions. [session − 1] */
  readonly returns: Float64Array;
  /** Value held, long and short added up, as a fraction of equity. [session] */
  readonly gross: Float64Array;
  /** Long less short, as a fraction of equity. [session] */
  readonly net: Float64Array;
  /** Names held. [session] */
  readonly names: Float64Array;
  /** Bought and sold in the session, as a fraction of equity at the close before. [session] */
  readonly turnover: Float64Array;
  /** Commissions and price concessions of the session, quote currency. [session] */
  readonly costs: Float64Array;
  readonly orders: readonly DecidedOrder[];
  /** In the order in which they happened. */
  readonly fills: readonly Fill[];
  readonly unfilled: readonly { readonly session: IsoDate; readonly symbol: string; readonly reason: string }[];
  readonly events: readonly BookEvent[];
  /** Closed trades, in the order of their exits. */
  readonly trades: readonly RoundTrip[];
  readonly positions: readonly HeldPosition[];
}
