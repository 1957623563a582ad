import type { Book, Order } from '../../portfolio/book.js';
import { fromCents, type Cents } from '../../portfolio/cents.js';

export interface SharesDifference {
  readonly symbol: string;
  readonly account: number;
  readonly book: number;
  /** account − book. */
  readonly difference: number;
  /** Of the difference at the last close, quote currency; `null`: no close. */
  readonly value: number | null;
  /** A waiting order that, once filled, explains it: wholly or in part; `null`: none does. */
  readonly order: { readonly side: Order['side']; readonly shares: number; readonly explains: 'all' | 'part' } | null;
}

export interface BookComparison {
  /** Held by the book and not by the account; the other way round; and by both in other numbers. */
  readonly missing: readonly SharesDifference[];
  readonly extra: readonly SharesDifference[];
  readonly different: readonly SharesDifference[];
  /** `null`: the account does not say. */
  readonly cash: { readonly account: number; readonly book: number; readonly difference: number } | null;
  /** Sum of the values of all differences in shares, and of their sizes, quote currency. */
  readonly value: { readonly net: number; readonly gross: number };
  readonly equal: boolean;
}

export interface ComparedAccount {
  readonly cash: Cents | null;
  readonly positions: readonly { readonly instrument: string; readonly shares: number }[];
}

/** How an account differs from a book, and which waiting orders explain it. */
export function compareBooks({ cash, positions }: ComparedAccount, book: Book, closes: ReadonlyMap<string, number>): BookComparison {
  const inAccount = new Map(positions.map(({ instrument, shares }) => [instrument, shares]));
  const inBook = new Map(book.positions.map(({ symbol, shares }) => [symbol, shares]));
  const symbols = [...new Set([...inAccount.keys(), ...inBook.keys()])].sort();
  const differences = symbols.flatMap((symbol): SharesDifference[] => {
    const [account, held] = [inAccount.get(symbol) ?? 0, inBook.get(symbol) ?? 0];
    if (account === held) return [];
    const difference = account - held;
    const close = closes.get(symbol);
    return [{ symbol, account, book: held, difference, value: close === undefined ? null : difference * close, order: explainingOrder(difference, book.orders.find((order) => order.symbol === symbol)) }];
  });
  const values = differences.flatMap(({ value }) => (value === null ? [] : [value]));
  return {
    missing: differences.filter(({ account }) => account === 0),
    extra: differences.filter(({ book: held }) => held === 0),
    different: differences.filter(({ account, book: held }) => account > 0 && held > 0),
    cash: cash === null ? null : { account: fromCents(cash), book: fromCents(book.cash), difference: fromCents((cash - book.cash) as Cents) },
    value: { net: values.reduce((sum, value) => sum + value, 0), gross: values.reduce((sum, value) => sum + Math.abs(value), 0) },
    equal: differences.length === 0 && (cash === null || cash === book.cash),
  };
}

function explainingOrder(difference: number, order: Order | undefined): SharesDifference['order'] {
  if (!order || (difference > 0) !== (order.side === 'buy')) return null;
  return { side: order.side, shares: order.shares, explains: Math.abs(difference) === order.shares ? 'all' : 'part' };
}
