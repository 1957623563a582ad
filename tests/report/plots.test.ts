import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isoDate } from '../../src/core/dates.js';
import { histogram } from '../../src/report/feature/histogram.js';
import { placeFlags } from '../../src/report/feature/mark-labels.js';
import { bandPath, linePath, stepArea, stepPath } from '../../src/report/feature/paths.js';
import { extent, linearScale } from '../../src/report/feature/scale.js';
import { niceValues, sessionTicks, unitTicks } from '../../src/report/feature/ticks.js';
import { sessionsUntil } from './fixture.js';

const finite = fc.double({ min: -1e9, max: 1e9, noNaN: true });
const { NaN: gap } = Number;

describe('histograms', () => {
  it('count every value once, in at most 50 bins', () => {
    fc.assert(fc.property(fc.oneof(fc.array(finite, { minLength: 1, maxLength: 300 }), fc.array(fc.integer({ min: -30, max: 500 }), { minLength: 1, maxLength: 300 })), (values) => {
      const { counts, beyond, width } = histogram(values.sort((a, b) => a - b));
      expect(counts.reduce((a, b) => a + b)).toBe(values.length);
      expect(counts.length).toBeLessThanOrEqual(50);
      expect(width).toBeGreaterThan(0);
      expect(beyond).toBeLessThanOrEqual(0.05 * values.length);
    }));
  });

  it('put whole numbers in the middle of bins of one and a constant into one bin', () => {
    expect(histogram([0, 0, 1, 3])).toEqual({ low: -0.5, width: 1, counts: [2, 1, 0, 1], beyond: 0 });
    expect(histogram([0.25, 0.25]).counts).toEqual([2]);
    expect(histogram([0, 0, 0])).toEqual({ low: -0.5, width: 1, counts: [3], beyond: 0 });
  });

  it('take differences in the last digits for a constant', () => {
    expect(histogram([-5e-323, 0]).counts).toEqual([2]);
    expect(histogram([0.1 + 0.2, 0.3, 0.3 + 1e-16].sort((a, b) => a - b)).counts).toEqual([3]);
  });

  it('fold far tails into the outermost bins', () => {
    const values = [...Array.from({ length: 200 }, (_, i) => i / 200 + 0.001), 1e6];
    const { low, width, counts, beyond } = histogram(values);
    expect(beyond).toBe(1);
    expect(low + width * counts.length).toBeLessThan(1.5);
  });
});

describe('ticks', () => {
  it('are round, ascending, inside and few', () => {
    fc.assert(fc.property(finite, fc.double({ min: 1e-6, max: 1e9, noNaN: true }), fc.integer({ min: 2, max: 12 }), (low, least, count) => {
      const width = Math.max(least, Math.abs(low) * 1e-5); // narrower axes would show the grain of floating point
      const values = niceValues(low, low + width, count);
      expect(values.length).toBeLessThanOrEqual(count + 1);
      const slack = width * 1e-6 + Math.abs(low) * 1e-9;
      for (const [i, value] of values.entries()) {
        expect(value).toBeGreaterThanOrEqual(i === 0 ? low - slack : values[i - 1]);
        expect(value).toBeLessThanOrEqual(low + width + slack);
      }
    }));
  });

  it('carry the unit and as many decimals as they need', () => {
    const labels = (unit: string, range: readonly [number, number], count = 5): string[] => unitTicks(unit, range, count).map(({ label }) => label);
    expect(labels('return', [-0.22, 0.43])).toEqual(['−20%', '0%', '20%', '40%']);
    expect(labels('fraction', [0, 0.01])).toEqual(['0.0%', '0.2%', '0.4%', '0.6%', '0.8%', '1.0%']);
    expect(labels('z-score', [-2.5, 2.5])).toEqual(['−2', '−1', '0', '1', '2']);
    expect(labels('ratio', [0, 1.1], 4)).toEqual(['0.0', '0.5', '1.0']);
    expect(labels('ratio', [0, 1], 4)).toEqual(['0.00', '0.25', '0.50', '0.75', '1.00']);
    expect(labels('flag', [-0.05, 1.05])).toEqual(['no', 'yes']);
    expect(labels('log money', [Math.log(4e6), Math.log(1.2e9)])).toEqual(['10 m', '30 m', '100 m', '300 m', '1 bn']);
    expect(labels('ratio', [0, 3e-9], 3)).toEqual(['0', '1.0e−9', '2.0e−9', '3.0e−9']);
  });

  it('name months, years or days, as many as fit', () => {
    const sessions = sessionsUntil(500);
    const ticks = sessionTicks(sessions, 8);
    expect(ticks.map(({ label }) => label)).toEqual(['Apr 2016', 'Jul', 'Oct', 'Jan 2017', 'Apr', 'Jul', 'Oct', 'Jan 2018']);
    for (const { value } of ticks) expect(sessions[value].slice(0, 7)).not.toBe(sessions[value - 1].slice(0, 7));
    expect(sessionTicks(sessions, 2).map(({ label }) => label)).toEqual(['2017', '2018']);
    expect(sessionTicks([isoDate('2018-02-05'), isoDate('2018-02-06')], 5).map(({ label }) => label)).toEqual(['5 Feb', '6 Feb']);
    expect(sessionTicks([], 5)).toEqual([]);
  });
});

