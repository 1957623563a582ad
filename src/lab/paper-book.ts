import { XNYS } from '../core/calendar.js';
import { isoDate, toEpochDay, type IsoDate } from '../core/dates.js';
import { hashJson } from '../core/hash.js';
import { RECORDS, RECORD_NAMES, type RecordName } from '../data/records.js';
import type { Field } from '../data/datasets.js';
import { MISSING_DATE, type Batch, type BatchColumn } from '../data/provider.js';
import { rows, type Connection } from '../data/store/duckdb.js';
import type { DatasetWrite } from '../data/store/write-dataset.js';
import type { Store } from '../data/store/store.js';
import { STOPS_KEPT, type Book, type Fill, type Order, type Position } from '../portfolio/book.js';
import type { Cents } from '../portfolio/cents.js';
import type { BookEvent } from '../portfolio/session-market.js';
import type { RecommendationDocument } from '../recommendation/recommendation.js';

const PROVENANCE = { source: 'swinglab daily run', licence: 'own' };

/** The paper book as it stood after the last decision before `session`; `null` when there was none. */
export async function readBookBefore(store: Store, session: IsoDate): Promise<Book | null> {
  return store.query(async (connection, manifest) => {
    if (!manifest.datasets['paper_account']?.rows) return null;
    const [account] = await rows(connection, `select cast(session as varchar) as session, cash_cents, highest_equity from paper_account where session < date '${session}' order by session desc limit 1`);
    if (!account) return null;
    const at = isoDate(String(account['session']));
    const where = `session = date '${at}'`;
    const held = (name: string): boolean => (manifest.datasets[name]?.rows ?? 0) > 0;
    const positions = held('paper_positions') ? await rows(connection, `select symbol, shares, cast(entry_session as varchar) as "entrySession", entry_price as "entryPrice", cost_cents as cost, high, stop, target, horizon, trail from paper_positions where ${where} order by symbol`) : [];
    // in the order of the decision: when cash runs short, what mattered more comes first
    const rank = '(select min(rank) from recommendations r where r.session = o.session and r.symbol = o.symbol)';
    const orders = held('paper_orders') ? await rows(connection, `select symbol, side, shares, kind, limit_price, stop, target, horizon, trail from paper_orders o where ${where} order by ${rank}, symbol`) : [];
    return {
      session: at,
      cash: Number(account['cash_cents']) as Cents,
      positions: positions.map(toPosition),
      highestEquity: Number(account['highest_equity']),
      appliedActions: [...(held('paper_events') ? await readAppliedActions(connection, at) : []), ...(held('actions') && held('paper_positions') ? await readImportedActions(connection, at) : [])],
      recentStops: held('paper_fills') ? await readRecentStops(connection, at) : [],
      orders: orders.map((row) => toOrder(row, at)),
    };
  });
}

/** Of what is held after the evening of `at`, since it was bought. */
async function readAppliedActions(connection: Connection, at: IsoDate): Promise<Book['appliedActions']> {
  const found = await rows(connection, `select e.symbol, e.kind, cast(e.ex_date as varchar) as ex from paper_events e join paper_positions p on p.symbol = e.symbol and p.session = date '${at}' where e.session <= date '${at}' and e.kind <> 'delisted' and e.ex_date > p.entry_session order by e.session, e.n`);
  return found.map(toAppliedAction);
}

/** Of what an import brought in: whatever had its ex-date up to then is in the account already, also what becomes known later. */
async function readImportedActions(connection: Connection, at: IsoDate): Promise<Book['appliedActions']> {
  const found = await rows(connection, `select a.symbol, a.kind, cast(a.ex_date as varchar) as ex from actions a join paper_positions p on p.symbol = a.symbol and p.session = date '${at}' where a.ex_date > p.entry_session and a.ex_date <= (select max(i.session) from paper_account i where i.imported = 1 and i.session <= date '${at}') order by a.symbol, a.ex_date, a.kind`);
  return found.map(toAppliedAction);
}

