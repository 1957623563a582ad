import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { runWeights } from '../../src/backtest/run-weights.js';
import { XNYS } from '../../src/core/calendar.js';
import { isoDate, toEpochDay } from '../../src/core/dates.js';
import { createRng } from '../../src/core/rng.js';
import { markResearch, openResearchBook, rebalanceResearch } from '../../src/portfolio/research-book.js';
import { Panel } from '../../src/table/panel.js';

const COSTS = { commissionBps: 5, halfSpreadBps: 1, slippageBps: 1 };
const DAYS = XNYS.sessionDays(toEpochDay(isoDate('2015-01-02')), toEpochDay(isoDate('2016-12-30')));

/** Random walks with holes, and weights that are decided on some sessions. */
function made(names: number, sessions: number, seed: number): { bars: Panel; weights: Panel } {
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
      if (decides[t]) weight[at] = rng.float() < 0.5 ? 0 : (1.6 * rng.float()) / names;
    }
  }
  const axes = { symbols, sessions: DAYS.slice(0, sessions) };
  return { bars: new Panel({ ...axes, columns: { open, close } }), weights: new Panel({ ...axes, columns: { weight } }) };
}

const cut = ({ bars, weights }: ReturnType<typeof made>, sessions: number): ReturnType<typeof made> => ({ bars: bars.slice(0, sessions), weights: weights.slice(0, sessions) });

describe('a matrix of weights', () => {
  it('gives bit for bit what stepping the research book session by session gives', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 70 }), fc.integer({ min: 1, max: 90 }), fc.nat(1000), (names, sessions, seed) => {
        const input = made(names, sessions, seed);
        const run = runWeights({ ...input, initialCash: 1e6, costs: COSTS });
        const book = openResearchBook(names, 1e6);
        for (let t = 0; t < sessions; t++) {
          const at = (panel: Panel, name: string, session: number): Float64Array => Float64Array.from(panel.symbols, (_, row) => panel.column(name)[row * sessions + session]);
          const before = t === 0 ? null : at(input.weights, 'weight', t - 1);
          if (before?.some((value) => !Number.isNaN(value))) rebalanceResearch(book, before.map((value) => (Number.isNaN(value) ? 0 : value)), at(input.bars, 'open', t), COSTS);
          expect(run.equity[t]).toBe(markResearch(book, at(input.bars, 'close', t)));
        }
        expect(run.book).toEqual(book);
      }),
      { numRuns: 60, seed: 3 },
    );
  });

  it('sees nothing after a session: cut there it is the same up to there', () => {
    const input = made(20, 80, 9);
    const whole = runWeights({ ...input, initialCash: 1e6, costs: COSTS });
    for (const sessions of [1, 2, 33, 79]) {
      const { equity, turnover, costs } = runWeights({ ...cut(input, sessions), initialCash: 1e6, costs: COSTS });
      expect([equity, turnover, costs]).toEqual([whole.equity, whole.turnover, whole.costs].map((values) => values.slice(0, sessions)));
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
    expect(() => runWeights({ bars, weights: short, initialCash: 1000, costs: COSTS })).toThrow('expected weights of 0 or more, found -0.1');
  });
});
