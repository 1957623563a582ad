import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { XNYS } from '../../src/core/calendar.js';
import { isoDate, type IsoDate } from '../../src/core/dates.js';
import { equity, openBook, type Book, type Fill, type FillResult, type Order } from '../../src/portfolio/book.js';
import type { FixedCosts } from '../../src/portfolio/config.js';
import { UNKNOWN_LIQUIDITY } from '../../src/portfolio/cost-model.js';
import { fillAtOpen } from '../../src/portfolio/fill-orders.js';
import { fixedBps } from '../../src/portfolio/fixed-bps.js';

const SYMBOLS = ['A', 'B', 'C', 'D'];
const START = isoDate('2018-01-02');

interface Evening {
  /** How many shares to want of each symbol; negative: that part of what is held is sold (fraction of it, in tenths). */
  readonly wanted: readonly number[];
  /** Opens of the next session, NaN where there is none. */
  readonly opens: readonly number[];
}

const open = fc.oneof({ weight: 8, arbitrary: fc.integer({ min: 1, max: 500_000 }).map((cents) => cents / 1000) }, { weight: 1, arbitrary: fc.constant(Number.NaN) });
const evening: fc.Arbitrary<Evening> = fc.record({
  wanted: fc.array(fc.integer({ min: -10, max: 60 }), { minLength: SYMBOLS.length, maxLength: SYMBOLS.length }),
  opens: fc.array(open, { minLength: SYMBOLS.length, maxLength: SYMBOLS.length }),
});
const costs: fc.Arbitrary<FixedCosts> = fc.record({ commissionBps: fc.integer({ min: 0, max: 1000 }), halfSpreadBps: fc.integer({ min: 0, max: 1000 }), slippageBps: fc.integer({ min: 0, max: 1000 }) });
const scenario = fc.record({ cash: fc.integer({ min: 1, max: 2_000_000 }), costs, evenings: fc.array(evening, { minLength: 1, maxLength: 8 }) });

/** Orders that a strategy could give: buys of what it likes, sales of what is held. */
function orders(book: Book, { wanted }: Evening, decidedOn: IsoDate): Order[] {
  return SYMBOLS.flatMap((symbol, i): Order[] => {
    if (wanted[i] > 0) return [{ symbol, side: 'buy', shares: wanted[i], decidedOn, plan: { stop: 1, target: 1000, horizon: 5, trailing: null } }];
    const shares = Math.floor(((book.positions.find((position) => position.symbol === symbol)?.shares ?? 0) * -wanted[i]) / 10);
    return shares > 0 ? [{ symbol, side: 'sell', shares, decidedOn, plan: null }] : [];
  });
}

interface Step {
  readonly before: Book;
  readonly result: FillResult;
  readonly open: (symbol: string) => number;
  readonly session: IsoDate;
}

/** Carries out the evenings of a scenario one after the other. */
function play({ cash, costs: charged, evenings }: { cash: number; costs: FixedCosts; evenings: readonly Evening[] }): Step[] {
  let book = openBook(cash / 100);
  let decidedOn = START;
  return evenings.map((one) => {
    const before = { ...book, session: decidedOn, orders: orders(book, one, decidedOn) };
    const session = XNYS.next(decidedOn);
    const price = (symbol: string): number => one.opens[SYMBOLS.indexOf(symbol)];
    const result = fillAtOpen(before, { session, open: price, liquidity: () => UNKNOWN_LIQUIDITY }, fixedBps(charged));
    [book, decidedOn] = [result.book, session];
    return { before, result, open: price, session };
  });
}

const rounded = (amount: number): number => Math.round(amount * 100);

/** What a fill moves, in cents, written anew: the value is rounded to cents, and so is the commission on them. */
function cashOf({ side, shares, price }: Fill, { commissionBps }: FixedCosts): number {
  const value = rounded(shares * price);
  const fee = Math.round((value * commissionBps) / 10_000);
  return side === 'buy' ? -(value + fee) : value - fee;
}

function holds(check: (step: Step, charged: FixedCosts) => void): void {
  fc.assert(
    fc.property(scenario, (given) => {
      for (const step of play(given)) check(step, given.costs);
    }),
    { seed: 2018, numRuns: 300 },
  );
}

