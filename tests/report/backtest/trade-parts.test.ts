import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { XNYS } from '../../../src/core/calendar.js';
import { fromEpochDay, isoDate, toEpochDay } from '../../../src/core/dates.js';
import type { Fill } from '../../../src/portfolio/book.js';
import { toCents } from '../../../src/portfolio/cents.js';
import type { RoundTrip } from '../../../src/portfolio/round-trips.js';
import type { TradePrices } from '../../../src/report/backtest/report-input.js';
import { LETTERS, packCandles, type Candles, type PackedCandles } from '../../../src/report/backtest/trades/packed-candles.js';
import { tradeData } from '../../../src/report/backtest/trades/trade-data.js';
import { fillsByTrade } from '../../../src/report/backtest/trades/trade-fills.js';
import { tradeView } from '../../../src/report/backtest/trades/trade-view.js';
import { madeBacktest } from './made-backtest.js';

const DAYS = XNYS.sessionDays(toEpochDay(isoDate('2017-01-03')), toEpochDay(isoDate('2017-12-29')));
const day = (t: number): ReturnType<typeof fromEpochDay> => fromEpochDay(DAYS[t]);

function unpacked({ digits, base, letters, text }: PackedCandles): number[] {
  return Array.from({ length: text.length / letters }, (_, i) => {
    const value = [...text.slice(i * letters, (i + 1) * letters)].reduce((sum, letter) => sum * 64 + LETTERS.indexOf(letter), 0);
    return value === 64 ** letters - 1 ? Number.NaN : (base + value) / 10 ** digits;
  });
}

describe('packed candles', () => {
  it('give every price back to its last decimal, and what is missing as missing', () => {
    const price = fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 1, max: 50_000_000 }).map((units) => units / 100) }, { weight: 1, arbitrary: fc.constant(Number.NaN) });
    fc.assert(fc.property(fc.array(fc.tuple(price, price, price, price), { minLength: 1, maxLength: 40 }), (rows) => {
      const column = (k: 0 | 1 | 2 | 3): number[] => rows.map((row) => row[k]);
      const candles: Candles = { open: column(0), high: column(1), low: column(2), close: column(3) };
      const packed = packCandles(candles);
      const all = rows.flat();
      if (all.every(Number.isNaN)) return expect(packed).toBeNull();
      expect(unpacked(packed!)).toEqual(all);
    }));
  });

  it('take two letters a price where prices are near each other, and keep cheap ones finely', () => {
    expect(packCandles({ open: [50], high: [51], low: [49.5], close: [50.2] })!.letters).toBe(2);
    expect(unpacked(packCandles({ open: [0.1234], high: [0.2], low: [0.1], close: [0.15] })!)).toEqual([0.1234, 0.2, 0.1, 0.15]);
  });
});

const fill = (t: number, side: 'buy' | 'sell', price: number, shares: number, basis: number, symbol = 'AAA'): Fill => ({ symbol, side, shares, price, reference: price, session: day(t), reason: side === 'buy' ? 'entry' : 'exit', gross: toCents(price * shares), commission: toCents(0), concession: toCents(0), costs: 0, basis: toCents(basis) });
const trade = (entry: number, exit: number, own: Partial<RoundTrip> = {}): RoundTrip => ({ symbol: 'AAA', entrySession: day(entry), exitSession: day(exit), shares: 10, cost: 1000, proceeds: 1100, return: 0.1, sessions: exit - entry, expected: null, why: 'exit', ...own });

/** Prices that rise by one a session. */
function rising(splits: TradePrices['splits'] = []): TradePrices {
  const close = Float64Array.from(DAYS, (_, t) => 100 + t);
  return { sessions: DAYS, open: close.map((value) => value - 0.5), high: close.map((value) => value + 1), low: close.map((value) => value - 2), close, splits };
}

