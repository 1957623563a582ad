import { toEpochDay, type EpochDay } from '../core/dates.js';
import { DataError } from '../core/errors.js';
import type { Market } from '../data/market.js';
import type { Book } from '../portfolio/book.js';
import { applyActions } from '../portfolio/corporate-actions.js';
import { UNKNOWN_LIQUIDITY } from '../portfolio/cost-model.js';
import type { BookEvent } from '../portfolio/session-market.js';
import type { Panel } from '../table/panel.js';

/** Closes that differ by less are the same price, corrected. */
const SAME = 0.005;
/** Largest number of new shares for one, or of old ones for one new. */
const LARGEST = 30;
/** Largest number in a ratio such as 3 for 2: of larger ones some is near every change of a price, so that they would explain anything. */
const LARGEST_OF_TWO = 5;

export interface RestatedBook {
  readonly book: Book;
  readonly events: readonly BookEvent[];
}

/**
 * The book in the prices of bars that were delivered anew since its last evening: where a source restates its history for a split, what is
 * held is restated with it.
 *
 * @param marks last close of each position on the book's session that was believed, as the store had it that evening
 * @throws DataError `BASIS_CHANGED` when a close has become another that no split explains
 */
export function restateBasis(book: Book, marks: ReadonlyMap<string, number>, { bars, priceBasis }: Pick<Market, 'bars' | 'priceBasis'>): RestatedBook {
  const { session } = book;
  // splits of raw prices are corporate actions; total-return prices change with every dividend, by no ratio that shares could follow
  if (priceBasis !== 'split-adjusted' || session === null || !bars.sessions.includes(toEpochDay(session))) return { book, events: [] };
  const exDay = toEpochDay(session);
  const actions = book.positions.flatMap(({ symbol }) => {
    const then = marks.get(symbol);
    const known = lastCloses(bars, symbol, exDay);
    if (then === undefined || known.length === 0 || known.some((close) => Math.abs(then / close - 1) <= SAME)) return [];
    const [now] = known;
    const value = splitOf(then / now);
    if (value === null) throw new DataError(`expected the close of "${symbol}" on ${session} to be ${then} as it was that evening, or restated for a split, found ${now}; put the account in place again with swing book import`, { code: 'BASIS_CHANGED', fields: { symbol, then, now } });
    return [{ symbol, exDay, kind: 'split' as const, value }];
  });
  if (actions.length === 0) return { book, events: [] };
  const restated = applyActions(book, { session, actions, delistings: [], bar: () => null, liquidity: () => UNKNOWN_LIQUIDITY, lastClose: (symbol) => lastCloses(bars, symbol, exDay)[0] });
  return { book: { ...restated.book, appliedActions: book.appliedActions }, events: restated.events };
}

/**
 * The last two closes of an instrument on a day or before, what was suspect behind what was to be believed: the mark of the day is one of
 * them, as the last bar may have been suspect that evening, or have come only later.
 */
function lastCloses(bars: Panel, symbol: string, day: EpochDay): number[] {
  if (!bars.hasSymbol(symbol)) return [];
  const closes = bars.series('quotedClose', symbol);
  const found: number[] = [];
  for (let t = bars.indexOnOrBefore(day); t >= 0 && found.length < 2; t--) if (closes[t] > 0) found.push(t);
  const isSuspect = found.length === 2 && bars.has('suspect') && bars.series('suspect', symbol)[found[0]] === 1;
  return (isSuspect ? found.reverse() : found).map((t) => closes[t]);
}

/** The ratio of small whole numbers that is nearest, where it is near enough; `null` where none is. */
function splitOf(ratio: number): number | null {
  for (let old = 1; old <= LARGEST; old++) {
    const shares = Math.round(ratio * old);
    if (isUsual(shares, old) && Math.abs(shares / old / ratio - 1) <= SAME) return shares / old;
  }
  return null;
}

const isUsual = (shares: number, old: number): boolean => shares >= 1 && shares !== old && Math.max(shares, old) <= (Math.min(shares, old) === 1 ? LARGEST : LARGEST_OF_TWO);
