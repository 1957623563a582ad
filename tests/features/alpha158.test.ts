import { readFileSync } from 'node:fs';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { ALPHA158 } from '../../src/features/alpha158/family.js';
import { cord } from '../../src/features/alpha158/cord.js';
import { corr } from '../../src/features/alpha158/corr.js';
import { imax } from '../../src/features/alpha158/imax.js';
import type { SeriesInputs } from '../../src/features/compute/series-inputs.js';
import type { SeriesFeature } from '../../src/features/feature.js';
import { cleanBars, mapBars, seriesOf, type Bars } from './bars.js';

/** Computed by numpy and pandas, one window at a time: fixtures/make-alpha158.py. */
const fixture = JSON.parse(readFileSync(new URL('fixtures/alpha158.json', import.meta.url), 'utf8')) as {
  bars: Record<keyof Bars | 'vwap', number[]>;
  last: Record<string, number[]>;
  corrAsPublished: Record<string, number[]>;
};

const fixtureSeries = (): SeriesInputs => {
  const columns = Object.fromEntries(Object.entries(fixture.bars).map(([name, values]) => [name, Float64Array.from(values)]));
  const { vwap, ...bars } = columns as Record<keyof Bars | 'vwap', Float64Array>;
  return seriesOf(bars, { vwap });
};

const series = ALPHA158 as readonly SeriesFeature[];
const feature = (name: string): SeriesFeature => series.find((entry) => entry.name === `alpha158-${name}`)!;
const lastOf = (name: string, bars: SeriesInputs): number => feature(name).compute(bars).at(-1)!;
const farthest = (found: ArrayLike<number>, expected: readonly number[]): number => Math.max(...expected.map((value, i) => Math.abs(found[i] - value) / Math.max(Math.abs(value), 1e-3)));

describe('Alpha158', () => {
  it('has the 158 names', () => {
    expect(series.map(({ name }) => name).sort()).toEqual(Object.keys(fixture.last).sort());
    expect(series).toHaveLength(158);
  });

  it.each(series.map((entry) => [entry.name, entry] as const))('%s equals the values of an independent computation', (name, { compute }) => {
    const expected = fixture.last[name];
    expect(farthest(compute(fixtureSeries()).slice(-expected.length), expected)).toBeLessThan(1e-9);
  });

  it('all equal them at the first session whose window is full as well', () => {
    // the last ten sessions moved to the end of their own short history
    for (const { name, lookback, compute } of series) {
      const [end, start] = [141, 140 - lookback];
      expect(farthest(compute(fixtureSeries().slice(start, end)).slice(-1), [fixture.last[name][0]]), name).toBeLessThan(1e-9);
    }
  });

  it('leaving the 1 out of ln(V + 1) moves CORR by less than anyone would notice', () => {
    for (const window of [5, 10, 20, 30, 60]) {
      const published = fixture.corrAsPublished[`alpha158-corr-${window}`];
      const found = corr(window).compute(fixtureSeries()).slice(-published.length);
      published.forEach((value, i) => expect(Math.abs(found[i] - value)).toBeLessThan(1e-5));
    }
  });
});

describe('Alpha158 where nothing moves', () => {
  const flat = seriesOf(mapBars(cleanBars(80), (values) => values.fill(100)));

  it.each([
    ['kmid2', 0],
    ['kup2', 0],
    ['ksft2', 0],
    ['rsv-20', 0],
    ['sump-20', 0],
    ['sumd-20', 0],
    ['vsumn-20', 0],
    ['wvma-20', 0],
    ['cntp-20', 0],
    ['std-20', 0],
    ['beta-20', 0],
    ['resi-20', 0],
    ['rank-20', 10.5 / 20],
    ['imax-20', 1 / 20],
    ['roc-20', 1],
    ['vma-20', 1],
    ['rsqr-20', Number.NaN],
    ['corr-20', Number.NaN],
    ['cord-20', Number.NaN],
  ])('%s is %d', (name, expected) => {
    expect(lastOf(name, flat)).toBe(expected);
  });
});

