import { describe, expect, it } from 'vitest';

import { momentum121 } from '../../src/features/momentum/momentum-12-1.js';
import { averageTrueRange } from '../../src/features/volatility/average-true-range.js';
import { realizedVolatility } from '../../src/features/volatility/realized-volatility.js';
import { medianDollarVolume } from '../../src/features/volume/dollar-volume.js';
import { cleanBars, mapBars, seriesOf, type Bars } from './bars.js';

const without = (bars: Bars, ...sessions: readonly number[]): Bars => mapBars(bars, (values) => values.map((value, t) => (sessions.includes(t) ? Number.NaN : value)));

describe('momentum-12-1', () => {
  it('is the return from 252 to 21 sessions ago', () => {
    const bars = mapBars(cleanBars(254), (values) => values.fill(50));
    bars.close[1] = 80; // 252 sessions before 253
    bars.close[232] = 100; // 21 sessions before 253
    const values = momentum121.compute(seriesOf(bars));
    expect(values[253]).toBeCloseTo(0.25, 12);
    expect(values[252]).toBeCloseTo(0, 12);
  });

  it('does not see the last month', () => {
    const bars = cleanBars(300);
    const shocked = mapBars(bars, (column) => column.map((value, t) => (t > 299 - 21 ? 2 * value : value)));
    expect(momentum121.compute(seriesOf(shocked))[299]).toBe(momentum121.compute(seriesOf(bars))[299]);
  });

  it('is NaN where one of its two prices is missing, and only there', () => {
    const bars = cleanBars(320);
    const values = momentum121.compute(seriesOf(without(bars, 30, 270)));
    const missing = [...values.keys()].filter((t) => Number.isNaN(values[t]) && t >= 252);
    expect(missing).toEqual([30 + 252, 270 + 21]);
  });
});

describe('realized-volatility', () => {
  it('is √252 times the size of moves that are all alike', () => {
    const bars = mapBars(cleanBars(30), (values) => values.map((_, t) => 100 * Math.exp(0.01 * (t % 2))));
    expect(realizedVolatility(21).compute(seriesOf(bars))[29]).toBeCloseTo(0.01 * Math.sqrt(252), 12);
  });

  it('equals its definition, written out', () => {
    const { close } = cleanBars(80, 3);
    const t = 77;
    let sum = 0;
    for (let s = t - 62; s <= t; s++) sum += Math.log(close[s] / close[s - 1]) ** 2;
    expect(realizedVolatility(63).compute(seriesOf(cleanBars(80, 3)))[t]).toBeCloseTo(Math.sqrt((252 / 63) * sum), 12);
  });

  it('averages over the returns that are there, while at least four in five are', () => {
    const quiet = mapBars(cleanBars(20), (values) => values.map((_, t) => 100 * Math.exp(0.02 * (t % 2))));
    const feature = realizedVolatility(10);
    // one missing close costs two returns: eight of ten are left
    expect(feature.compute(seriesOf(without(quiet, 15)))[19]).toBeCloseTo(0.02 * Math.sqrt(252), 12);
    expect(feature.compute(seriesOf(without(quiet, 13, 17)))[19]).toBeNaN();
  });
});

describe('average-true-range', () => {
  it('takes the gap from the close before into the range', () => {
    const bars = mapBars(cleanBars(3), (values) => values.fill(100));
    bars.high.set([100, 104, 112]);
    bars.low.set([100, 98, 110]);
    bars.close.set([100, 102, 111]);
    // true ranges: 104 − 98 = 6, then max(112, 102) − min(110, 102) = 10
    expect(averageTrueRange(2).compute(seriesOf(bars))[2]).toBeCloseTo((6 + 10) / 2 / 111, 12);
  });

  it('has no value at a session without a close', () => {
    const bars = cleanBars(40);
    const values = averageTrueRange(14).compute(seriesOf(without(bars, 30)));
    expect(values[30]).toBeNaN();
    expect(values[29]).toBeGreaterThan(0);
    expect(values[31]).toBeGreaterThan(0);
  });
});

describe('medianDollarVolume', () => {
  it.each([
    [[3, 1, 2], 2],
    [[4, 1, 3, 2], 2.5],
    [[7], 7],
    [[1, 2, 3, 4, Number.NaN], 2.5],
  ])('of %j is %d', (values, expected) => {
    expect(medianDollarVolume(values)).toBe(expected);
  });

  it('is NaN when more than a fifth is missing, and of nothing', () => {
    expect(medianDollarVolume([1, 2, 3, Number.NaN])).toBeNaN();
    expect(medianDollarVolume([])).toBeNaN();
  });

  it('leaves its input in order', () => {
    const values = Float64Array.of(3, 1, 2);
    medianDollarVolume(values);
    expect(Array.from(values)).toEqual([3, 1, 2]);
  });
});
