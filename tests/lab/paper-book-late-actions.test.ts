import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { fixedClock } from '../../src/core/clock.js';
import { fromEpochDay, type IsoDate } from '../../src/core/dates.js';
import { Store } from '../../src/data/store/store.js';
import { eveningWrites, readBookBefore } from '../../src/lab/paper-book.js';
import { openBook, type Book, type Fill, type Order, type Position } from '../../src/portfolio/book.js';
import { toCents } from '../../src/portfolio/cents.js';
import { fixedBps } from '../../src/portfolio/fixed-bps.js';
import type { BookEvent } from '../../src/portfolio/session-market.js';
import { stepBook } from '../../src/portfolio/step-book.js';
import type { DatedAction } from '../../src/strategy/dated-action.js';
import { sessionMarketOf } from '../../src/strategy/session-market-of.js';
import { temporaryFolder } from '../pipeline/small-market.js';
import { evening } from '../recommendation/evening.js';
import { barsOf } from '../strategy/made-bars.js';

/** A was split two for one before the third session. */
const BARS = barsOf({ A: { close: [100, 101, 51, 52, 53, 54] }, B: { close: [10, 10, 10, 10, 10, 10] } });
const day = (t: number): IsoDate => fromEpochDay(BARS.sessions[t]);
const PLAN = { stop: 80, target: 500, horizon: 10, trailing: null };
const RULES = { costs: fixedBps({ commissionBps: 0, halfSpreadBps: 0, slippageBps: 0 }), brackets: 'close' } as const;
const clock = fixedClock(Date.UTC(2018, 2, 1));
const { document: made } = await evening();

/** An action of A with its ex-date on a session, and the session in whose evening it became known. */
interface Known {
  readonly at: number;
  readonly from: number;
  readonly kind: DatedAction['kind'];
  readonly value: number;
}

const SPLIT: Known = { at: 2, from: 3, kind: 'split', value: 2 };
const DIVIDEND: Known = { at: 1, from: 4, kind: 'dividend', value: 0.5 };

const position = (changes: Partial<Position> = {}): Position => ({ symbol: 'A', shares: 10, entrySession: day(0), entryPrice: 100, cost: toCents(1000), high: 100, ...PLAN, ...changes });
const bookAt = (t: number, changes: Partial<Book> = {}): Book => ({ ...openBook(1000), session: day(t), positions: [position()], ...changes });

interface Told {
  readonly book: Book;
  readonly fills: readonly Fill[];
  readonly events: readonly BookEvent[];
}

/** A session of a book, on the actions that were known in its evening. */
function stepAt(t: number, book: Book, known: readonly Known[]): Told {
  const list = known.filter(({ from }) => from <= t).map(({ at, kind, value }) => ({ exDay: BARS.sessions[at], kind, value }));
  return stepBook(book, sessionMarketOf({ bars: BARS.slice(0, t + 1), index: t, actions: new Map([['A', list]]), book }), RULES);
}

/** What happened on each session from `first` on. */
function run(first: number, book: Book, known: readonly Known[], orders: Readonly<Record<number, readonly Order[]>> = {}): Told[] {
  const told: Told[] = [];
  let now = book;
  for (let t = first; t < BARS.sessions.length; t++) {
    told.push(stepAt(t, now, known));
    now = { ...told[told.length - 1].book, orders: orders[t] ?? [] };
  }
  return told;
}

const eventsOf = (told: readonly Told[]): unknown[] => told.flatMap(({ events }) => events.map(({ kind, session, ...event }) => [kind, session, 'exDay' in event ? event.exDay : null]));
const buyA = (t: number): Order => ({ symbol: 'A', side: 'buy', shares: 4, decidedOn: day(t), plan: PLAN });