describe('a trade as it is shown', () => {
  it('has its own fills, also where its name is traded again', () => {
    const fills = [fill(3, 'buy', 100, 10, 1000), fill(4, 'buy', 50, 4, 200, 'BBB'), fill(5, 'buy', 110, 10, 1100), fill(7, 'sell', 120, 5, 525), fill(9, 'sell', 130, 15, 1575), fill(9, 'buy', 131, 2, 262), fill(12, 'sell', 140, 2, 262)];
    const [first, second, unknown] = fillsByTrade([trade(3, 9), trade(9, 12), trade(3, 12)], fills);
    expect(first.map(({ price }) => price)).toEqual([100, 110, 120, 130]);
    expect(second.map(({ price }) => price)).toEqual([131, 140]);
    expect(unknown).toEqual([]);
  });

  it('means prices by shares, and says how far below them it was', () => {
    const { bought, sold, worst, candles } = tradeView(trade(30, 34), [fill(30, 'buy', 130, 10, 1300), fill(31, 'buy', 133, 20, 2660), fill(34, 'sell', 134, 30, 3960)], rising());
    expect(bought).toBeCloseTo(132, 10);
    expect(sold).toBe(134);
    expect(worst).toBeCloseTo(128 / 132 - 1, 10);
    expect(candles!.days).toEqual([...DAYS.slice(15, 43)]);
    expect(candles!.close[0]).toBe(115);
  });

  it('takes what it was sold at for the worst where that is lower than all before', () => {
    expect(tradeView(trade(30, 31), [fill(30, 'buy', 130, 10, 1300), fill(31, 'sell', 120, 10, 1300)], rising()).worst).toBeCloseTo(120 / 130 - 1, 10);
    expect(tradeView(trade(30, 31), [fill(30, 'buy', 120, 10, 1200), fill(31, 'sell', 129, 10, 1200)], rising()).worst).toBe(0);
  });

  it('restates what comes after a split to the shares that were bought', () => {
    const quoted = rising([{ session: day(32), ratio: 4 }]);
    const after = (column: ArrayLike<number>): Float64Array => Float64Array.from(column, (value, t) => (t >= 32 ? value / 4 : value));
    const prices: TradePrices = { ...quoted, open: after(quoted.open), high: after(quoted.high), low: after(quoted.low), close: after(quoted.close) };
    const view = tradeView(trade(30, 34), [fill(30, 'buy', 130, 10, 1300), fill(34, 'sell', 33.5, 40, 1300)], prices);
    expect(view.candles!.close).toEqual(tradeView(trade(30, 34), [], rising()).candles!.close);
    expect([view.sold, view.ratio]).toEqual([134, 4]);
    expect(view.worst).toBeCloseTo(128 / 130 - 1, 10);
  });

  it('draws a long trade with candles of several sessions that lose no high and no low', () => {
    const { candles } = tradeView(trade(20, 230), [], rising());
    expect(candles!.days.length).toBeLessThanOrEqual(120);
    expect(candles!.open[0]).toBe(rising().open[5]);
    expect(candles!.high[0]).toBe(rising().high[6]);
    expect(candles!.close.at(-1)).toBe(rising().close[238]);
  });

  it('does without prices and fills', () => {
    expect(tradeView(trade(3, 5), [], null)).toMatchObject({ bought: null, sold: null, worst: null, candles: null, ratio: 1 });
  });
});

describe('trades in the page', () => {
  const { run, prices } = madeBacktest({ sessions: 200, names: 20, positions: 5 });
  const fills = fillsByTrade(run.trades, run.fills);
  const views = run.trades.map((one, i) => tradeView(one, fills[i], prices(one.symbol)));
  const data = tradeData({ views, levels: () => ({ stop: 12.5, target: null }), companies: new Map([['N001', 'One & Co']]), nameOf: ({ symbol }) => symbol });

  it('can be read back', () => {
    const days = data.days.map((_, i) => data.days.slice(0, i + 1).reduce((a, b) => a + b, 0));
    expect(data.columns.symbol).toHaveLength(run.trades.length);
    run.trades.forEach((one, i) => {
      expect(data.symbols[data.columns.symbol[i]!]).toBe(one.symbol);
      expect(fromEpochDay(days[data.columns.entry[i]!])).toBe(one.entrySession);
      expect(fromEpochDay(days[data.columns.exit[i]!])).toBe(one.exitSession);
      expect(data.columns.gain[i]).toBeCloseTo(one.return, 5);
      expect(data.columns.profit[i]).toBeCloseTo(one.proceeds - one.cost, 2);
      const [first, steps, digits, base, letters, text] = data.candles[i] as [number, 0, number, number, number, string];
      const { candles } = views[i];
      expect(steps).toBe(0);
      expect(days.slice(first, first + candles!.days.length)).toEqual(candles!.days);
      expect(unpacked({ digits, base, letters, text }).filter((_, k) => k % 4 === 3)).toEqual(candles!.close);
    });
    expect(data.columns.stop.every((stop) => stop === 12.5)).toBe(true);
    expect(data.companies[data.symbols.indexOf('N001')]).toBe('One & Co');
  });

  it('keep the candles of what gained or lost most where there is no room for all', () => {
    const many = Array.from({ length: Math.ceil(2_400_000 / (views.length * 170)) }, () => views).flat();
    const kept = tradeData({ views: many, levels: () => null, companies: new Map(), nameOf: ({ symbol }) => symbol });
    const size = (i: number): number => Math.abs(many[i].trade.proceeds - many[i].trade.cost);
    const [drawn, left] = [kept.candles.flatMap((one, i) => (one === 0 ? [] : [size(i)])), kept.candles.flatMap((one, i) => (one === 0 ? [size(i)] : []))];
    expect(left.length).toBeGreaterThan(0);
    expect(drawn.length).toBeGreaterThan(0);
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(Math.max(...left));
  });
});
