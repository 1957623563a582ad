import { fromCents, roundCents, toCents, type Cents } from './cents.js';

export type Side = 'buy' | 'sell';

/** How easily an instrument trades, as known at the close before the fill. */
export interface Liquidity {
  /** Median quote currency traded a session; NaN when unknown. */
  readonly dollarVolume: number;
  /** Standard deviation of daily returns (fraction); NaN when unknown. */
  readonly volatility: number;
}

export const UNKNOWN_LIQUIDITY: Liquidity = { dollarVolume: Number.NaN, volatility: Number.NaN };

export interface TradeSize extends Liquidity {
  readonly side: Side;
  /** ≥ 0. */
  readonly shares: number;
  /** Price before costs (quote currency, quoted): the open, limit, stop or target that the fill is made from. */
  readonly open: number;
}

/**
 * What trading costs.
 *
 * Both parts are ≥ 0 and never fall as the size grows, so that what a buy pays in all grows with its shares.
 */
export interface CostModel {
  readonly name: string;
  /** What a fill pays, one sentence. */
  readonly describe: string;
  /** Author, year; `null` where nothing is modelled. */
  readonly source: string | null;
  /** How far the price moves against us (fraction of `open`, in [0, 1)). */
  concession(trade: TradeSize): number;
  /** Commission of a fill by its shares and its value in cents, in cents before rounding; 0 for no shares. */
  commission(shares: number, gross: Cents): number;
}

export interface Quote {
  /** Quote currency, after the concession. */
  readonly price: number;
  /** Shares × price, rounded to cents once. */
  readonly gross: Cents;
  readonly commission: Cents;
}

/**
 * Price and cents of a fill.
 *
 * @param bound a price that the fill is never worse than, as a limit order's; `null`: whatever the costs make of it
 */
export function quote(model: CostModel, trade: TradeSize, bound: number | null): Quote {
  const concession = model.concession(trade);
  const open = trade.open * (trade.side === 'buy' ? 1 + concession : 1 - concession);
  const price = bound === null ? open : trade.side === 'buy' ? Math.min(open, bound) : Math.max(open, bound);
  const gross = toCents(trade.shares * price, 'the value of a fill');
  const commission = roundCents(model.commission(trade.shares, gross), 'the commission of a fill');
  // a sale never brings less than nothing: a least commission takes all of a tiny one
  return { price, gross, commission: trade.side === 'sell' && commission > gross ? gross : commission };
}

/** Cents between a fill and the same shares at its reference price, ≥ 0. */
export function concessionOf(gross: Cents, shares: number, reference: number): Cents {
  return toCents(Math.abs(fromCents(gross) - fromCents(toCents(shares * reference))));
}
