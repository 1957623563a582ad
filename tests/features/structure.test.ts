import { describe, expect, it } from 'vitest';

import type { SeriesFeature } from '../../src/features/feature.js';
import { candleBody, lowerShadow, upperShadow } from '../../src/features/structure/candle.js';
import { channelBreakout } from '../../src/features/structure/channel-breakout.js';
import { closeLocation } from '../../src/features/structure/close-location.js';
import { closingRun } from '../../src/features/structure/closing-run.js';
import { distanceToHigh } from '../../src/features/structure/distance-to-high.js';
import { distanceToLow } from '../../src/features/structure/distance-to-low.js';
import { STRUCTURE } from '../../src/features/structure/family.js';
import { gapFilled } from '../../src/features/structure/gap-filled.js';
import { gapZScore } from '../../src/features/structure/gap-z-score.js';
import { higherLows } from '../../src/features/structure/higher-lows.js';
import { insideDay } from '../../src/features/structure/inside-day.js';
import { narrowestRange } from '../../src/features/structure/narrowest-range.js';
import { outsideDay } from '../../src/features/structure/outside-day.js';
import { overnightGap } from '../../src/features/structure/overnight-gap.js';
import { pivotDistance } from '../../src/features/structure/pivot-distance.js';
import { rangeExpansion } from '../../src/features/structure/range-expansion.js';
import { newHigh, sessionsSinceHigh } from '../../src/features/structure/sessions-since-high.js';
import { sessionsSinceLow } from '../../src/features/structure/sessions-since-low.js';
import { cleanBars, mapBars, seriesOf, type Bars } from './bars.js';
import { barsAt, expectDefinition, lastOf, mean, span, variance, without, type Definition, type Paper } from './definitions.js';

const flag = (holds: boolean): number => (holds ? 1 : 0);
const top = ({ H }: Paper, window: number, ago = 0): number => Math.max(...span(window, H, ago));
const bottom = ({ L }: Paper, window: number, ago = 0): number => Math.min(...span(window, L, ago));
const since = (values: readonly number[], extreme: number): number => values.length - 1 - values.lastIndexOf(extreme);

/** How many times in a row, from today back, `holds` is true; at most `longest`. */
const inARow = (longest: number, holds: (ago: number) => boolean): number => {
  const first = Array.from({ length: longest }, (_, ago) => holds(ago)).indexOf(false);
  return first < 0 ? longest : first;
};

const definitions: Readonly<Record<string, Definition>> = {
  'overnight-gap': ({ O, C }) => (O(0) - C(1)) / C(1),
  'gap-z-score-63': ({ O, C }) => {
    const gaps = span(63, (ago) => Math.log(O(ago) / C(ago + 1)));
    return (gaps[62] - mean(gaps)) / Math.sqrt(variance(gaps));
  },
  'gap-filled': ({ H, L, C }) => flag(L(0) <= C(1) && C(1) <= H(0)),
  'close-location': ({ H, L, C }) => (C(0) - L(0)) / (H(0) - L(0)),
  'candle-body': ({ O, H, L, C }) => (C(0) - O(0)) / (H(0) - L(0)),
  'upper-shadow': ({ O, H, L, C }) => (H(0) - Math.max(O(0), C(0))) / (H(0) - L(0)),
  'lower-shadow': ({ O, H, L, C }) => (Math.min(O(0), C(0)) - L(0)) / (H(0) - L(0)),
  'inside-day': ({ H, L }) => flag(H(0) <= H(1) && L(0) >= L(1)),
  'outside-day': ({ H, L }) => flag(H(0) > H(1) && L(0) < L(1)),
  'range-expansion-20': ({ TR }) => TR(0) / mean(span(20, TR, 1)),
  'narrowest-range-7': ({ H, L }) => flag(H(0) - L(0) === Math.min(...span(7, (ago) => H(ago) - L(ago)))),
  'distance-to-high-20': (now) => now.C(0) / top(now, 20) - 1,
  'distance-to-high-252': (now) => now.C(0) / top(now, 252) - 1,
  'distance-to-low-20': (now) => now.C(0) / bottom(now, 20) - 1,
  'distance-to-low-252': (now) => now.C(0) / bottom(now, 252) - 1,
  'sessions-since-high-252': (now) => since(span(252, now.H), top(now, 252)),
  'sessions-since-low-252': (now) => since(span(252, now.L), bottom(now, 252)),
  'new-high-252': (now) => flag(now.H(0) === top(now, 252)),
  'closing-run-10': ({ C }) => (C(0) > C(1) ? inARow(10, (ago) => C(ago) > C(ago + 1)) : -inARow(10, (ago) => C(ago) < C(ago + 1))),
  'higher-lows-10': ({ L }) => inARow(10, (ago) => L(ago) > L(ago + 1)),
  'channel-breakout-20': (now) => {
    const [high, low] = [top(now, 20, 1), bottom(now, 20, 1)];
    const beyond = now.C(0) > high ? now.C(0) - high : now.C(0) < low ? now.C(0) - low : 0;
    return beyond / mean(span(20, now.TR));
  },
  'pivot-distance': ({ H, L, C }) => (C(0) - (H(1) + L(1) + C(1)) / 3) / (H(1) - L(1)),
};