describe('scales and paths', () => {
  const x = linearScale([0, 4], [0, 40]);
  const y = linearScale([0, 10], [100, 0]);

  it('break at missing values and draw a lone value as a dot', () => {
    expect(linePath([1, 2, gap, 3, gap, 4, 5].slice(0, 5), x, y)).toBe('M0 90L10 80M30 70h0');
    expect(linePath([gap, Infinity], x, y)).toBe('');
    expect(bandPath([1, 1, gap, 1, 1], [2, 3, 3, gap, 2], x, y)).toBe('M0 80L10 70L10 90L0 90ZM40 80L40 90Z');
  });

  it('jump between sessions where they are steps, within the axis', () => {
    expect(stepPath([1, 1, 3, gap, 4], x, y)).toBe('M0 90H5H15V70H25M35 60H40');
    expect(stepArea([1, gap, 3, gap, gap], x, y)).toBe('M0 90H5V100H0ZM15 70H25V100H15Z');
    expect(stepPath([gap], x, y)).toBe('');
  });

  it('hold every finite value, with room around a constant', () => {
    expect(extent([[gap, 1], [3, Infinity]])).toEqual([0.9, 3.1]);
    expect(extent([[2, 2]])).toEqual([1, 3]);
    expect(extent([[0]])).toEqual([-1, 1]);
    expect(extent([[gap], []])).toBeNull();
    expect(linearScale([5, 5], [0, 100]).at(5)).toBe(50);
  });
});

describe('flags above a plot', () => {
  const flags = (places: readonly number[]): ReturnType<typeof placeFlags> => placeFlags(places.map((at, i) => ({ text: `SYM${i} +1.0%`, kind: 'mark', at })), 900);

  it('cover no other, stay in the plot, each once', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 44, max: 888 }), { minLength: 1, maxLength: 9 }), (places) => {
      const placed = flags(places);
      expect(placed.map(({ at }) => at)).toEqual([...places].sort((a, b) => a - b));
      placed.forEach((one, i) => {
        expect(one.left).toBeGreaterThanOrEqual(0);
        expect(one.right).toBeLessThanOrEqual(901);
        for (const other of placed.slice(i + 1)) if (other.row === one.row) expect(one.right < other.left || other.right < one.left).toBe(true);
      });
    }));
  });

  it('have no line run through a text, away from the end of the plot', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 44, max: 780 }), { minLength: 1, maxLength: 9 }), (places) => {
      const placed = flags(places);
      for (const line of placed) for (const text of placed) if (text.row <= line.row && text !== line) expect(line.at > text.left && line.at < text.right).toBe(false);
    }));
  });
});
