import fc from 'fast-check';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { XNYS } from '../../src/core/calendar.js';
import { fixedClock } from '../../src/core/clock.js';
import { isoDate, toEpochDay, type IsoDate } from '../../src/core/dates.js';
import { hashJson } from '../../src/core/hash.js';
import { Store } from '../../src/data/store/store.js';
import { importWrites } from '../../src/lab/import-book.js';
import { eveningWrites, lastBookedSession, readBookBefore, readMarksBefore, storedDocumentHash, wasImportedOn } from '../../src/lab/paper-book.js';
import { openBook, STOPS_KEPT, type Book, type Fill, type Order, type OrderKind, type Position } from '../../src/portfolio/book.js';
import { toCents } from '../../src/portfolio/cents.js';
import type { BookEvent } from '../../src/portfolio/session-market.js';
import type { HeldPosition, RecommendationDocument } from '../../src/recommendation/recommendation.js';
import { write, type Row } from '../data/store/rows.js';
import { temporaryFolder } from '../pipeline/small-market.js';
import { evening } from '../recommendation/evening.js';

const MONDAY = isoDate('2018-01-22');
const TUESDAY = isoDate('2018-01-23');
const WEDNESDAY = isoDate('2018-01-24');
const THURSDAY = isoDate('2018-01-25');
const clock = fixedClock(Date.UTC(2018, 2, 1));
const { document: made } = await evening();

let place: Awaited<ReturnType<typeof temporaryFolder>>;
let stores = 0;

beforeAll(async () => {
  place = await temporaryFolder();
});
afterAll(() => place.remove());

const freshStore = (): Promise<Store> => Store.open(join(place.folder, `store-${++stores}`));

/** A document that recommends these, in this order. */
function documentOf(session: IsoDate, symbols: readonly string[]): RecommendationDocument {
  const [pattern] = made.recommendations;
  return { ...made, asOf: session, recommendations: symbols.map((symbol) => ({ ...pattern, symbol })) };
}

async function keep(store: Store, session: IsoDate, book: Book, { symbols = book.orders.map(({ symbol }) => symbol), fills = [], events = [] }: { symbols?: readonly string[]; fills?: readonly Fill[]; events?: readonly BookEvent[] } = {}): Promise<RecommendationDocument> {
  const document = documentOf(session, symbols);
  await store.commit(eveningWrites({ session, book: { ...book, session }, fills, events, equity: 1_000_000, document }), { clock });
  return document;
}

const position = (symbol: string, changes: Partial<Position> = {}): Position => ({ symbol, shares: 10, entrySession: MONDAY, entryPrice: 100.125, cost: toCents(1001.35), high: 104.375, stop: 91.0625, target: 123.4, horizon: 7, trailing: null, ...changes });
const buy = (symbol: string, shares: number, { trailing = null, limit = null }: { trailing?: number | null; limit?: number | null } = {}): Order => ({ symbol, side: 'buy', shares, decidedOn: MONDAY, plan: { stop: 90.1, target: 120.2, horizon: 10, trailing }, limit, kind: 'entry' });
const sell = (symbol: string, shares: number, kind: OrderKind = 'exit'): Order => ({ symbol, side: 'sell', shares, decidedOn: MONDAY, plan: null, limit: null, kind });

