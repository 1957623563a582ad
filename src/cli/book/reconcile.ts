import { resolve } from 'node:path';

import { Store } from '../../data/store/store.js';
import { readSymbolHistory } from '../../data/symbol-history.js';
import { parseAsOf } from '../commands/daily.js';
import type { CliContext } from '../context.js';
import { EXIT } from '../exit-codes.js';
import { alignColumns } from '../output.js';
import { cashOf } from './cash-of.js';
import { compareBooks, type BookComparison, type SharesDifference } from './compare-books.js';
import { lastCloses } from './last-closes.js';
import { ignoredWords, loadAccount, refuseFaults } from './load-account.js';
import { readBookOn } from './show.js';

export interface ReconcileFlags {
  readonly asOf?: string;
  readonly cash?: string;
  readonly json?: boolean;
}

/** `swing book reconcile`: what an account and the paper book do not agree on. */
export async function reconcile(file: string, flags: ReconcileFlags, context: CliContext): Promise<void> {
  const day = flags.asOf === undefined ? undefined : parseAsOf(flags.asOf);
  const store = await Store.open((await context.loadConfig()).paths.store);
  const book = await readBookOn(store, day);
  const account = await loadAccount(resolve(context.cwd, file), book.session, await readSymbolHistory(store));
  refuseFaults(file, account.faults);
  const ignored = ignoredWords(account.ignored);
  if (ignored !== null) context.output.note(ignored);
  const symbols = [...account.positions.map(({ instrument }) => instrument), ...book.positions.map(({ symbol }) => symbol)];
  const closes = await lastCloses(store, [...new Set(symbols)], book.session);
  const compared = compareBooks({ cash: cashOf(account.cash, flags.cash), positions: account.positions }, book, closes);
  if (flags.json) context.output.json({ session: book.session, ...compared, ignoredColumns: account.ignored });
  else print(book.session, compared, context);
  if (!compared.equal) context.exitWith(EXIT.findings);
}

function print(session: string, { missing, extra, different, cash, value, equal }: BookComparison, { output }: CliContext): void {
  if (cash === null) output.note('the account does not say its cash: only shares were compared');
  if (equal) return output.line(`The account and the book after ${session} are the same`);
  output.line(`The account and the book after ${session} differ`);
  const rows = [...missing.map((one) => row('missing', one)), ...extra.map((one) => row('extra', one)), ...different.map((one) => row('different', one))];
  if (rows.length > 0) for (const line of alignColumns([['', 'symbol', 'account', 'book', 'difference', 'value', 'explained by'], ...rows])) output.line(line);
  if (rows.length > 0) output.line(`Differences in shares are worth ${value.net.toFixed(2)} net, ${value.gross.toFixed(2)} in all`);
  if (cash !== null) output.line(`Cash: ${cash.account.toFixed(2)} in the account, ${cash.book.toFixed(2)} in the book, difference ${cash.difference.toFixed(2)}`);
}

function row(kind: string, { symbol, account, book, difference, value, order }: SharesDifference): string[] {
  const explained = order === null ? '' : `${order.explains === 'part' ? 'in part ' : ''}the waiting order to ${order.side} ${order.shares}`;
  return [kind, symbol, String(account), String(book), difference > 0 ? `+${difference}` : String(difference), value === null ? 'no close' : value.toFixed(2), explained];
}