describe('structure features', () => {
  it.each(STRUCTURE.map((feature) => [feature.name, feature] as const))('%s equals its definition, written out', (name, feature) => {
    expectDefinition(feature as SeriesFeature, definitions[name]);
  });

  it('are NaN at a session without a bar that they look at, and never infinite where a price is 0', () => {
    const missing = without(cleanBars(300), 299);
    const broken = mapBars(cleanBars(300), (values) => values.map((value, t) => (t === 60 ? 0 : value)));
    const aged = ['sessions-since-high-252', 'sessions-since-low-252', 'new-high-252']; // of highs and lows that are there
    for (const feature of STRUCTURE as readonly SeriesFeature[]) {
      if (!aged.includes(feature.name)) expect(lastOf(feature, missing), feature.name).toBeNaN();
      expect(feature.compute(seriesOf(broken)).filter((found) => Math.abs(found) === Infinity), feature.name).toHaveLength(0);
    }
  });
});

/** Bars given as [open, high, low, close]. */
function candles(...rows: readonly (readonly [number, number, number, number])[]): Bars {
  const column = (i: 0 | 1 | 2 | 3): Float64Array => Float64Array.from(rows, (row) => row[i]);
  return { open: column(0), high: column(1), low: column(2), close: column(3), volume: new Float64Array(rows.length).fill(1e6) };
}

describe('gaps', () => {
  const before = [100, 101, 99, 100] as const;

  it.each<[string, readonly [number, number, number, number], number, number]>([
    ['up and away', [110, 115, 108, 112], 0.1, 0],
    ['up and back to the close before', [110, 112, 100, 105], 0.1, 1],
    ['down and away', [90, 95, 88, 94], -0.1, 0],
    ['down and through', [90, 103, 90, 102], -0.1, 1],
    ['none', [100, 102, 99, 101], 0, 1],
  ])('%s', (_, today, gap, filled) => {
    expect(lastOf(overnightGap, candles(before, today))).toBeCloseTo(gap, 12);
    expect(lastOf(gapFilled, candles(before, today))).toBe(filled);
  });

  it('are unusual by the standard of the instrument', () => {
    const bars = cleanBars(80);
    const jump = { ...bars, open: bars.open.map((value, t) => (t === 79 ? bars.close[78] * 1.08 : value)) };
    expect(lastOf(gapZScore(63), jump)).toBeGreaterThan(4);
    expect(lastOf(gapZScore(63), barsAt(new Float64Array(80).fill(20)))).toBeNaN();
  });
});

describe('candles', () => {
  it('divide the range into body and shadows', () => {
    const bars = cleanBars(50);
    const parts = [candleBody, upperShadow, lowerShadow].map((feature) => feature.compute(seriesOf(bars)));
    for (let t = 0; t < 50; t++) expect(Math.abs(parts[0][t]) + parts[1][t] + parts[2][t]).toBeCloseTo(1, 12);
  });

  it('of one bar', () => {
    const bar = candles([12, 20, 10, 18]);
    expect([candleBody, upperShadow, lowerShadow, closeLocation].map((feature) => lastOf(feature, bar))).toEqual([0.6, 0.2, 0.2, 0.8]);
  });

  it('are NaN of a bar without a range', () => {
    for (const feature of [candleBody, upperShadow, lowerShadow, closeLocation]) expect(lastOf(feature, barsAt([10])), feature.name).toBeNaN();
  });
});

describe('a day and the one before', () => {
  const before = [100, 105, 95, 102] as const;

  it.each<[string, readonly [number, number, number, number], number, number]>([
    ['within', [100, 104, 96, 101], 1, 0],
    ['the same range', [100, 105, 95, 101], 1, 0],
    ['beyond both ends', [100, 106, 94, 101], 0, 1],
    ['beyond one end', [100, 106, 96, 101], 0, 0],
    ['beyond one end, the other equal', [100, 106, 95, 101], 0, 0],
  ])('%s', (_, today, inside, outside) => {
    expect(lastOf(insideDay, candles(before, today))).toBe(inside);
    expect(lastOf(outsideDay, candles(before, today))).toBe(outside);
  });

  it('the pivot is the mean of high, low and close before', () => {
    expect(lastOf(pivotDistance, candles([100, 110, 90, 100], [100, 120, 100, 115]))).toBeCloseTo(0.75, 12);
    expect(lastOf(pivotDistance, barsAt([10, 11]))).toBeNaN();
  });
});

