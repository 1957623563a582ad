import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { XNYS } from '../../src/core/calendar.js';
import { fixedClock } from '../../src/core/clock.js';
import { isoDate, toEpochDay, type IsoDate } from '../../src/core/dates.js';
import { createRng, type Rng } from '../../src/core/rng.js';
import { Store } from '../../src/data/store/store.js';
import { readEveningHistory } from '../../src/lab/evening-history.js';
import { extendHistory } from '../../src/lab/extend-history.js';
import { importWrites } from '../../src/lab/import-book.js';
import { eveningWrites, storedDocumentHash, type Evening } from '../../src/lab/paper-book.js';
import { openBook, type Fill, type FillReason, type Position } from '../../src/portfolio/book.js';
import { toCents } from '../../src/portfolio/cents.js';
import type { BookEvent } from '../../src/portfolio/session-market.js';
import type { Recommendation, RecommendationDocument } from '../../src/recommendation/recommendation.js';
import { temporaryFolder } from '../pipeline/small-market.js';

const FIRST = isoDate('2017-12-26');
const SYMBOLS = ['AAA', 'BRK-B', 'CCC', 'DDD', 'EEE'];
const ACTIONS = ['enter', 'hold', 'reduce', 'exit'] as const;
const REASONS: readonly FillReason[] = ['entry', 'stop', 'target', 'time', 'delisted', 'split-cash'];
const clock = fixedClock(Date.UTC(2018, 2, 1));

const some = (rng: Rng): string[] => SYMBOLS.filter(() => rng.float() < 0.5);

const positionsOf = (rng: Rng, session: IsoDate): Position[] => some(rng).map((symbol) => ({ symbol, shares: rng.integer(1, 99), entrySession: session, entryPrice: 100 * rng.float(), cost: toCents(rng.integer(1, 99_999) / 100), high: 100, stop: 90, target: 120, horizon: 5, trailing: null }));

function fillsOf(rng: Rng, session: IsoDate): Fill[] {
  return rng.shuffle([...some(rng), ...some(rng)]).map((symbol) => ({ symbol, side: rng.choice(['buy', 'sell']), shares: rng.choice([1, 7, 0.5]), price: 100 * rng.float(), reference: 100, session: rng.choice([session, XNYS.previous(session)]), reason: rng.choice(REASONS), gross: toCents(rng.integer(0, 1e6) / 100), commission: toCents(rng.integer(0, 99) / 100), concession: toCents(0), costs: rng.float(), basis: toCents(rng.integer(0, 1e6) / 100) }));
}

/** Told in the evening of a session, some of the session before it, that nobody decided on. */
function eventsOf(rng: Rng, session: IsoDate): BookEvent[] {
  return some(rng).map((symbol): BookEvent => {
    const happened = rng.choice([session, XNYS.previous(session)]);
    const exDay = toEpochDay(XNYS.shift(happened, -rng.integer(0, 3)));
    return rng.choice<BookEvent>([
      { kind: 'dividend', session: happened, symbol, exDay, shares: 10, perShare: 0.1, cents: toCents(rng.integer(0, 1e5) / 100) },
      { kind: 'split', session: happened, symbol, exDay, ratio: 2, sharesBefore: 5, sharesAfter: 10 },
      { kind: 'delisted', session: happened, symbol, price: 4, reason: 'no bar' },
    ]);
  });
}

/** What the store keeps of recommendations, with and without a forecast, its own horizon and an interval. */
function recommendationsOf(rng: Rng): Recommendation[] {
  return rng.shuffle(some(rng)).map((symbol) => {
    const expectedReturn = rng.float() < 0.3 ? null : 0.1 * rng.normal();
    const interval = expectedReturn === null || rng.float() < 0.3 ? null : [expectedReturn - 0.1, expectedReturn + 0.1];
    return { symbol, listedSymbol: symbol, action: rng.choice(ACTIONS), side: 'long', entry: 100, stop: 90, target: 120, weight: 0.05, shares: 10, horizon: rng.integer(3, 10), forecastHorizon: rng.float() < 0.5 ? null : 5, expectedReturn, interval, reasons: [] } as unknown as Recommendation;
  });
}

function eveningOf(rng: Rng, session: IsoDate): Evening {
  const document = { asOf: session, recommendations: recommendationsOf(rng), intervalCoverage: rng.choice([0.8, 0.9]), portfolio: { held: [] } } as unknown as RecommendationDocument;
  return { session, book: { ...openBook(1000), session, positions: positionsOf(rng, session) }, fills: fillsOf(rng, session), events: eventsOf(rng, session), equity: 1000 * rng.float(), document };
}

let place: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  place = await temporaryFolder();
});
afterAll(() => place.remove());

describe('a history that evenings are added to', () => {
  it.each([1, 2, 3])('is the one that the store gives, after each of several evenings and accounts put in place: run %d', { timeout: 60_000 }, async (seed) => {
    const rng = createRng(seed);
    const store = await Store.open(join(place.folder, `store-${seed}`));
    let session = FIRST;
    let history = await readEveningHistory(store, session);
    for (let n = 0; n < 6; n++) {
      const evening = eveningOf(rng, session);
      await store.commit(eveningWrites(evening), { clock });
      const read = await readEveningHistory(store, XNYS.next(session));
      expect(extendHistory(history, evening)).toEqual(read);
      history = read;
      // an account is put in place after the evening, or on the session behind it, on which nobody decides
      const [after, skipped] = [rng.float() < 0.3, rng.float() < 0.3];
      for (const at of [...(after ? [session] : []), ...(skipped ? [XNYS.next(session)] : [])]) {
        await store.commit(importWrites({ session: at, cash: toCents(5), positions: positionsOf(rng, at), equity: 1005, documentHash: await storedDocumentHash(store, at) }), { clock });
      }
      session = XNYS.shift(session, skipped ? 2 : 1);
      if (after || skipped) history = await readEveningHistory(store, session);
    }
    for (const list of [history.evenings, history.fills, history.entries, history.equity, history.income, history.replacements]) expect(list.length).toBeGreaterThan(0);
  });

  it('leaves the one it was given alone', () => {
    const rng = createRng(4);
    const first = extendHistory({ evenings: [], previous: null, fills: [], entries: [], equity: [], replacements: [], income: [] }, eveningOf(rng, FIRST));
    const copy = structuredClone(first);
    extendHistory(first, eveningOf(rng, XNYS.next(FIRST)));
    expect(first).toEqual(copy);
  });
});
