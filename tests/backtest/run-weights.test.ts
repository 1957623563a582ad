import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { runWeights } from '../../src/backtest/run-weights.js';
import { XNYS } from '../../src/core/calendar.js';
import { isoDate, toEpochDay } from '../../src/core/dates.js';
import { createRng } from '../../src/core/rng.js';
import { closeResearch, closeResearchSession, markResearch, openResearchBook, rebalanceResearch, type ResearchCosts } from '../../src/portfolio/research-book.js';
import { Panel } from '../../src/table/panel.js';

const COSTS = { commissionBps: 5, halfSpreadBps: 1, slippageBps: 1 };
const DAYS = XNYS.sessionDays(toEpochDay(isoDate('2015-01-02')), toEpochDay(isoDate('2016-12-30')));

const SHORT: ResearchCosts = { ...COSTS, borrowFee: 0.03 };

/** Random walks with holes, and weights that are decided on some sessions; with `least` below 0 some are short. */
function made(names: number, sessions: number, seed: number, least = 0): { bars: Panel; weights: Panel } {
  const rng = createRng(seed);
  const symbols = Array.from({ length: names }, (_, i) => `S${String(i).padStart(3, '0')}`);
  const [open, close, weight] = [0, 1, 2].map(() => new Float64Array(names * sessions).fill(Number.NaN));
  const decides = Array.from({ length: sessions }, () => rng.float() < 0.4);
  for (let row = 0; row < names; row++) {
    let price = 20 + 80 * rng.float();
    for (let t = 0; t < sessions; t++) {
      const at = row * sessions + t;
      price *= 1 + 0.04 * (rng.float() - 0.5);
      if (rng.float() > 0.05) [open[at], close[at]] = [price * (1 + 0.01 * (rng.float() - 0.5)), price];
      if (decides[t]) weight[at] = rng.float() < 0.5 ? 0 : (least + (1.6 - least) * rng.float()) / names;
    }
  }
  const axes = { symbols, sessions: DAYS.slice(0, sessions) };
  return { bars: new Panel({ ...axes, columns: { open, close } }), weights: new Panel({ ...axes, columns: { weight } }) };
}

const cut = ({ bars, weights }: ReturnType<typeof made>, sessions: number): ReturnType<typeof made> => ({ bars: bars.slice(0, sessions), weights: weights.slice(0, sessions) });

/** The same book taken through the sessions one by one. */
function stepped({ bars, weights }: ReturnType<typeof made>, costs: ResearchCosts, lastSessions: readonly number[] = []): { equity: number[]; borrowed: number[]; book: ReturnType<typeof openResearchBook> } {
  const [names, sessions] = [bars.symbols.length, bars.sessions.length];
  const book = openResearchBook(names, 1e6);
  const [equity, borrowed]: [number[], number[]] = [[], []];
  for (let t = 0; t < sessions; t++) {
    const at = (panel: Panel, name: string, session: number): Float64Array => Float64Array.from(panel.symbols, (_, row) => panel.column(name)[row * sessions + session]);
    const before = t === 0 ? null : at(weights, 'weight', t - 1);
    if (before?.some((value) => !Number.isNaN(value))) rebalanceResearch(book, before.map((value) => (Number.isNaN(value) ? 0 : value)), at(bars, 'open', t), costs);
    const paid = book.borrowed;
    equity.push(closeResearchSession(book, at(bars, 'close', t), costs));
    borrowed.push(book.borrowed - paid);
    lastSessions.forEach((last, name) => last === t && closeResearch(book, name));
  }
  return { equity, borrowed, book };
}