const toAppliedAction = ({ symbol, kind, ex }: Record<string, unknown>): Book['appliedActions'][number] => ({ symbol: String(symbol), kind: kind as 'split' | 'dividend', exDay: toEpochDay(isoDate(String(ex))) });

/** As the evening of `at` remembered them. */
async function readRecentStops(connection: Connection, at: IsoDate): Promise<Book['recentStops']> {
  const oldest = XNYS.shift(at, 1 - STOPS_KEPT);
  const found = await rows(connection, `select symbol, cast(filled_on as varchar) as session from paper_fills f where reason = 'stop' and f.session <= date '${at}' and filled_on >= date '${oldest}' order by f.session, n`);
  return found.map(({ symbol, session: sold }) => ({ symbol: String(symbol), session: isoDate(String(sold)) }));
}

function toPosition(row: Record<string, unknown>): Position {
  const { trail, ...position } = row;
  return { ...(position as unknown as Position), trailing: numberOrNull(trail) };
}

function toOrder(row: Record<string, unknown>, decidedOn: IsoDate): Order {
  const side = row['side'] as Order['side'];
  const plan = side === 'buy' ? { stop: Number(row['stop']), target: Number(row['target']), horizon: Number(row['horizon']), trailing: numberOrNull(row['trail']) } : null;
  return { symbol: String(row['symbol']), side, shares: Number(row['shares']), decidedOn, plan, limit: numberOrNull(row['limit_price']), kind: row['kind'] as NonNullable<Order['kind']> };
}

const numberOrNull = (value: unknown): number | null => (value === null || value === undefined || Number.isNaN(Number(value)) ? null : Number(value));

/** Closes of what the book held after the last decision before `session`, as the store had them then; by instrument. */
export async function readMarksBefore(store: Store, session: IsoDate): Promise<ReadonlyMap<string, number>> {
  return store.query(async (connection, manifest) => {
    if (!manifest.datasets['paper_positions']?.rows) return new Map();
    const found = await rows(connection, `select symbol, close from paper_positions where close is not null and session = (select max(session) from paper_account where session < date '${session}')`);
    return new Map(found.map(({ symbol, close }) => [String(symbol), Number(close)]));
  });
}

/** Whether a person put an account in place of the book after a session. */
export async function wasImportedOn(store: Store, session: IsoDate): Promise<boolean> {
  return store.query(async (connection, manifest) => {
    if (!manifest.datasets['paper_account']?.rows) return false;
    const [row] = await rows(connection, `select coalesce(max(imported), 0) as imported from paper_account where session = date '${session}'`);
    return Number(row?.['imported']) === 1;
  });
}

/** The last session the book was kept for, `null` before the first. */
export async function lastBookedSession(store: Store): Promise<IsoDate | null> {
  return store.query(async (connection, manifest) => {
    if (!manifest.datasets['paper_account']?.rows) return null;
    const [row] = await rows(connection, 'select cast(max(session) as varchar) as session from paper_account');
    return row?.['session'] ? isoDate(row['session'] as string) : null;
  });
}

/** Hash of the document that was stored for a session, `null` when there is none. */
export async function storedDocumentHash(store: Store, session: IsoDate): Promise<string | null> {
  return store.query(async (connection, manifest) => {
    if (!manifest.datasets['paper_account']?.rows) return null;
    const [row] = await rows(connection, `select document_hash from paper_account where session = date '${session}'`);
    return row ? String(row['document_hash']) : null;
  });
}

export interface Evening {
  readonly session: IsoDate;
  /** After the fills, with the new orders. */
  readonly book: Book;
  readonly fills: readonly Fill[];
  readonly events: readonly BookEvent[];
  readonly equity: number;
  readonly document: RecommendationDocument;
}