describe('a book that is traded at random', () => {
  it('never has less than nothing in cash, always whole cents', () => {
    holds(({ result: { book } }) => {
      expect(Number.isSafeInteger(book.cash)).toBe(true);
      expect(book.cash).toBeGreaterThanOrEqual(0);
    });
  });

  it('moves cash by exactly its fills', () => {
    holds(({ before, result: { book, fills } }, charged) => {
      expect(book.cash).toBe(fills.reduce((cash, fill) => cash + cashOf(fill, charged), before.cash as number));
    });
  });

  it('holds exactly what was bought and not sold, in whole shares', () => {
    holds(({ before, result: { book, fills } }) => {
      for (const symbol of SYMBOLS) {
        const shares = (positions: Book['positions']): number => positions.find((position) => position.symbol === symbol)?.shares ?? 0;
        const moved = fills.filter((fill) => fill.symbol === symbol).reduce((sum, fill) => sum + (fill.side === 'buy' ? fill.shares : -fill.shares), 0);
        expect(shares(book.positions)).toBe(shares(before.positions) + moved);
      }
      for (const { shares } of book.positions) expect(Number.isInteger(shares) && shares > 0).toBe(true);
      expect(book.positions.map(({ symbol }) => symbol)).toEqual([...new Set(book.positions.map(({ symbol }) => symbol))].sort());
    });
  });

  it('adds to the cost of a position exactly what its purchase took from the cash', () => {
    holds(({ before, result: { book, fills } }, charged) => {
      for (const fill of fills.filter(({ side }) => side === 'buy')) {
        const cost = (positions: Book['positions']): number => positions.find(({ symbol }) => symbol === fill.symbol)?.cost ?? 0;
        expect(cost(book.positions) - cost(before.positions)).toBe(-cashOf(fill, charged));
      }
    });
  });

  it('sells before it buys', () => {
    holds(({ result: { fills } }) => {
      const sides = fills.map(({ side }) => side);
      expect(sides).toEqual([...sides].sort().reverse());
    });
  });

  it('fills only at an open that is there, of the session after the decision', () => {
    holds(({ result: { fills }, open: price, session }, { halfSpreadBps, slippageBps }) => {
      for (const fill of fills) {
        expect(fill.session).toBe(session);
        const concession = (halfSpreadBps + slippageBps) / 10_000;
        expect(fill.price).toBeCloseTo(price(fill.symbol) * (fill.side === 'buy' ? 1 + concession : 1 - concession), 8);
      }
    });
  });

  it('is done with every order: filled, filled in part, or not, and why', () => {
    holds(({ before, result: { book, fills, unfilled } }) => {
      expect(book.orders).toEqual([]);
      for (const order of before.orders) {
        const filled = fills.find(({ symbol, side }) => symbol === order.symbol && side === order.side)?.shares ?? 0;
        expect(filled).toBeLessThanOrEqual(order.shares);
        expect(unfilled.some(({ symbol }) => symbol === order.symbol)).toBe(filled < order.shares);
      }
    });
  });

  it('loses at a fill its costs and nothing else, up to a cent of rounding each', () => {
    holds(({ before, result: { book, fills }, open: price }) => {
      const at = (symbol: string): number => (Number.isNaN(price(symbol)) ? 1 : price(symbol));
      const costsOfFills = fills.reduce((sum, fill) => sum + fill.costs, 0);
      const lost = equity(before, at) - equity(book, at);
      expect(Math.abs(lost - costsOfFills)).toBeLessThanOrEqual(0.02 * fills.length + 0.01 * SYMBOLS.length + 1e-6);
      for (const fill of fills) expect(fill.costs).toBeGreaterThanOrEqual(0);
    });
  });

  it('buys as many shares as the cash pays, not one fewer', () => {
    holds(({ before, result: { fills }, open: price }, charged) => {
      let cash: number = before.cash;
      for (const fill of fills) {
        const ordered = before.orders.find(({ symbol, side }) => symbol === fill.symbol && side === fill.side)!.shares;
        // within a cent the rounding of the last share decides
        if (fill.side === 'buy' && fill.shares < ordered) expect(cash + cashOf({ ...fill, shares: fill.shares + 1 }, charged), String(price(fill.symbol))).toBeLessThanOrEqual(1);
        cash += cashOf(fill, charged);
      }
    });
  });
});
