import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { XNYS } from '../../src/core/calendar.js';
import { isoDate, toEpochDay, type IsoDate } from '../../src/core/dates.js';
import { createRng } from '../../src/core/rng.js';
import { openBook, positionOf, type Book, type Fill } from '../../src/portfolio/book.js';
import { fromCents, toCents } from '../../src/portfolio/cents.js';
import { applyActions } from '../../src/portfolio/corporate-actions.js';
import { UNKNOWN_LIQUIDITY } from '../../src/portfolio/cost-model.js';
import { fixedBps } from '../../src/portfolio/fixed-bps.js';
import { buyShares, sellShares } from '../../src/portfolio/trade.js';
import { roundTrips, type BookedFill, type Income } from '../../src/portfolio/round-trips.js';

const FIRST = isoDate('2018-01-02');
const day = (n: number): IsoDate => XNYS.shift(FIRST, n);
const COSTS = fixedBps({ commissionBps: 7, halfSpreadBps: 3, slippageBps: 2 });
const PLAN = { stop: 1, target: 1e6, horizon: 5, trailing: null };

const buy = (symbol: string, session: IsoDate, shares: number, paid: number): BookedFill => ({ symbol, side: 'buy', shares, price: paid / shares, session, gross: toCents(paid), commission: toCents(0), basis: toCents(paid), reason: 'entry' });
const sell = (symbol: string, session: IsoDate, shares: number, { got, cost, reason = 'exit', fee = 0 }: { got: number; cost: number; reason?: string; fee?: number }): BookedFill => ({ symbol, side: 'sell', shares, price: got / shares, session, gross: toCents(got), commission: toCents(fee), basis: toCents(cost), reason });

describe('a round trip', () => {
  it('has the return after costs, the sessions between the fills, what was expected and why it ended', () => {
    const fills = [buy('AAA', day(1), 10, 1001), sell('AAA', day(6), 10, { got: 1103, cost: 1001, reason: 'target', fee: 2 })];
    const expected = (symbol: string, evening: IsoDate): number | null => (symbol === 'AAA' && evening === day(0) ? 0.03 : null);
    expect(roundTrips({ fills, expected })).toEqual([{ symbol: 'AAA', entrySession: day(1), exitSession: day(6), shares: 10, cost: 1001, proceeds: 1101, return: 1101 / 1001 - 1, sessions: 5, expected: 0.03, why: 'target' }]);
  });

  it('is none before the last share is sold', () => {
    const part = [buy('AAA', day(1), 10, 1000), sell('AAA', day(3), 4, { got: 420, cost: 400, reason: 'reduce' })];
    expect(roundTrips({ fills: part })).toEqual([]);
    const [trade] = roundTrips({ fills: [...part, sell('AAA', day(5), 6, { got: 660, cost: 600, reason: 'stop' })] });
    expect(trade).toMatchObject({ entrySession: day(1), exitSession: day(5), shares: 10, cost: 1000, proceeds: 1080, why: 'stop', expected: null });
  });

  it('may begin and end in one session, and begin again in the session in which it ended', () => {
    const fills = [buy('AAA', day(1), 1, 100), sell('AAA', day(1), 1, { got: 90, cost: 100, reason: 'stop' }), buy('AAA', day(2), 1, 90), sell('AAA', day(3), 1, { got: 99, cost: 90 }), buy('AAA', day(3), 1, 99)];
    expect(roundTrips({ fills }).map(({ entrySession, exitSession, sessions, proceeds }) => [entrySession, exitSession, sessions, proceeds])).toEqual([[day(1), day(1), 0, 90], [day(2), day(3), 1, 99]]);
  });

  it('counts dividends to whoever held before their ex-session, and to nobody else', () => {
    const fills = [buy('AAA', day(2), 10, 1000), sell('AAA', day(5), 10, { got: 1000, cost: 1000 })];
    const at = (n: number, symbol = 'AAA'): Income => ({ symbol, session: day(n), cents: toCents(5) });
    const proceeds = (...income: Income[]): number => roundTrips({ fills, income })[0].proceeds;
    expect(proceeds(at(2), at(6), at(3, 'BBB'))).toBe(1000);
    expect(proceeds(at(3), at(5))).toBe(1010);
  });

  it('is none where an account was put in place of the book: neither what it brought in nor what it took away', () => {
    const fills = [buy('OLD', day(1), 10, 1000), buy('NEW', day(4), 5, 500), sell('HELD', day(5), 3, { got: 330, cost: 300 }), sell('NEW', day(6), 5, { got: 510, cost: 500 })];
    const replacements = [{ session: day(3), positions: [{ symbol: 'HELD', entrySession: day(0), cost: toCents(300) }] }];
    expect(roundTrips({ fills, replacements }).map(({ symbol }) => symbol)).toEqual(['NEW']);
    const later = [...fills, buy('OLD', day(7), 1, 90), sell('OLD', day(8), 1, { got: 99, cost: 90 })];
    expect(roundTrips({ fills: later, replacements }).map(({ symbol, entrySession, cost }) => [symbol, entrySession, cost])).toEqual([['NEW', day(4), 500], ['OLD', day(7), 90]]);
  });

  it('is none for a sale of what the fills do not show', () => {
    expect(roundTrips({ fills: [sell('AAA', day(1), 3, { got: 330, cost: 300 })] })).toEqual([]);
  });
});