/** Writes of evenings: recommendations and paper book, each replacing whatever stood for those sessions. */
export function eveningWrites(...evenings: readonly Evening[]): DatasetWrite[] {
  const batches = evenings.map((evening) => ({ session: evening.session, rows: eveningRows(evening) }));
  return RECORD_NAMES.map((name) => ({
    dataset: name,
    schema: RECORDS[name],
    provider: 'swinglab',
    provenance: PROVENANCE,
    mode: { column: 'session', value: evenings.map(({ session }) => session) },
    batches: batches.map(({ session, rows: own }) => toBatch(name, session, own[name])),
  }));
}

function eveningRows({ book, fills, events, equity, document }: Evening): Record<RecordName, Record<string, string | number>[]> {
  const documentHash = hashJson(document);
  const closes = new Map(document.portfolio.held.map(({ symbol, close }) => [symbol, close]));
  return {
    recommendations: document.recommendations.map((r, i) => ({
      rank: i + 1, symbol: r.symbol, listed_symbol: r.listedSymbol, action: r.action, side: r.side, entry: r.entry, stop: r.stop, target: r.target, weight: r.weight, shares: r.shares, horizon: r.horizon,
      expected_return: r.expectedReturn ?? Number.NaN, forecast_horizon: r.forecastHorizon ?? Number.NaN, coverage: r.interval === null ? Number.NaN : document.intervalCoverage, interval_low: r.interval?.[0] ?? Number.NaN, interval_high: r.interval?.[1] ?? Number.NaN, reasons: JSON.stringify(r.reasons), document_hash: documentHash,
    })),
    paper_account: [{ cash_cents: book.cash, equity, highest_equity: book.highestEquity, positions: book.positions.length, orders: book.orders.length, document_hash: documentHash, imported: Number.NaN }],
    paper_positions: book.positions.map((p) => ({ symbol: p.symbol, shares: p.shares, entry_session: toEpochDay(p.entrySession), entry_price: p.entryPrice, cost_cents: p.cost, close: closes.get(p.symbol) ?? Number.NaN, high: p.high ?? p.entryPrice, stop: p.stop, target: p.target, horizon: p.horizon, trail: p.trailing ?? Number.NaN })),
    paper_orders: book.orders.map((o) => ({ symbol: o.symbol, side: o.side, shares: o.shares, kind: o.kind ?? (o.side === 'buy' ? 'entry' : 'exit'), limit_price: o.limit ?? Number.NaN, stop: o.plan?.stop ?? Number.NaN, target: o.plan?.target ?? Number.NaN, horizon: o.plan?.horizon ?? Number.NaN, trail: o.plan?.trailing ?? Number.NaN })),
    paper_fills: fills.map((f, i) => ({ n: i + 1, filled_on: toEpochDay(f.session), symbol: f.symbol, side: f.side, shares: f.shares, price: f.price, costs: f.costs, gross_cents: f.gross, commission_cents: f.commission, basis_cents: f.basis, reason: f.reason })),
    paper_events: events.map((event, i) => ({ n: i + 1, symbol: event.symbol, happened_on: toEpochDay(event.session), ex_date: event.kind === 'delisted' ? MISSING_DATE : event.exDay, kind: event.kind, ...eventNumbers(event) })),
  };
}

function eventNumbers(event: BookEvent): { value: number; shares: number; cents: number } {
  if (event.kind === 'split') return { value: event.ratio, shares: event.sharesBefore, cents: 0 };
  if (event.kind === 'dividend') return { value: event.perShare, shares: event.shares, cents: event.cents };
  return { value: event.price, shares: 0, cents: 0 };
}

/** Rows of a record of one session, in columns. */
export function toBatch(name: RecordName, session: IsoDate, records: readonly Record<string, string | number>[]): Batch {
  const columns = Object.entries<Field>(RECORDS[name].fields).map(([field, { type }]) => {
    const values = records.map((record) => (field === 'session' ? toEpochDay(session) : record[field]));
    if (type === 'text') return [field, values as string[]] as const;
    return [field, type === 'date' ? Int32Array.from(values as number[]) : Float64Array.from(values as number[])] as const;
  });
  return { rowCount: records.length, columns: Object.fromEntries<BatchColumn>(columns) };
}
