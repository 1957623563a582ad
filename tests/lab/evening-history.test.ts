import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { XNYS } from '../../src/core/calendar.js';
import { fixedClock } from '../../src/core/clock.js';
import { isoDate, toEpochDay, type IsoDate } from '../../src/core/dates.js';
import { Store } from '../../src/data/store/store.js';
import { readEveningHistory } from '../../src/lab/evening-history.js';
import { importWrites } from '../../src/lab/import-book.js';
import { eveningWrites } from '../../src/lab/paper-book.js';
import { openBook, type Fill, type Position } from '../../src/portfolio/book.js';
import { toCents } from '../../src/portfolio/cents.js';
import type { Recommendation, RecommendationDocument } from '../../src/recommendation/recommendation.js';
import { temporaryFolder } from '../pipeline/small-market.js';

const [FIRST, SECOND, THIRD, FOURTH] = ['2017-12-28', '2017-12-29', '2018-01-02', '2018-01-03'].map((date) => isoDate(date));
const clock = fixedClock(Date.UTC(2018, 2, 1));

/** What the store keeps of a recommendation. */
const recommended = (symbol: string, changes: Partial<Recommendation>): Recommendation =>
  ({ symbol, listedSymbol: symbol, action: 'hold', side: 'long', entry: 100, stop: 90, target: 120, weight: 0.05, shares: 10, horizon: 5, expectedReturn: null, interval: null, reasons: [], ...changes }) as Recommendation;
const position = (symbol: string, entrySession: IsoDate): Position => ({ symbol, shares: 10, entrySession, entryPrice: 100, cost: toCents(1000.5), high: 100, stop: 90, target: 120, horizon: 5, trailing: null });
const fill = (symbol: string, session: IsoDate, side: Fill['side'], reason: Fill['reason']): Fill => ({ symbol, side, shares: 10, price: 100, reference: 100, session, reason, gross: toCents(1000), commission: toCents(0.5), concession: toCents(0), costs: 0.5, basis: toCents(1000.5) });

let place: Awaited<ReturnType<typeof temporaryFolder>>;
let store: Store;

interface Kept {
  readonly equity: number;
  readonly recommendations?: readonly Recommendation[];
  readonly positions?: readonly Position[];
  readonly fills?: readonly Fill[];
}

async function keep(session: IsoDate, { equity, recommendations = [], positions = [], fills = [] }: Kept): Promise<void> {
  const events = session === THIRD ? [{ kind: 'dividend' as const, session: SECOND, exDay: toEpochDay(SECOND), symbol: 'AAA', shares: 10, perShare: 0.3, cents: toCents(3) }, { kind: 'split' as const, session: THIRD, exDay: toEpochDay(THIRD), symbol: 'BBB', ratio: 2, sharesBefore: 5, sharesAfter: 10 }] : [];
  await store.commit(eveningWrites({ session, book: { ...openBook(1000), session, positions }, fills, events, equity, document: { asOf: session, recommendations, intervalCoverage: 0.8, portfolio: { held: [] } } as unknown as RecommendationDocument }), { clock });
}

beforeAll(async () => {
  place = await temporaryFolder();
  store = await Store.open(join(place.folder, 'store'));
  await keep(FIRST, { equity: 1000, recommendations: [recommended('BBB', { action: 'enter', expectedReturn: null, interval: null, horizon: 7, reasons: [] }), recommended('AAA', { action: 'enter', expectedReturn: 0.02, interval: [-0.03, 0.05], horizon: 7, forecastHorizon: 5 })] });
  await keep(SECOND, { equity: 1010, positions: [position('AAA', SECOND), position('BBB', SECOND)], fills: [fill('BBB', SECOND, 'buy', 'entry'), fill('AAA', SECOND, 'buy', 'entry')], recommendations: [recommended('AAA', { action: 'hold' }), recommended('BBB', { action: 'exit' })] });
  // two fills of one name and side in one session, over the turn of the year
  await keep(THIRD, { equity: 990, positions: [position('AAA', SECOND)], fills: [fill('BBB', THIRD, 'sell', 'split-cash'), fill('BBB', THIRD, 'sell', 'exit')] });
});
afterAll(() => place.remove());

describe('what earlier evenings kept', () => {
  it('is nothing before the first and in an empty store', async () => {
    const nothing = { evenings: [], previous: null, fills: [], entries: [], equity: [], replacements: [], income: [] };
    expect(await readEveningHistory(store, FIRST)).toEqual(nothing);
    expect(await readEveningHistory(await Store.open(join(place.folder, 'empty')), FOURTH)).toEqual(nothing);
  });

  it('is everything before the session', async () => {
    const history = await readEveningHistory(store, FOURTH);
    expect(history.evenings).toEqual([FIRST, SECOND, THIRD]);
    expect(history.equity).toEqual([{ session: FIRST, equity: 1000 }, { session: SECOND, equity: 1010 }, { session: THIRD, equity: 990 }]);
    expect(history.previous).toEqual({ session: THIRD, equity: 990, recommendations: [], held: ['AAA'] });
    expect(history.replacements).toEqual([]);
    expect(history.income).toEqual([{ symbol: 'AAA', session: SECOND, cents: 300 }]); // by the session that it came on, not the evening that told it
  });

  it('has fills in the order in which they happened, to the cent', async () => {
    const { fills } = await readEveningHistory(store, FOURTH);
    expect(fills.map(({ symbol, session, side, reason }) => [symbol, session, side, reason])).toEqual([['BBB', SECOND, 'buy', 'entry'], ['AAA', SECOND, 'buy', 'entry'], ['BBB', THIRD, 'sell', 'split-cash'], ['BBB', THIRD, 'sell', 'exit']]);
    expect(fills[0]).toEqual({ symbol: 'BBB', side: 'buy', shares: 10, price: 100, session: SECOND, gross: 100_000, commission: 50, basis: 100_050, reason: 'entry' });
  });

  it('has entries with the sessions that their forecasts are over, in the order of the document', async () => {
    const { entries } = await readEveningHistory(store, FOURTH);
    expect(entries).toEqual([
      { session: FIRST, symbol: 'BBB', horizon: 7, expectedReturn: null, interval: null, coverage: null },
      { session: FIRST, symbol: 'AAA', horizon: 5, expectedReturn: 0.02, interval: [-0.03, 0.05], coverage: 0.8 },
    ]);
  });

  it('is the same whatever was kept at the session and after', async () => {
    const [early, late] = [await readEveningHistory(store, SECOND), await readEveningHistory(store, THIRD)];
    expect([early.evenings, early.fills, early.previous!.held]).toEqual([[FIRST], [], []]);
    expect(late.previous).toEqual({ session: SECOND, equity: 1010, recommendations: [{ symbol: 'AAA', action: 'hold' }, { symbol: 'BBB', action: 'exit' }], held: ['AAA', 'BBB'] });
    expect(late.fills.every(({ session }) => session === SECOND)).toBe(true);
    expect(late.income).toEqual([]);
  });

  it('knows where an account was put in place of the book', async () => {
    const imported = await Store.open(join(place.folder, 'imported'));
    const session = XNYS.previous(FIRST);
    await imported.commit(importWrites({ session, cash: toCents(5), positions: [position('ZZZ', session)], equity: 1005, documentHash: null }), { clock });
    const history = await readEveningHistory(imported, FIRST);
    expect(history).toMatchObject({ evenings: [], previous: { session, equity: 1005, recommendations: [], held: ['ZZZ'] }, replacements: [{ session, positions: [{ symbol: 'ZZZ', entrySession: session, cost: 100_050 }] }] });
  });
});