describe('a corporate action that becomes known after its ex-date', () => {
  it('is applied the session after, once: a split', () => {
    const told = run(1, bookAt(0), [SPLIT]);
    expect(eventsOf(told)).toEqual([['split', day(3), BARS.sessions[2]]]);
    expect(told.map(({ book }) => book.positions[0].shares)).toEqual([10, 10, 20, 20, 20]);
    expect(told[2].book.positions[0]).toMatchObject({ stop: 40, entryPrice: 50, cost: toCents(1000) });
    expect(told.at(-1)!.book.appliedActions).toEqual([{ symbol: 'A', kind: 'split', exDay: BARS.sessions[2] }]);
  });

  it('is applied the session after, once: a dividend', () => {
    const told = run(1, bookAt(0), [SPLIT, DIVIDEND]);
    expect(eventsOf(told)).toEqual([['split', day(3), BARS.sessions[2]], ['dividend', day(4), BARS.sessions[1]]]);
    expect(run(1, bookAt(0), [{ ...DIVIDEND, from: 2 }]).at(-1)!.book.cash).toBe(toCents(1005));
  });

  it('leaves the book as if it had been known in time', () => {
    const [late, early] = [[{ ...SPLIT, from: 4 }, { ...DIVIDEND, from: 4 }], [{ ...SPLIT, from: 2 }, { ...DIVIDEND, from: 1 }]].map((known) => run(1, bookAt(0), known).at(-1)!.book);
    const essence = ({ cash, positions }: Book): unknown => [cash, positions.map(({ shares, cost, stop, entryPrice }) => [shares, cost, stop, entryPrice])];
    expect(essence(late)).toEqual(essence(early));
  });

  it('is not of what was bought on its ex-date or after', () => {
    const none = bookAt(0, { positions: [] });
    const bought = (t: number): unknown[] => eventsOf(run(1, none, [SPLIT], { [t]: [buyA(t)] }));
    expect(bought(0)).toEqual([]); // no order is left of the first session
    expect([1, 2, 3].map(bought)).toEqual([[], [], []]);
    const before = bookAt(0, { positions: [], orders: [buyA(0)] });
    expect(eventsOf(run(1, before, [SPLIT]))).toEqual([['split', day(3), BARS.sessions[2]]]);
  });

  it('is not of what is bought again after it was sold', () => {
    const orders: Readonly<Record<number, readonly Order[]>> = { 3: [{ symbol: 'A', side: 'sell', shares: 20, decidedOn: day(3), plan: null }], 4: [buyA(4)] };
    const told = run(1, bookAt(0), [SPLIT, { ...SPLIT, at: 3, from: 5 }], orders);
    expect(told.flatMap(({ fills }) => fills.map(({ side, session, shares }) => [side, session, shares]))).toEqual([['sell', day(4), 20], ['buy', day(5), 4]]);
    expect(eventsOf(told)).toEqual([['split', day(3), BARS.sessions[2]]]);
    expect(told.at(-1)!.book).toMatchObject({ appliedActions: [], positions: [{ shares: 4, entrySession: day(5) }] });
  });
});

describe('a book that is read back from the store every evening', () => {
  let place: Awaited<ReturnType<typeof temporaryFolder>>;
  beforeAll(async () => {
    place = await temporaryFolder();
  });
  afterAll(() => place.remove());

  it('goes through every action once, as one that was never put away', { timeout: 60_000 }, async () => {
    const store = await Store.open(join(place.folder, 'store'));
    const known = [SPLIT, DIVIDEND, { at: 4, from: 4, kind: 'dividend', value: 0.25 }] satisfies Known[];
    const expected = run(1, bookAt(0), known);
    const keep = async (session: IsoDate, { book, fills, events }: Told): Promise<unknown> => store.commit(eveningWrites({ session, book, fills, events, equity: 2000, document: { ...made, asOf: session, recommendations: [] } }), { clock });
    await keep(day(0), { book: bookAt(0), fills: [], events: [] });
    for (const [i, { book }] of expected.entries()) {
      const told = stepAt(i + 1, (await readBookBefore(store, day(i + 1)))!, known);
      expect(told).toEqual(expected[i]);
      await keep(day(i + 1), told);
      expect(told.book.appliedActions).toEqual(book.appliedActions);
    }
    expect(expected.at(-1)!.book.appliedActions).toHaveLength(3);
    expect(eventsOf(expected)).toHaveLength(3);
  });
});
