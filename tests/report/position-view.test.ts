import { describe, expect, it } from 'vitest';
import type { Recommendation } from '../../src/recommendation/recommendation.js';
import { positionViews } from '../../src/report/position-view.js';
import type { PriceSeries } from '../../src/report/price-series.js';
import { AS_OF, reportInput } from './fixture.js';

const { document } = reportInput();
const base: Recommendation = { ...document.recommendations[0], symbol: 'AAA', entry: 100, stop: 95, target: 115, weight: 0.1 };

function flat(close: number): PriceSeries {
  return { sessions: [AS_OF], open: [close], high: [close], low: [close], close: [close], volume: [1] };
}

function view(change: Partial<Recommendation>, close?: number) {
  const charts = new Map(close === undefined ? [] : [['AAA', flat(close)] as const]);
  return positionViews({ ...document, recommendations: [{ ...base, ...change }] }, { charts, chartSessions: 126 })[0];
}

describe('the view of a position', () => {
  it('counts an entry from its reference price', () => {
    const one = view({ action: 'enter' }, 100);
    expect(one.stopDistance).toBeCloseTo(-0.05, 12);
    expect(one.targetDistance).toBeCloseTo(0.15, 12);
    expect(one.rewardToRisk).toBeCloseTo(3, 10);
    expect(one.atRisk).toBeCloseTo(0.005, 12);
    expect(one.sincePaid).toBeNull();
  });

  it('counts a holding from the last close', () => {
    const one = view({ action: 'hold' }, 110);
    expect(one.sincePaid).toBeCloseTo(0.1, 12);
    expect(one.stopDistance).toBeCloseTo(95 / 110 - 1, 12);
    expect(one.atRisk).toBeCloseTo(0.1 * (15 / 110), 12);
  });

  it('has no close and counts from the price paid where there is no bar', () => {
    expect(view({ action: 'hold' })).toMatchObject({ close: null, sincePaid: null, reference: 100, bars: null });
    expect(view({ action: 'hold' }, Number.NaN)).toMatchObject({ close: null, bars: null });
  });

  it('risks nothing by an exit, nor by a stop above the close', () => {
    expect(view({ action: 'exit' }, 100).atRisk).toBe(0);
    expect(view({ action: 'hold' }, 90)).toMatchObject({ atRisk: 0, rewardToRisk: null });
  });

  it('takes the close of the book where there are no bars', () => {
    const [held] = document.portfolio.held;
    expect(positionViews({ ...document, recommendations: [{ ...base, symbol: held.symbol, action: 'hold' }] }, { charts: new Map(), chartSessions: 126 })[0]).toMatchObject({ close: held.close, held, bars: null });
  });

  it('buys entries, sells exits and reductions, and trades nothing else', () => {
    expect([view({ action: 'enter', trade: 30 }), view({ action: 'reduce', trade: 7 }), view({ action: 'exit', trade: 12 }), view({ action: 'hold', trade: 0 })].map(({ trade }) => trade)).toEqual([{ side: 'buy', shares: 30 }, { side: 'sell', shares: 7 }, { side: 'sell', shares: 12 }, null]);
  });

  it('puts exits before reductions before entries before holdings and keeps the document’s order within', () => {
    const actions = positionViews(document, { charts: new Map(), chartSessions: 126 }).map((one) => one.recommendation);
    expect(actions.map((one) => one.action)).toEqual([...Array(2).fill('exit'), 'reduce', ...Array(6).fill('enter'), ...Array(3).fill('hold')]);
    expect(actions.slice(3, 9).map((one) => one.symbol)).toEqual(document.recommendations.filter((one) => one.action === 'enter').map((one) => one.symbol));
  });
});
