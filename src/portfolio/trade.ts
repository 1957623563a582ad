import type { IsoDate } from '../core/dates.js';
import { InvariantError } from '../core/errors.js';
import { positionOf, withPosition, type Book, type Fill, type FillReason, type Position, type TradePlan } from './book.js';
import { addCents, fromCents, negateCents, toCents, type Cents } from './cents.js';
import { concessionOf, quote, type CostModel, type Liquidity, type Quote, type Side } from './cost-model.js';

/** Shares that are to change hands at a price. */
export interface Deal {
  readonly symbol: string;
  readonly shares: number;
  /** Price before costs, quote currency, > 0. */
  readonly reference: number;
  /** The fill is never worse than this; `null`: whatever the costs make of it. */
  readonly bound: number | null;
  readonly session: IsoDate;
  readonly reason: FillReason;
  readonly liquidity: Liquidity;
}

/** A book after a deal. */
export interface Traded {
  readonly book: Book;
  readonly fill: Fill | null;
  /** Why it was not all of the deal. */
  readonly shortfall: string | null;
}

/**
 * Sells shares that are held; the rest of the position keeps its share of the cost.
 * @throws InvariantError when fewer are held
 */
export function sellShares(book: Book, deal: Deal, costs: CostModel): { readonly book: Book; readonly fill: Fill } {
  const position = positionOf(book, deal.symbol);
  if (!position || position.shares < deal.shares) throw new InvariantError(`expected at least ${deal.shares} shares of "${deal.symbol}" to sell, found ${position?.shares ?? 0}`);
  const quoted = quoteOf(costs, 'sell', deal, deal.shares);
  const rest = position.shares - deal.shares;
  const kept = toCents((fromCents(position.cost) * rest) / position.shares);
  const after = withPosition(book, deal.symbol, rest === 0 ? null : { ...position, shares: rest, cost: kept });
  return {
    book: { ...after, cash: addCents(book.cash, quoted.gross, negateCents(quoted.commission)) },
    fill: fillOf('sell', deal, { ...quoted, shares: deal.shares, basis: addCents(position.cost, negateCents(kept)) }),
  };
}

/** Buys as many of the shares as the cash pays, costs included; what is held already takes on the new plan, and what trails starts anew. */
export function buyShares(book: Book, deal: Deal, plan: TradePlan, costs: CostModel): Traded {
  const shares = affordable(book.cash, deal, costs);
  if (shares === 0) return { book, fill: null, shortfall: `${fromCents(book.cash).toFixed(2)} of cash does not pay one share at ${quoteOf(costs, 'buy', deal, 1).price.toFixed(2)}` };
  const quoted = quoteOf(costs, 'buy', deal, shares);
  const paid = addCents(quoted.gross, quoted.commission);
  const position = enlarged(positionOf(book, deal.symbol), { deal, shares, price: quoted.price, paid, plan });
  return {
    book: { ...withPosition(book, deal.symbol, position), cash: addCents(book.cash, negateCents(paid)) },
    fill: fillOf('buy', deal, { ...quoted, shares, basis: paid }),
    shortfall: shares < deal.shares ? `cash paid ${shares} of ${deal.shares} shares` : null,
  };
}

interface Purchase {
  readonly deal: Deal;
  readonly shares: number;
  readonly price: number;
  readonly paid: Cents;
  readonly plan: TradePlan;
}

function enlarged(old: Position | undefined, { deal, shares, price, paid, plan }: Purchase): Position {
  const held = old?.shares ?? 0;
  const total = held + shares;
  return {
    symbol: deal.symbol,
    shares: total,
    entrySession: old?.entrySession ?? deal.session,
    entryPrice: (held * (old?.entryPrice ?? 0) + shares * price) / total,
    cost: addCents(paid, old?.cost ?? toCents(0)),
    high: price,
    ...plan,
  };
}

/** Most shares, up to those wanted, that the cash pays to the cent: what a buy costs never falls with its size, so halving finds it. */
function affordable(cash: Cents, deal: Deal, costs: CostModel): number {
  const isPaid = (shares: number): boolean => {
    const { gross, commission } = quoteOf(costs, 'buy', deal, shares);
    return addCents(gross, commission) <= cash;
  };
  if (isPaid(deal.shares)) return deal.shares;
  let [low, high] = [0, deal.shares];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (isPaid(middle)) low = middle;
    else high = middle;
  }
  return low;
}

function quoteOf(costs: CostModel, side: Side, { reference, bound, liquidity }: Deal, shares: number): Quote {
  return quote(costs, { side, shares, open: reference, dollarVolume: liquidity.dollarVolume, volatility: liquidity.volatility }, bound);
}

function fillOf(side: Side, { symbol, reference, session, reason }: Deal, { shares, price, gross, commission, basis }: Quote & { readonly shares: number; readonly basis: Cents }): Fill {
  const concession = concessionOf(gross, shares, reference);
  return { symbol, side, shares, price, reference, session, reason, gross, commission, concession, costs: fromCents(addCents(commission, concession)), basis };
}