/** A book that trades at random and ends with nothing but cash; with splits, and the fractions they pay out. */
function randomHistory(seed: number): { book: Book; fills: Fill[]; start: Book } {
  const rng = createRng(seed);
  const start = openBook(50_000);
  let book = start;
  const fills: Fill[] = [];
  const note = (fill: Fill | null): unknown => fill && fills.push(fill);
  for (let n = 0; n < 60; n++) {
    const symbol = rng.choice(['AAA', 'BBB', 'CCC']);
    const reference = 5 + 90 * rng.float();
    const held = positionOf(book, symbol)?.shares ?? 0;
    const deal = { symbol, reference, bound: null, session: day(n), liquidity: UNKNOWN_LIQUIDITY };
    if (n < 50 && rng.float() < 0.1) {
      const market = { session: day(n), bar: () => null, liquidity: () => UNKNOWN_LIQUIDITY, lastClose: () => reference, actions: [{ symbol, exDay: toEpochDay(day(n)), kind: 'split' as const, value: rng.choice([2, 3, 1 / 3, 1.5]) }], delistings: [] };
      const acted = applyActions(book, market);
      book = acted.book;
      fills.push(...acted.fills);
    } else if (n < 50 && rng.float() < 0.6) {
      const bought = buyShares(book, { ...deal, shares: rng.integer(1, 40), reason: held > 0 ? 'add' : 'entry' }, PLAN, COSTS);
      book = bought.book;
      note(bought.fill);
    } else if (held > 0) {
      const sold = sellShares(book, { ...deal, shares: rng.integer(1, held), reason: 'exit' }, COSTS);
      book = sold.book;
      note(sold.fill);
    }
  }
  for (const { symbol, shares } of book.positions) {
    const sold = sellShares(book, { symbol, shares, reference: 40, bound: null, session: day(60), reason: 'time', liquidity: UNKNOWN_LIQUIDITY }, COSTS);
    book = sold.book;
    note(sold.fill);
  }
  return { book, fills, start };
}

describe('round trips of a book', () => {
  it('add up to the cent to what its cash gained, whatever was bought, sold in part and split', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
        const { book, fills, start } = randomHistory(seed);
        const trades = roundTrips({ fills });
        const profit = trades.reduce((sum, { proceeds, cost }) => sum + proceeds - cost, 0);
        expect(trades.length).toBeGreaterThan(0);
        expect(profit).toBeCloseTo(fromCents(book.cash) - fromCents(start.cash), 6);
      }),
      { seed: 12, numRuns: 60 },
    );
  });

  it('are those of the fills known by then', () => {
    const { fills } = randomHistory(5);
    const all = roundTrips({ fills });
    for (const n of [10, 25, 40, 60]) expect(roundTrips({ fills: fills.filter(({ session }) => session <= day(n)) })).toEqual(all.filter(({ exitSession }) => exitSession <= day(n)));
  });
});