describe('a matrix of weights', () => {
  it.each([
    ['long only', 0, COSTS],
    ['long and short', -1.2, SHORT],
    ['mostly short', -6, { ...COSTS, borrowFee: 0.8 }],
    ['short for nothing', -1.2, { ...COSTS, borrowFee: 0 }],
  ])('gives bit for bit what stepping the research book session by session gives: %s', (_, least, costs) => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 70 }), fc.integer({ min: 1, max: 90 }), fc.nat(1000), fc.array(fc.integer({ min: -1, max: 100 }), { minLength: 70, maxLength: 70 }), (names, sessions, seed, ends) => {
        const input = made(names, sessions, seed, least);
        for (const lastSessions of [[], ends.slice(0, names)]) {
          const run = runWeights({ ...input, initialCash: 1e6, costs, lastSessions });
          const { equity, borrowed, book } = stepped(input, costs, lastSessions);
          expect(Array.from(run.equity)).toEqual(equity);
          expect(Array.from(run.borrowed)).toEqual(borrowed);
          expect(run.book).toEqual(book);
        }
      }),
      { numRuns: 30, seed: 3 },
    );
  });

  it('is marked at its closes alone where nothing is short', () => {
    const input = made(8, 40, 5);
    const book = openResearchBook(8, 1e6);
    const closes = (t: number): Float64Array => Float64Array.from({ length: 8 }, (_, row) => input.bars.column('close')[row * 40 + t]);
    const run = runWeights({ ...input, initialCash: 1e6, costs: SHORT });
    expect(run.equity[0]).toBe(markResearch(book, closes(0)));
    expect(run.equity).toEqual(runWeights({ ...input, initialCash: 1e6, costs: COSTS }).equity);
    expect(run.borrowed.every((paid) => paid === 0)).toBe(true);
  });

  it('turns a name that no longer trades into cash at its last mark, which can then be spent', () => {
    const axes = { symbols: ['GONE', 'STAYS'], sessions: DAYS.slice(0, 5) };
    const none = Number.NaN;
    const bars = new Panel({ ...axes, columns: { open: Float64Array.of(10, 10, 10, none, none, 10, 10, 10, 10, 10), close: Float64Array.of(10, 10, 8, none, none, 10, 10, 10, 10, 20) } });
    const weights = new Panel({ ...axes, columns: { weight: Float64Array.of(1, none, none, 0, none, 0, none, none, 1, none) } });
    const free = { commissionBps: 0, halfSpreadBps: 0, slippageBps: 0 };
    const run = (lastSessions?: number[]): number[] => Array.from(runWeights({ bars, weights, initialCash: 100, costs: free, ...(lastSessions && { lastSessions }) }).equity);
    expect(run()).toEqual([100, 100, 80, 80, 80]); // held for ever: nothing to spend
    expect(run([2, 4])).toEqual([100, 100, 80, 80, 160]);
    expect(() => run([2])).toThrow('expected the last sessions of 2 names, found 1');
  });

  it('sees nothing after a session: cut there it is the same up to there', () => {
    const input = made(20, 80, 9, -1);
    const given = { initialCash: 1e6, costs: SHORT, lastSessions: Array.from({ length: 20 }, (_, i) => (i % 3 === 0 ? 20 + i : -1)) };
    const whole = runWeights({ ...input, ...given });
    for (const sessions of [1, 2, 33, 79]) {
      const { equity, turnover, costs, borrowed } = runWeights({ ...cut(input, sessions), ...given });
      expect([equity, turnover, costs, borrowed]).toEqual([whole.equity, whole.turnover, whole.costs, whole.borrowed].map((values) => values.slice(0, sessions)));
    }
  });

  it('leaves its inputs as they were, and accounts for what trading cost', () => {
    const input = made(10, 60, 4);
    const before = Array.from(input.weights.column('weight'));
    const run = runWeights({ ...input, initialCash: 1e6, costs: COSTS });
    expect(Array.from(input.weights.column('weight'))).toEqual(before);
    expect(run.costs.reduce((sum, value) => sum + value, 0)).toBeCloseTo(run.book.commission + run.book.concession, 6);
    const free = runWeights({ ...input, initialCash: 1e6, costs: { commissionBps: 0, halfSpreadBps: 0, slippageBps: 0 } });
    expect(free.costs.every((value) => value === 0)).toBe(true);
    expect(free.equity.at(-1)!).toBeGreaterThan(run.equity.at(-1)!);
  });

  it('holds cash where nothing was ever decided', () => {
    const { bars, weights } = made(5, 10, 2);
    const none = weights.with({ weight: new Float64Array(50).fill(Number.NaN) });
    expect(Array.from(runWeights({ bars, weights: none, initialCash: 1000, costs: COSTS }).equity)).toEqual(new Array<number>(10).fill(1000));
  });

  it('refuses weights of other axes, and negative ones', () => {
    const { bars, weights } = made(5, 10, 2);
    expect(() => runWeights({ bars, weights: weights.slice(0, 9), initialCash: 1000, costs: COSTS })).toThrow('expected weights over the 5 symbols and 10 sessions of the bars, found 5 and 9 that differ');
    const short = weights.with({ weight: new Float64Array(50).fill(-0.1) });
    expect(() => runWeights({ bars, weights: short, initialCash: 1000, costs: COSTS })).toThrow('expected weights of 0 or more, found -0.1 at 0; weights below 0 are held short and need a borrowFee among the costs');
    for (const borrowFee of [-0.01, Number.NaN, Infinity]) expect(() => runWeights({ bars, weights: short, initialCash: 1000, costs: { ...COSTS, borrowFee } })).toThrow(`expected a borrow fee of 0 or more, a fraction a year, found ${borrowFee}`);
  });
});
