import { describe, expect, it } from 'vitest';

import type { BacktestRun } from '../../src/backtest/backtest-run.js';
import { figuresOfRun } from '../../src/backtest/figures-of-run.js';
import { isoDate, toEpochDay } from '../../src/core/dates.js';
import { performanceSummary } from '../../src/evaluation/performance/performance-summary.js';
import type { Fill, FillReason } from '../../src/portfolio/book.js';
import { toCents } from '../../src/portfolio/cents.js';

const DAYS = ['2024-01-02', '2024-01-03', '2024-01-04', '2024-01-05', '2024-01-08'].map((date) => isoDate(date));
const SESSIONS = Int32Array.from(DAYS, toEpochDay);

const fill = (symbol: string, at: number, value: number, reason: FillReason = 'entry'): Fill => {
  const gross = toCents(value);
  return { symbol, side: reason === 'entry' ? 'buy' : 'sell', shares: 10, price: value / 10, reference: value / 10, session: DAYS[at], reason, gross, commission: toCents(1), concession: toCents(0), costs: 1, basis: gross };
};

/** Of 1,000: two names bought on the second session, one sold on the fourth, the other delisted on the fifth. */
const RUN: BacktestRun = {
  book: 'cash',
  sessions: SESSIONS,
  equity: Float64Array.of(1000, 1000, 1100, 990, 1010),
  returns: Float64Array.of(0, 0.1, 990 / 1100 - 1, 1010 / 990 - 1),
  gross: Float64Array.of(0, 0.6, 0.6, 0.2, 0),
  net: Float64Array.of(0, 0.2, 0.6, 0.2, 0),
  names: Float64Array.of(0, 2, 2, 1, 0),
  turnover: Float64Array.of(0, 0.6, 0, 0.4, 0),
  costs: Float64Array.of(0, 2, 0, 1, 0),
  orders: [],
  fills: [fill('A', 1, 400), fill('B', 1, 200), fill('A', 3, 440, 'target'), fill('B', 4, 190, 'delisted')],
  unfilled: [{ session: DAYS[2], symbol: 'C', reason: 'no open' }],
  events: [{ kind: 'delisted', session: DAYS[4], symbol: 'B', price: 19, reason: 'acquired' }],
  trades: [
    { symbol: 'A', entrySession: DAYS[1], exitSession: DAYS[3], shares: 10, cost: 401, proceeds: 439, return: 439 / 401 - 1, sessions: 2, expected: null, why: 'target' },
    { symbol: 'B', entrySession: DAYS[1], exitSession: DAYS[4], shares: 10, cost: 201, proceeds: 190, return: 190 / 201 - 1, sessions: 3, expected: null, why: 'delisted' },
  ],
  positions: [],
};

describe('figures of a run', () => {
  const tradedValue = (symbol: string): number => (symbol === 'A' ? 100_000 : Number.NaN);
  const benchmark = Float64Array.of(0.01, -0.01, 0.02, 0);
  const figures = figuresOfRun(RUN, { benchmark, tradedValue, sessionsPerYear: 100, factors: { market: benchmark } });

  it('count what happened', () => {
    expect(figures).toMatchObject({ first: '2024-01-02', last: '2024-01-08', sessions: 4, initialEquity: 1000, finalEquity: 1010, fills: 4, unfilled: 1, delisted: 1 });
  });

  it('judge its returns by the sessions at whose close they were complete, beside the benchmark', () => {
    expect(figures.performance).toEqual(performanceSummary(RUN.returns, { sessionsPerYear: 100, benchmark, sessions: SESSIONS.subarray(1) }));
    expect(figures.performance).toMatchObject({ first: '2024-01-03', last: '2024-01-08', sessions: 4 });
    expect(Object.keys(figures.factors!.loadings)).toEqual(['market']);
  });

  it('leave the first session out of means', () => {
    expect(figures.exposure).toEqual({ meanGross: expect.closeTo(0.35, 15), meanNet: 0.25, meanNames: 1.25, timeInMarket: 0.75 });
    expect(figures.turnover).toEqual({ mean: 0.25, annual: 25 });
    expect(figures.costs).toEqual({ total: 3, annual: expect.closeTo(((2 / 1000 + 1 / 1100) / 4) * 100, 15) });
  });

  it('have the profit of each trade', () => {
    expect(figures.trades).toMatchObject({ trades: 2, hitRate: 0.5, profitFactor: 38 / 11, expectancy: { profit: 13.5 }, holding: { mean: 2.5 } });
  });

  it('take capacity from fills against the equity before them, without what a delisting paid', () => {
    // 400 of 1000 and 440 of 1100: two fifths of the equity each, where 100,000 is traded
    expect(figures.capacity).toEqual({ equity: expect.closeTo(0.02 * 100_000 / 0.4, 9), participation: 0.02, fills: 2 });
    expect(figuresOfRun(RUN, { benchmark, tradedValue, participation: 0.1 }).capacity!.equity).toBeCloseTo(25_000, 8);
    const asked: string[] = [];
    figuresOfRun(RUN, { benchmark, tradedValue: (symbol, session) => asked.push(`${symbol} ${session}`) });
    expect(asked).toEqual(['A 2024-01-03', 'B 2024-01-03', 'A 2024-01-05']);
  });

  it('are null where nothing is known', () => {
    const bare = figuresOfRun(RUN, { benchmark: null });
    expect(bare).toMatchObject({ capacity: null, factors: null, performance: { benchmark: null } });
    expect(figuresOfRun(RUN, { benchmark: null, tradedValue: () => Number.NaN }).capacity).toBeNull();
    expect(figuresOfRun({ ...RUN, book: 'research', trades: [], fills: [] }, { benchmark, tradedValue })).toMatchObject({ trades: null, capacity: null });
  });

  it('of a single session say only what it started with', () => {
    const one = (values: Float64Array): Float64Array => values.slice(0, 1);
    const run: BacktestRun = { ...RUN, sessions: SESSIONS.slice(0, 1), equity: one(RUN.equity), returns: new Float64Array(0), gross: one(RUN.gross), net: one(RUN.net), names: one(RUN.names), turnover: one(RUN.turnover), costs: one(RUN.costs), fills: [], unfilled: [], events: [], trades: [] };
    const found = figuresOfRun(run, { benchmark: [], tradedValue });
    expect(found).toMatchObject({ first: '2024-01-02', last: '2024-01-02', sessions: 0, finalEquity: 1000, exposure: { meanGross: null, timeInMarket: null }, turnover: { mean: null, annual: null }, costs: { total: 0, annual: null }, capacity: null, trades: { trades: 0, hitRate: null } });
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
    expect(() => figuresOfRun({ ...run, sessions: new Int32Array(0) }, { benchmark: null })).toThrow('expected a run of at least one session, found none in figuresOfRun');
  });

  it('survive JSON', () => {
    expect(JSON.parse(JSON.stringify(figures))).toEqual(figures);
  });

  it('refuse a benchmark of other sessions', () => {
    expect(() => figuresOfRun(RUN, { benchmark: [0.1] })).toThrow('expected a return for each of 4 sessions, found 1');
  });
});