describe('Alpha158 at sessions without trades', () => {
  const quiet = (...sessions: number[]): SeriesInputs => {
    const bars = cleanBars(80);
    return seriesOf({ ...bars, volume: bars.volume.map((value, t) => (sessions.includes(t) ? 0 : value)) });
  };

  it('has no ratio to the volume', () => {
    for (const name of ['vma-5', 'vstd-5']) expect(lastOf(name, quiet(79))).toBeNaN();
    for (const name of ['vma-5', 'vstd-5']) expect(lastOf(name, quiet(78))).toBeGreaterThan(0);
  });

  it('leaves them out of correlations while four in five pairs are left', () => {
    expect(Math.abs(corr(5).compute(quiet(77))[79])).toBeLessThanOrEqual(1);
    expect(corr(5).compute(quiet(77, 78))[79]).toBeNaN();
    // the growth after such a session is missing, the growth to it is ln(0 + 1)
    expect(Math.abs(cord(5).compute(quiet(77))[79])).toBeLessThanOrEqual(1);
    expect(cord(5).compute(quiet(75, 77))[79]).toBeNaN();
  });

  it('counts a fall to nothing and the rise from it as movement', () => {
    const volumes = [100, 100, 0, 50, 50, 50];
    const bars = mapBars(cleanBars(6), (values, name) => (name === 'volume' ? Float64Array.from(volumes) : values));
    expect(lastOf('vsump-5', seriesOf(bars))).toBeCloseTo(50 / 150, 12);
    expect(lastOf('vsumn-5', seriesOf(bars))).toBeCloseTo(100 / 150, 12);
    expect(lastOf('vsumd-5', seriesOf(bars))).toBeCloseTo(-50 / 150, 12);
  });
});

describe('Alpha158 with missing bars', () => {
  const without = (...sessions: number[]): SeriesInputs => seriesOf(mapBars(cleanBars(80), (values) => values.map((value, t) => (sessions.includes(t) ? Number.NaN : value))));

  it('has a value while four in five of a window are there', () => {
    // one missing bar costs windows of levels one value, windows of changes two
    const [levels, changes] = [['ma-10', 'std-10', 'rsqr-10', 'qtlu-10', 'rank-10', 'imax-10', 'corr-10', 'vstd-10'], ['cord-10', 'cntp-10', 'sump-10', 'wvma-10', 'vsumd-10']];
    for (const name of [...levels, ...changes]) expect(lastOf(name, without(75)), name).not.toBeNaN();
    for (const name of levels) expect(lastOf(name, without(72, 74, 76)), name).toBeNaN();
    for (const name of changes) expect(lastOf(name, without(73, 75)), name).toBeNaN();
  });

  it('has no volume-weighted price where the source has none', () => {
    expect(lastOf('vwap0', without())).toBeNaN();
  });

  it('is never infinite, whatever the bars', () => {
    const wild = fc.oneof(fc.constantFrom(0, Number.NaN, 0.01, 1, 1e6), fc.double({ min: 0.01, max: 1000, noNaN: true }));
    fc.assert(
      fc.property(fc.array(fc.tuple(wild, wild, wild, wild, wild), { minLength: 12, maxLength: 12 }), (rows) => {
        const column = (i: number): Float64Array => Float64Array.from(rows, (row) => row[i]);
        const bars = seriesOf({ open: column(0), high: column(1), low: column(2), close: column(3), volume: column(4) });
        const infinite = series.filter(({ lookback, compute }) => lookback <= 10 && compute(bars).some((value) => Math.abs(value) === Infinity));
        expect(infinite.map(({ name }) => name)).toEqual([]);
      }),
      { seed: 158, numRuns: 30 },
    );
  });
});

describe('Alpha158 says what it is for', () => {
  const bars = cleanBars(100, 5);
  const rising = seriesOf({ ...bars, close: bars.close.map((_, t) => 100 * 1.01 ** t), high: bars.close.map((_, t) => 101 * 1.01 ** t), low: bars.close.map((_, t) => 99 * 1.01 ** t) });

  it('a steady rise: below today, ranked first, all up, nearly a line', () => {
    expect(lastOf('roc-20', rising)).toBeCloseTo(1.01 ** -20, 12);
    expect(lastOf('ma-20', rising)).toBeLessThan(1);
    expect(lastOf('beta-20', rising)).toBeGreaterThan(0.008);
    expect(lastOf('rsqr-20', rising)).toBeGreaterThan(0.99);
    expect([lastOf('rank-20', rising), lastOf('imax-20', rising), lastOf('cntd-20', rising), lastOf('sumd-20', rising)]).toEqual([1, 1, 1, 1]);
    expect([lastOf('imin-20', rising), lastOf('imxd-20', rising)]).toEqual([1 / 20, 19 / 20]);
  });

  it('the position of an extreme is that of the first of equals', () => {
    const high = Float64Array.of(1, 5, 3, 5, 2, 4);
    const positions = imax(5).compute(seriesOf({ ...mapBars(cleanBars(6), (values) => values), high }));
    expect([positions[4], positions[5]]).toEqual([2 / 5, 1 / 5]);
  });
});
