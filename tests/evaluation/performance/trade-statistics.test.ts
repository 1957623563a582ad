import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tradeStatistics, type ClosedTrade } from '../../../src/evaluation/performance/trade-statistics.js';

const trade = (profit: number, sessions = 5, cost = 1000): ClosedTrade => ({ return: profit / cost, profit, sessions });

describe('trade statistics', () => {
  it('by hand', () => {
    expect(tradeStatistics([trade(60, 3), trade(-20, 4), trade(-10, 10), trade(0, 1), trade(30, 7, 500), trade(-15, 5)])).toEqual({
      trades: 6, wins: 2, losses: 3, hitRate: 2 / 6, profitFactor: 2,
      expectancy: { return: expect.closeTo((0.06 - 0.02 - 0.01 + 0 + 0.06 - 0.015) / 6, 15), profit: 7.5 },
      averageWin: { return: 0.06, profit: 45 },
      averageLoss: { return: expect.closeTo(-0.015, 15), profit: -15 },
      payoffRatio: 3,
      holding: { mean: 5, median: 4.5, shortest: 1, longest: 10 },
      longestLosingRun: 2,
    });
  });

  it('of no trade, of wins alone, of losses alone', () => {
    expect(tradeStatistics([])).toEqual({ trades: 0, wins: 0, losses: 0, hitRate: null, profitFactor: null, expectancy: null, averageWin: null, averageLoss: null, payoffRatio: null, holding: null, longestLosingRun: 0 });
    expect(tradeStatistics([trade(1), trade(2)])).toMatchObject({ hitRate: 1, profitFactor: null, averageLoss: null, payoffRatio: null, longestLosingRun: 0 });
    expect(tradeStatistics([trade(-1), trade(-2)])).toMatchObject({ hitRate: 0, profitFactor: 0, averageWin: null, payoffRatio: null, longestLosingRun: 2 });
  });

  it('a trade that gave nothing ends a losing run', () => {
    expect(tradeStatistics([trade(-1), trade(0), trade(-1)]).longestLosingRun).toBe(1);
  });

  const trades = fc.array(fc.record({ profit: fc.integer({ min: -500, max: 500 }), sessions: fc.integer({ min: 0, max: 20 }) }), { minLength: 1, maxLength: 40 }).map((drawn) => drawn.map(({ profit, sessions }) => trade(profit, sessions)));

  it('expectancy is what wins and losses give by their shares, and profits scale it alone', () => {
    fc.assert(
      fc.property(trades, (given) => {
        const found = tradeStatistics(given);
        const weighed = (found.wins * (found.averageWin?.profit ?? 0) + found.losses * (found.averageLoss?.profit ?? 0)) / found.trades;
        expect(found.expectancy!.profit).toBeCloseTo(weighed, 9);
        const grown = tradeStatistics(given.map((one) => ({ ...one, profit: one.profit * 4 })));
        expect(grown).toMatchObject({ hitRate: found.hitRate, profitFactor: found.profitFactor, payoffRatio: found.payoffRatio, longestLosingRun: found.longestLosingRun });
        expect(grown.expectancy!.profit).toBe(found.expectancy!.profit * 4);
      }),
      { numRuns: 50, seed: 2 },
    );
  });

  it('mirrored, wins become losses', () => {
    fc.assert(
      fc.property(trades, (given) => {
        const [found, mirrored] = [tradeStatistics(given), tradeStatistics(given.map((one) => ({ ...one, profit: -one.profit, return: -one.return })))];
        expect([mirrored.wins, mirrored.losses]).toEqual([found.losses, found.wins]);
        if (found.profitFactor !== null && found.profitFactor > 0) expect(mirrored.profitFactor! * found.profitFactor).toBeCloseTo(1, 12);
      }),
      { numRuns: 50, seed: 2 },
    );
  });

  it('refuses what is no trade', () => {
    expect(() => tradeStatistics([trade(1), trade(Number.NaN)])).toThrow('expected a finite return and profit and a whole number of sessions, found NaN, NaN and 5 in trade 1');
    for (const sessions of [-1, 1.5]) expect(() => tradeStatistics([trade(1, sessions)])).toThrow(expect.objectContaining({ code: 'BAD_TRADE', fields: expect.objectContaining({ position: 0, sessions }) }));
  });
});
