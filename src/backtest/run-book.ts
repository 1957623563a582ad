import { fromEpochDay, type IsoDate } from '../core/dates.js';
import type { Book, Fill } from '../portfolio/book.js';
import { runSession, type SessionInputs, type SessionResult, type SessionRules } from '../strategy/run-session.js';

/** A cash book over a span of sessions. */
export interface BookRun {
  /** After the last session, with its orders waiting. */
  readonly book: Book;
  /** At the close of each session, quote currency. */
  readonly equity: readonly { readonly session: IsoDate; readonly equity: number }[];
  /** In the order in which they happened. */
  readonly fills: readonly Fill[];
}

/**
 * Takes a book through sessions in one pass, each by the same function as the evening's run.
 * @param onSession told of each session when it is over
 */
export async function runBook(sessions: AsyncIterable<SessionInputs>, start: Book, rules: SessionRules, onSession?: (result: SessionResult) => void): Promise<BookRun> {
  let book = start;
  const equity: { session: IsoDate; equity: number }[] = [];
  const fills: Fill[] = [];
  for await (const inputs of sessions) {
    const result = runSession(inputs, book, rules);
    book = result.book;
    equity.push({ session: fromEpochDay(inputs.bars.sessions[inputs.index]), equity: result.equity });
    fills.push(...result.fills);
    onSession?.(result);
  }
  return { book, equity, fills };
}
