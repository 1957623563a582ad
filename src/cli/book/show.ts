import { resolve } from 'node:path';

import { writeFileAtomic } from '../../core/atomic-file.js';
import { XNYS } from '../../core/calendar.js';
import { addDays, type IsoDate } from '../../core/dates.js';
import { DataError } from '../../core/errors.js';
import { rows } from '../../data/store/duckdb.js';
import { Store } from '../../data/store/store.js';
import { readSymbolHistory, type SymbolHistory } from '../../data/symbol-history.js';
import { readBookBefore } from '../../lab/paper-book.js';
import type { Book } from '../../portfolio/book.js';
import { fromCents } from '../../portfolio/cents.js';
import { parseAsOf } from '../commands/daily.js';
import type { CliContext } from '../context.js';
import { alignColumns } from '../output.js';
import { accountCsv } from './account-csv.js';
import { lastCloses } from './last-closes.js';
import { sessionsHeld } from './sessions-held.js';

export interface ShowFlags {
  readonly asOf?: string;
  readonly json?: boolean;
  /** File that the book is written to. */
  readonly csv?: string;
}

/** Fills that are shown, newest first. */
const LAST_FILLS = 10;

/** `swing book show`: the paper book as it stood after the evening of a session, or the last before it. */
export async function show({ asOf, json, csv }: ShowFlags, { cwd, loadConfig, output }: CliContext): Promise<void> {
  const day = asOf === undefined ? undefined : parseAsOf(asOf);
  const store = await Store.open((await loadConfig()).paths.store);
  const book = await readBookOn(store, day);
  const shown = await describeBook(store, book);
  if (csv !== undefined) {
    await writeFileAtomic(resolve(cwd, csv), accountCsv(book, await readSymbolHistory(store)));
    output.note(`written: "${csv}", which swing book import and reconcile read`);
  }
  if (json) return output.json(shown);
  print(shown, output.line);
}

/** A book, with the session it stands after. */
export type StandingBook = Book & { readonly session: IsoDate };

/**
 * The last book that was kept up to a day, the last of all without one.
 * @throws DataError `NO_BOOK` when there is none
 */
export async function readBookOn(store: Store, day: IsoDate | undefined): Promise<StandingBook> {
  const book = await readBookBefore(store, day === undefined ? FOREVER : addDays(day, 1));
  if (book?.session) return { ...book, session: book.session };
  throw new DataError(`expected a paper book${day === undefined ? '' : ` up to ${day}`} in the store "${store.folder}", found none; swing daily opens one, swing book import brings an account in`, { code: 'NO_BOOK', fields: { day } });
}

/** After every session there is. */
const FOREVER = '9999-12-31' as IsoDate;

type ShownBook = Awaited<ReturnType<typeof describeBook>>;

async function describeBook(store: Store, book: StandingBook) {
  const { session, cash, positions, orders } = book;
  const history = await readSymbolHistory(store);
  const closes = await lastCloses(store, positions.map(({ symbol }) => symbol), session);
  const held = positions.map((position) => toShownPosition(position, { close: closes.get(position.symbol) ?? null, history, session }));
  const total = fromCents(cash) + held.reduce((sum, { value }) => sum + (value ?? 0), 0);
  return {
    session,
    cash: fromCents(cash),
    equity: total,
    positions: held.map((position) => ({ ...position, weight: position.value === null || total === 0 ? null : position.value / total })),
    orders: orders.map(({ symbol, side, shares, kind, limit, plan }) => ({ symbol, listedSymbol: history.listedAt(symbol, session), side, shares, kind: kind ?? null, limit: limit ?? null, stop: plan?.stop ?? null, target: plan?.target ?? null })),
    fills: await readLastFills(store, session, history),
  };
}

interface Known {
  readonly close: number | null;
  readonly history: SymbolHistory;
  readonly session: IsoDate;
}

function toShownPosition({ symbol, shares, entrySession, entryPrice, cost, stop, target, horizon, trailing }: Book['positions'][number], { close, history, session }: Known) {
  const value = close === null ? null : shares * close;
  return {
    symbol,
    listedSymbol: history.listedAt(symbol, session),
    shares,
    entrySession,
    sessions: sessionsHeld({ entrySession }, session),
    entryPrice,
    cost: fromCents(cost),
    close,
    value,
    return: close === null ? null : close / entryPrice - 1,
    stop,
    target,
    trailing: trailing ?? null,
    horizon,
  };
}

interface ShownFill {
  readonly session: IsoDate;
  readonly symbol: string;
  readonly listedSymbol: string;
  readonly side: 'buy' | 'sell';
  readonly shares: number;
  readonly price: number;
  readonly costs: number;
  readonly reason: string;
}

async function readLastFills(store: Store, session: IsoDate, history: SymbolHistory): Promise<ShownFill[]> {
  return store.query(async (connection, { datasets }) => {
    if (!datasets['paper_fills']?.rows) return [];
    const found = await rows(connection, `select cast(filled_on as varchar) as session, symbol, side, shares, price, costs, reason from paper_fills f where f.session <= date '${session}' order by f.session desc, n desc limit ${LAST_FILLS}`);
    return (found as unknown as Omit<ShownFill, 'listedSymbol'>[]).map((fill) => ({ ...fill, listedSymbol: history.listedAt(fill.symbol, fill.session) }));
  });
}

const price = (value: number | null): string => (value === null || Number.isNaN(value) ? '–' : value.toFixed(2));
const percent = (value: number | null): string => (value === null ? '–' : `${(100 * value).toFixed(2)} %`);

function print({ session, cash, equity, positions, orders, fills }: ShownBook, line: (text?: string) => void): void {
  const table = (title: string, header: readonly string[], body: readonly (readonly string[])[]): void => {
    line();
    line(body.length === 0 ? `No ${title}` : `${title[0].toUpperCase()}${title.slice(1)}:`);
    if (body.length > 0) for (const text of alignColumns([header, ...body])) line(`  ${text}`);
  };
  line(`Paper book after ${session}: equity ${equity.toFixed(2)}, cash ${cash.toFixed(2)}, ${positions.length} ${positions.length === 1 ? 'position' : 'positions'}`);
  table('positions', ['symbol', 'shares', 'since', 'sessions', 'paid', 'close', 'return', 'weight', 'stop', 'target', 'horizon'], positions.map((p) => [p.listedSymbol, String(p.shares), p.entrySession, String(p.sessions), price(p.entryPrice), price(p.close), percent(p.return), percent(p.weight), price(p.stop), price(p.target), String(p.horizon)]));
  table(`orders that wait for the open of ${XNYS.next(session)}`, ['side', 'symbol', 'shares', 'limit', 'stop', 'target', 'for'], orders.map((o) => [o.side, o.listedSymbol, String(o.shares), price(o.limit), price(o.stop), price(o.target), o.kind ?? '–']));
  table('fills, the last first', ['session', 'side', 'symbol', 'shares', 'price', 'costs', 'for'], fills.map((f) => [f.session, f.side, f.listedSymbol, String(f.shares), price(f.price), price(f.costs), f.reason]));
}