describe('the paper book in the store', () => {
  it('is none before the first evening', async () => {
    const store = await freshStore();
    expect(await readBookBefore(store, TUESDAY)).toBeNull();
    expect(await lastBookedSession(store)).toBeNull();
    expect(await storedDocumentHash(store, MONDAY)).toBeNull();
  });

  it('comes back as it was kept, to the last digit', async () => {
    const store = await freshStore();
    const book: Book = { session: MONDAY, cash: toCents(987_654.32), positions: [position('AAA'), position('BRK-B', { entryPrice: 1 / 3, high: 2 / 3, stop: 0.1 + 0.2, trailing: 1 / 7 })], orders: [sell('AAA', 10, 'time'), buy('ZZZ', 3, { limit: 1 / 9 }), buy('CCC', 5, { trailing: 1 / 11 })], highestEquity: 1_000_000.1 + 0.2, appliedActions: [], recentStops: [] };
    await keep(store, MONDAY, book);
    expect(await readBookBefore(store, TUESDAY)).toEqual(book);
    expect(hashJson(await readBookBefore(store, TUESDAY))).toBe(hashJson(book));
  });

  it('comes back whatever numbers it holds', async () => {
    const store = await freshStore();
    const price = fc.double({ min: 0.01, max: 1e5, noNaN: true });
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.constantFrom('A', 'B', 'C', 'D', 'E'), { minLength: 1 }), price, fc.integer({ min: 0, max: 1e14 }), fc.integer({ min: 1, max: 1e6 }), async (symbols, level, cash, shares) => {
        const [first, ...others] = symbols;
        const book: Book = { session: MONDAY, cash: toCents(cash / 100), positions: [position(first, { shares, entryPrice: level, high: level * 2, stop: level / 3, target: level * 3, trailing: level / 5 })], orders: others.map((symbol, i) => buy(symbol, shares, i % 2 === 0 ? { limit: level / 7 } : { trailing: level / 11 })), highestEquity: level * 1.5, appliedActions: [], recentStops: [] };
        await keep(store, MONDAY, book);
        expect(await readBookBefore(store, TUESDAY)).toEqual(book);
      }),
      { numRuns: 4 },
    );
  });

  it('keeps what every order was given for', async () => {
    const store = await freshStore();
    const kinds: OrderKind[] = ['exit', 'reduce', 'stop', 'target', 'time'];
    await keep(store, MONDAY, { ...openBook(1000), positions: kinds.map((_, i) => position(`P${i}`)), orders: kinds.map((kind, i) => sell(`P${i}`, 10 - i, kind)) });
    expect((await readBookBefore(store, TUESDAY))!.orders.map(({ kind, shares }) => [kind, shares])).toEqual(kinds.map((kind, i) => [kind, 10 - i]));
  });

  it('remembers the actions that what is held has been through, and what stops sold', async () => {
    const store = await freshStore();
    const events: BookEvent[] = [
      { kind: 'split', session: TUESDAY, exDay: toEpochDay(TUESDAY), symbol: 'AAA', ratio: 2, sharesBefore: 5, sharesAfter: 10 },
      { kind: 'dividend', session: TUESDAY, exDay: toEpochDay(TUESDAY), symbol: 'AAA', shares: 10, perShare: 0.5, cents: toCents(5) },
      { kind: 'split', session: TUESDAY, exDay: toEpochDay(TUESDAY), symbol: 'SOLD', ratio: 3, sharesBefore: 1, sharesAfter: 3 },
      { kind: 'delisted', session: TUESDAY, symbol: 'GONE', price: 4, reason: 'no bar' },
    ];
    const sold = (symbol: string, reason: Fill['reason']): Fill => ({ symbol, side: 'sell', shares: 3, price: 100, reference: 100, costs: 0, session: TUESDAY, reason, gross: toCents(300), commission: toCents(0), concession: toCents(0), basis: toCents(300) });
    await keep(store, MONDAY, { ...openBook(100), positions: [position('AAA')] }, { fills: [{ ...sold('EARLIER', 'stop'), session: MONDAY }] });
    await keep(store, TUESDAY, { ...openBook(100), positions: [position('AAA')] }, { fills: [sold('SOLD', 'stop'), sold('WON', 'target')], events });
    const { appliedActions, recentStops } = (await readBookBefore(store, WEDNESDAY))!;
    expect(appliedActions).toEqual([{ symbol: 'AAA', kind: 'split', exDay: toEpochDay(TUESDAY) }, { symbol: 'AAA', kind: 'dividend', exDay: toEpochDay(TUESDAY) }]);
    expect(recentStops).toEqual([{ symbol: 'EARLIER', session: MONDAY }, { symbol: 'SOLD', session: TUESDAY }]);
    expect((await readBookBefore(store, TUESDAY))!.recentStops).toEqual([{ symbol: 'EARLIER', session: MONDAY }]);
  });

  it('remembers stops as long as a book does, and no longer', async () => {
    const store = await freshStore();
    const oldest = XNYS.shift(TUESDAY, 1 - STOPS_KEPT);
    const stopped = (session: IsoDate): Fill => ({ symbol: 'AAA', side: 'sell', shares: 3, price: 100, reference: 100, costs: 0, session, reason: 'stop', gross: toCents(300), commission: toCents(0), concession: toCents(0), basis: toCents(300) });
    for (const session of [XNYS.previous(oldest), oldest, TUESDAY]) await keep(store, session, openBook(100), { fills: [stopped(session)] });
    expect((await readBookBefore(store, WEDNESDAY))!.recentStops).toEqual([{ symbol: 'AAA', session: oldest }, { symbol: 'AAA', session: TUESDAY }]);
  });

  it('takes what an imported account holds as having been through every action up to then', async () => {
    const store = await freshStore();
    const action = (symbol: string, day: IsoDate, kind: string): Row => ({ symbol, ex_date: day, kind, value: 2 });
    await store.commit([write('actions', [action('AAA', MONDAY, 'dividend'), action('AAA', TUESDAY, 'split'), action('AAA', WEDNESDAY, 'dividend'), action('ZZZ', TUESDAY, 'split')])], { clock });
    await store.commit(importWrites({ session: TUESDAY, cash: toCents(5), positions: [position('AAA')], closes: new Map([['AAA', 101.5]]), equity: 1005, documentHash: null }), { clock });
    // bought on Monday: the dividend of Monday went to those who held it before, that of Wednesday is to come
    expect((await readBookBefore(store, WEDNESDAY))!.appliedActions).toEqual([{ symbol: 'AAA', kind: 'split', exDay: toEpochDay(TUESDAY) }]);
    await keep(store, WEDNESDAY, { ...openBook(100), positions: [position('AAA')] });
    expect((await readBookBefore(store, THURSDAY))!.appliedActions).toEqual([{ symbol: 'AAA', kind: 'split', exDay: toEpochDay(TUESDAY) }]);
    expect(await Promise.all([MONDAY, TUESDAY, WEDNESDAY].map((session) => wasImportedOn(store, session)))).toEqual([false, true, false]);
  });

  it('keeps the closes of what it held, as they were that evening', async () => {
    const store = await freshStore();
    expect(await readMarksBefore(store, TUESDAY)).toEqual(new Map());
    expect(await wasImportedOn(store, MONDAY)).toBe(false);
    const document = { ...documentOf(MONDAY, []), portfolio: { ...made.portfolio, held: [{ symbol: 'AAA', close: 101.25 } as HeldPosition] } };
    await store.commit(eveningWrites({ session: MONDAY, book: { ...openBook(100), session: MONDAY, positions: [position('AAA'), position('BBB')] }, fills: [], events: [], equity: 100, document }), { clock });
    await keep(store, WEDNESDAY, openBook(100));
    expect(await readMarksBefore(store, MONDAY)).toEqual(new Map());
    expect(await readMarksBefore(store, WEDNESDAY)).toEqual(new Map([['AAA', 101.25]]));
    expect(await readMarksBefore(store, THURSDAY)).toEqual(new Map());
  });

  it('takes orders without a kind for what their side usually is, and limits that are absent for none', async () => {
    const store = await freshStore();
    const plain = ({ symbol, side, shares, decidedOn, plan }: Order): Order => ({ symbol, side, shares, decidedOn, plan });
    await keep(store, MONDAY, { ...openBook(1000), orders: [plain(buy('AAA', 3)), plain(sell('BBB', 2))] });
    expect((await readBookBefore(store, TUESDAY))!.orders).toEqual([buy('AAA', 3), sell('BBB', 2)]);
  });

  it('keeps orders in the order of the decision: it decides who gets the cash', async () => {
    const store = await freshStore();
    await keep(store, MONDAY, { ...openBook(1000), orders: [buy('ZZZ', 1), buy('MMM', 1), buy('AAA', 1)] });
    expect((await readBookBefore(store, TUESDAY))!.orders.map(({ symbol }) => symbol)).toEqual(['ZZZ', 'MMM', 'AAA']);
  });

  it('is that of the last evening strictly before the session', async () => {
    const store = await freshStore();
    await keep(store, MONDAY, openBook(100));
    await keep(store, WEDNESDAY, openBook(300));
    expect(await readBookBefore(store, MONDAY)).toBeNull();
    expect((await readBookBefore(store, TUESDAY))!.cash).toBe(10_000);
    expect((await readBookBefore(store, WEDNESDAY))!.cash).toBe(10_000);
    expect((await readBookBefore(store, THURSDAY))!.cash).toBe(30_000);
    expect(await lastBookedSession(store)).toBe(WEDNESDAY);
  });

  it('replaces an evening whole and leaves the others alone', async () => {
    const store = await freshStore();
    await keep(store, MONDAY, { ...openBook(100), orders: [buy('MON', 1)] });
    await keep(store, TUESDAY, { ...openBook(200), positions: [position('OLD')], orders: [buy('OLD2', 1), sell('OLD', 10)] });
    const document = await keep(store, TUESDAY, { ...openBook(201), orders: [] }, { symbols: ['NEW'] });
    expect(await readBookBefore(store, WEDNESDAY)).toEqual({ ...openBook(201), session: TUESDAY });
    expect((await readBookBefore(store, TUESDAY))!.orders.map(({ symbol }) => symbol)).toEqual(['MON']);
    expect(await storedDocumentHash(store, TUESDAY)).toBe(hashJson(document));
    expect(await storedDocumentHash(store, WEDNESDAY)).toBeNull();
  });

  it('is the same in the store when it is kept twice', async () => {
    const [once, twice] = [await freshStore(), await freshStore()];
    const book: Book = { ...openBook(100), positions: [position('AAA')], orders: [buy('BBB', 2)] };
    const fill: Fill = { symbol: 'AAA', side: 'buy', shares: 10, price: 100.1, reference: 100, costs: 1.4, session: MONDAY, reason: 'entry', gross: toCents(1001), commission: toCents(0.4), concession: toCents(1), basis: toCents(1001.4) };
    const event: BookEvent = { kind: 'dividend', session: MONDAY, exDay: toEpochDay(MONDAY), symbol: 'AAA', shares: 10, perShare: 0.25, cents: toCents(2.5) };
    for (const [store, times] of [[once, 1], [twice, 2]] as const) for (let i = 0; i < times; i++) await keep(store, MONDAY, book, { symbols: ['BBB'], fills: [fill], events: [event] });
    const hashes = async (store: Store): Promise<unknown> => Object.entries((await store.manifest()).datasets).map(([name, { contentHash, rows }]) => [name, contentHash, rows]);
    expect(await hashes(twice)).toEqual(await hashes(once));
  });
});
