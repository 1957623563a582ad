import fc from 'fast-check';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { fixedClock } from '../../src/core/clock.js';
import { isoDate, type IsoDate } from '../../src/core/dates.js';
import { hashJson } from '../../src/core/hash.js';
import { Store } from '../../src/data/store/store.js';
import { eveningWrites, lastBookedSession, readBookBefore, storedDocumentHash } from '../../src/lab/paper-book.js';
import { openBook, type Book, type Fill, type Order, type Position } from '../../src/portfolio/book.js';
import { toCents } from '../../src/portfolio/cents.js';
import type { RecommendationDocument } from '../../src/recommendation/recommendation.js';
import { temporaryFolder } from '../pipeline/small-market.js';
import { evening } from '../recommendation/evening.js';

const MONDAY = isoDate('2018-01-22');
const TUESDAY = isoDate('2018-01-23');
const WEDNESDAY = isoDate('2018-01-24');
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

async function keep(store: Store, session: IsoDate, book: Book, { symbols = book.orders.map(({ symbol }) => symbol), fills = [] }: { symbols?: readonly string[]; fills?: readonly Fill[] } = {}): Promise<RecommendationDocument> {
  const document = documentOf(session, symbols);
  await store.commit(eveningWrites({ session, book: { ...book, session }, fills, equity: 1_000_000, document }), { clock });
  return document;
}

const position = (symbol: string, changes: Partial<Position> = {}): Position => ({ symbol, shares: 10, entrySession: MONDAY, entryPrice: 100.125, cost: toCents(1001.35), stop: 91.0625, target: 123.4, horizon: 7, ...changes });
const buy = (symbol: string, shares: number): Order => ({ symbol, side: 'buy', shares, decidedOn: MONDAY, plan: { stop: 90.1, target: 120.2, horizon: 10 } });
const sell = (symbol: string, shares: number): Order => ({ symbol, side: 'sell', shares, decidedOn: MONDAY, plan: null });

describe('the paper book in the store', () => {
  it('is none before the first evening', async () => {
    const store = await freshStore();
    expect(await readBookBefore(store, TUESDAY)).toBeNull();
    expect(await lastBookedSession(store)).toBeNull();
    expect(await storedDocumentHash(store, MONDAY)).toBeNull();
  });

  it('comes back as it was kept, to the last digit', async () => {
    const store = await freshStore();
    const book: Book = { session: MONDAY, cash: toCents(987_654.32), positions: [position('AAA'), position('BRK-B', { entryPrice: 1 / 3, stop: 0.1 + 0.2 })], orders: [sell('AAA', 10), buy('ZZZ', 3), buy('CCC', 5)] };
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
        const book: Book = { session: MONDAY, cash: toCents(cash / 100), positions: [position(first, { shares, entryPrice: level, stop: level / 3, target: level * 3 })], orders: others.map((symbol) => buy(symbol, shares)) };
        await keep(store, MONDAY, book);
        expect(await readBookBefore(store, TUESDAY)).toEqual(book);
      }),
      { numRuns: 4 },
    );
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
    expect((await readBookBefore(store, isoDate('2018-01-25')))!.cash).toBe(30_000);
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
    const fill: Fill = { symbol: 'AAA', side: 'buy', shares: 10, price: 100.1, costs: 0.4, session: MONDAY };
    for (const [store, times] of [[once, 1], [twice, 2]] as const) for (let i = 0; i < times; i++) await keep(store, MONDAY, book, { symbols: ['BBB'], fills: [fill] });
    const hashes = async (store: Store): Promise<unknown> => Object.entries((await store.manifest()).datasets).map(([name, { contentHash, rows }]) => [name, contentHash, rows]);
    expect(await hashes(twice)).toEqual(await hashes(once));
  });
});
