import { describe, expect, it } from 'vitest';
import { isoDate, toEpochDay } from '../../../src/core/dates.js';
import { calendarReturns } from '../../../src/evaluation/performance/calendar-returns.js';
import { marketLine } from '../../../src/evaluation/performance/market-line.js';
import { performanceSummary } from '../../../src/evaluation/performance/performance-summary.js';
import { sharpeRatio } from '../../../src/evaluation/performance/sharpe-ratio.js';
import { drawReturns } from './draws.js';

const days = (...dates: string[]): Int32Array => Int32Array.from(dates, (date) => toEpochDay(isoDate(date)));
const months = (given: Readonly<Record<number, number>>): unknown[] => Array.from({ length: 12 }, (_, month) => (month in given ? expect.closeTo(given[month], 14) : null));

describe('calendar returns', () => {
  it('compound within months and years', () => {
    const sessions = days('2023-11-30', '2023-12-01', '2023-12-29', '2024-01-02', '2024-03-28');
    expect(calendarReturns([0.1, 0.2, -0.5, 0.01, 0.02], sessions)).toEqual([
      { year: 2023, total: expect.closeTo(1.1 * 1.2 * 0.5 - 1, 14), months: months({ 10: 0.1, 11: 1.2 * 0.5 - 1 }) },
      { year: 2024, total: expect.closeTo(1.01 * 1.02 - 1, 14), months: months({ 0: 0.01, 2: 0.02 }) },
    ]);
    expect(calendarReturns([], [])).toEqual([]);
  });

  it('multiply to the whole', () => {
    const returns = drawReturns(1, 700);
    const first = toEpochDay(isoDate('2020-02-03'));
    const years = calendarReturns(returns, Int32Array.from(returns, (_, t) => first + t));
    expect(years.map(({ year }) => year)).toEqual([2020, 2021, 2022]);
    const whole = performanceSummary(returns).totalReturn!;
    expect(years.reduce((product, { total }) => product * (1 + total), 1) - 1).toBeCloseTo(whole, 12);
    expect(years.flatMap((year) => year.months).reduce<number>((product, value) => product * (1 + (value ?? 0)), 1) - 1).toBeCloseTo(whole, 12);
  });

  it('want sessions that ascend, one a return', () => {
    expect(() => calendarReturns([0.1, 0.1], days('2024-01-03', '2024-01-03'))).toThrow('expected strictly ascending sessions, found 19725 after 19725 at position 1 in calendarReturns');
    expect(() => calendarReturns([0.1], days('2024-01-02', '2024-01-03'))).toThrow('expected a return for each of 2 sessions, found 1 in calendarReturns');
  });
});

describe('performance summary', () => {
  const [returns, benchmark] = [drawReturns(3, 300), drawReturns(4, 300)];
  const sessions = Int32Array.from(returns, (_, t) => toEpochDay(isoDate('2024-01-02')) + t);

  it('says what was asked, and no more', () => {
    const alone = performanceSummary(returns);
    expect(alone).toMatchObject({ sessions: 300, first: null, last: null, calendar: null, benchmark: null, sharpeRatio: sharpeRatio(returns) });
    expect(alone.worstDrawdowns).toHaveLength(5);
    expect(alone.maxDrawdown).toBe(alone.worstDrawdowns[0].depth);
    const whole = performanceSummary(returns, { benchmark, sessions });
    expect(whole).toMatchObject({ first: '2024-01-02', last: '2024-10-27', benchmark: marketLine(returns, benchmark)! });
    expect({ ...whole, first: null, last: null, calendar: null, benchmark: null }).toEqual(alone);
    expect(whole.calendar).toEqual(calendarReturns(returns, sessions));
  });

  it('hands its options on', () => {
    const options = { sessionsPerYear: 12, riskFree: 0.0002 };
    const found = performanceSummary(returns, { ...options, benchmark, drawdowns: 0 });
    expect(found.sharpeRatio).toBe(sharpeRatio(returns, options));
    expect(found.benchmark).toMatchObject(marketLine(returns, benchmark, options)!);
    expect(found.worstDrawdowns).toEqual([]);
    expect(found.maxDrawdown).toBeLessThan(0);
  });

  it('is plain JSON, whatever there is to tell', () => {
    for (const given of [returns, [], [0.01], new Float64Array(10), [-1]]) {
      const found = performanceSummary(given, { benchmark: Float64Array.from(given), sessions: sessions.subarray(0, given.length) });
      expect(JSON.parse(JSON.stringify(found))).toEqual(found);
      expect(Object.values({ ...found, ...found.benchmark }).filter((value) => typeof value === 'number' && !Number.isFinite(value))).toEqual([]);
    }
    expect(performanceSummary([]).maxDrawdown).toBeNull();
    expect(performanceSummary([0.01]).maxDrawdown).toBe(0);
  });

  it('is the same whatever holds the numbers', () => {
    expect(performanceSummary([...returns], { benchmark: [...benchmark], sessions: [...sessions] })).toEqual(performanceSummary(returns, { benchmark, sessions }));
  });

  it('refuses gaps by their place', () => {
    expect(() => performanceSummary(returns.with(7, Number.NaN))).toThrow('expected finite simple returns of at least −1, found NaN at position 7 in performanceSummary');
    expect(() => performanceSummary(returns, { benchmark: benchmark.subarray(1) })).toThrow('expected a return for each of 300 sessions, found 299 in benchmark of marketLine');
  });
});
