import { XNYS } from '../core/calendar.js';
import type { IsoDate } from '../core/dates.js';
import type { Fill } from './book.js';
import type { BookEvent } from './session-market.js';
import { addCents, fromCents, negateCents, toCents, type Cents } from './cents.js';

/** A fill of the paper book, as far as a trade is counted by it. */
export type BookedFill = Pick<Fill, 'symbol' | 'side' | 'shares' | 'price' | 'session' | 'gross' | 'commission' | 'basis'> & {
  /** Code of what it was made for, e.g. `stop`. */
  readonly reason: string;
};

/** Cash that a position earned while it was held. */
export interface Income {
  readonly symbol: string;
  /** First session whose buyers have no claim to it. */
  readonly session: IsoDate;
  /** For all shares held. */
  readonly cents: Cents;
}

/** What a book's events brought in cash: its dividends, on the sessions on which they came. */
export function incomeOf(events: readonly BookEvent[]): Income[] {
  return events.flatMap((event) => (event.kind === 'dividend' ? [{ symbol: event.symbol, session: event.session, cents: event.cents }] : []));
}

/** A book that was put in place of the one before, after the fills of a session. */
export interface BookReplacement {
  readonly session: IsoDate;
  readonly positions: readonly { readonly symbol: string; readonly entrySession: IsoDate; readonly cost: Cents }[];
}

/** A trade from nothing held to nothing held again. */
export interface RoundTrip {
  readonly symbol: string;
  /** Sessions of the first purchase and the last sale. */
  readonly entrySession: IsoDate;
  readonly exitSession: IsoDate;
  /** Sold in all, each in shares of its session. */
  readonly shares: number;
  /** Paid and received in all, commissions and income included, quote currency. */
  readonly cost: number;
  readonly proceeds: number;
  /** proceeds / cost − 1. */
  readonly return: number;
  /** Sessions from the entry to the exit. */
  readonly sessions: number;
  /** Return that was expected in the evening before the entry; `null` when none was. */
  readonly expected: number | null;
  /** What the last sale was made for. */
  readonly why: string;
}

export interface RoundTripInput {
  /** In the order in which they happened. */
  readonly fills: readonly BookedFill[];
  readonly income?: readonly Income[];
  /** In the order of time; what they brought in is no trade of the book's own. */
  readonly replacements?: readonly BookReplacement[];
  /** Return that was expected of an instrument in an evening; `null`: none. */
  readonly expected?: (symbol: string, evening: IsoDate) => number | null;
}

/** A position from its first purchase on. */
interface Open {
  readonly entrySession: IsoDate;
  /** Of what is still held. */
  readonly cost: Cents;
  readonly sold: readonly BookedFill[];
  /** Bought by the book, not put into it. */
  readonly own: boolean;
}

/**
 * The closed trades of the paper book, in the order of their exits.
 *
 * Several purchases are one position at average cost, and a sale of a part takes its share of the cost along, as the book counts it;
 * what the whole trade gave is the same whichever shares are thought to go first. A trade is closed when none of its cost is left,
 * which holds whatever splits do to the shares.
 */
export function roundTrips({ fills, income = [], replacements = [], expected }: RoundTripInput): RoundTrip[] {
  const trades: RoundTrip[] = [];
  let open = new Map<string, Open>();
  let replaced = 0;
  for (const fill of fills) {
    for (; replaced < replacements.length && replacements[replaced].session < fill.session; replaced++) open = opened(replacements[replaced]);
    const next = afterFill(open.get(fill.symbol), fill);
    if (next !== null && next.cost !== 0) open.set(fill.symbol, next);
    else open.delete(fill.symbol);
    if (next?.cost === 0 && next.own) trades.push(toRoundTrip(next, income, expected));
  }
  return trades;
}

const opened = ({ positions }: BookReplacement): Map<string, Open> => new Map(positions.map(({ symbol, entrySession, cost }) => [symbol, { entrySession, cost, sold: [], own: false }]));

/** `null` for a sale of what the book is not known to hold. */
function afterFill(before: Open | undefined, fill: BookedFill): Open | null {
  if (fill.side === 'buy') return before ? { ...before, cost: addCents(before.cost, fill.basis) } : { entrySession: fill.session, cost: fill.basis, sold: [], own: true };
  if (!before || before.cost < fill.basis) return null;
  return { ...before, cost: addCents(before.cost, negateCents(fill.basis)), sold: [...before.sold, fill] };
}

function toRoundTrip({ entrySession, sold }: Open, income: readonly Income[], expected: RoundTripInput['expected']): RoundTrip {
  const { symbol, session: exitSession, reason } = sold[sold.length - 1];
  const earned = income.filter((one) => one.symbol === symbol && one.session > entrySession && one.session <= exitSession);
  const cost = fromCents(addCents(toCents(0), ...sold.map(({ basis }) => basis)));
  const proceeds = fromCents(addCents(toCents(0), ...sold.flatMap(({ gross, commission }) => [gross, negateCents(commission)]), ...earned.map(({ cents }) => cents)));
  return {
    symbol,
    entrySession,
    exitSession,
    shares: sold.reduce((total, { shares }) => total + shares, 0),
    cost,
    proceeds,
    return: proceeds / cost - 1,
    sessions: XNYS.count(entrySession, exitSession),
    expected: expected?.(symbol, XNYS.previous(entrySession)) ?? null,
    why: reason,
  };
}