describe('ranges', () => {
  it('expand against what was usual, today left out', () => {
    const bars = candles(...Array.from({ length: 21 }, () => [100, 101, 99, 100] as const), [100, 106, 98, 104]);
    expect(lastOf(rangeExpansion(20), bars)).toBeCloseTo(4, 12);
  });

  it('equal to the narrowest is narrowest, however prices round', () => {
    const narrow = candles(...Array.from({ length: 6 }, (_, t) => [10, 10.4 + t / 10, 10, 10.2] as const), [20, 20.3, 19.9, 20]);
    expect(20.3 - 19.9).toBeGreaterThan(10.4 - 10); // both 0.4 on paper
    expect(lastOf(narrowestRange(7), narrow)).toBe(1);
    expect(lastOf(narrowestRange(7), candles(...Array.from({ length: 7 }, (_, t) => [10, 10.5 + t / 10, 10, 10.2] as const)))).toBe(0);
  });
});

describe('extremes', () => {
  const path = barsAt([...Array.from({ length: 252 }, (_, t) => 100 + (t < 100 ? t : 200 - t)), 150]); // top 200 at 100, bottom 49 at 251

  it('are found with their age', () => {
    expect(lastOf(distanceToHigh(252), path)).toBeCloseTo(150 / 200 - 1, 12);
    expect(lastOf(distanceToLow(252), path)).toBeCloseTo(150 / 49 - 1, 12);
    expect(lastOf(sessionsSinceHigh(252), path)).toBe(152);
    expect(lastOf(sessionsSinceLow(252), path)).toBe(1);
    expect(lastOf(newHigh(252), path)).toBe(0);
  });

  it('count highs and lows of the day, not closes', () => {
    const bars = candles([10, 14, 8, 10], [10, 11, 9, 10]);
    expect(lastOf(distanceToHigh(2), bars)).toBeCloseTo(10 / 14 - 1, 12);
    expect(lastOf(distanceToLow(2), bars)).toBeCloseTo(10 / 8 - 1, 12);
  });

  it('reached again are new', () => {
    expect(lastOf(newHigh(3), barsAt([5, 4, 5]))).toBe(1);
    expect(lastOf(sessionsSinceHigh(3), barsAt([5, 4, 5]))).toBe(0);
  });

  it('a breakout counts from the channel of the sessions before, in mean true ranges', () => {
    const inside = Array.from({ length: 20 }, () => [100, 101, 99, 100] as const);
    // true ranges: nineteen of 2, then one of 12
    expect(lastOf(channelBreakout(20), candles(...inside, [100, 112, 100, 111]))).toBeCloseTo(10 / 2.5, 12);
    expect(lastOf(channelBreakout(20), candles(...inside, [100, 100, 88, 89]))).toBeCloseTo(-10 / 2.5, 12);
    expect(lastOf(channelBreakout(20), candles(...inside, [100, 112, 88, 100]))).toBe(0);
  });
});

describe('runs', () => {
  it.each<[readonly number[], number]>([
    [[9, 10, 11, 12, 13, 14], 5],
    [[9, 10, 11, 10, 11, 12], 2],
    [[9, 10, 11, 10, 9, 8], -3],
    [[9, 10, 11, 12, 13, 13], 0],
    [[9, 10, 10, 10, 11, 12], 2],
  ])('of closes %j: %d', (closes, expected) => {
    expect(lastOf(closingRun(5), barsAt(closes))).toBe(expected);
  });

  it('end at their longest', () => {
    expect(lastOf(closingRun(10), barsAt(Array.from({ length: 30 }, (_, t) => 10 + t)))).toBe(10);
    expect(lastOf(higherLows(10), barsAt(Array.from({ length: 30 }, (_, t) => 10 + t)))).toBe(10);
  });

  it('of higher lows', () => {
    expect(lastOf(higherLows(5), barsAt([9, 8, 7, 8, 9, 10]))).toBe(3);
    expect(lastOf(higherLows(5), barsAt([9, 8, 7, 8, 9, 9]))).toBe(0);
  });

  it('into a hole are not known, before a hole they are', () => {
    const rising = barsAt([9, 10, 11, 12, 13, 14]);
    expect(lastOf(closingRun(5), without(rising, 2))).toBeNaN();
    expect(lastOf(higherLows(5), without(rising, 2))).toBeNaN();
    const turned = barsAt([9, 10, 11, 14, 13, 14]);
    expect(lastOf(closingRun(5), without(turned, 1))).toBe(1);
    expect(lastOf(higherLows(5), without(turned, 1))).toBe(1);
  });
});
