import { describe, expect, it } from 'vitest';

import { createRng } from '../../src/core/rng.js';
import { blockLength, drawBlocks, drawnMeans, percentileInterval, type BlockBootstrapOptions } from '../../src/evaluation/block-bootstrap.js';
import { mean } from '../../src/math/stats.js';

type Method = NonNullable<BlockBootstrapOptions['method']>;

function autoregression(count: number, memory: number, seed: number): Float64Array {
  const rng = createRng(seed);
  let value = rng.normal() / Math.sqrt(1 - memory ** 2);
  return Float64Array.from({ length: count }, () => (value = memory * value + rng.normal()));
}

const variance = (values: ArrayLike<number>): number => {
  const centre = mean(values);
  return Array.from(values).reduce((sum, value) => sum + (value - centre) ** 2, 0) / values.length;
};

/** Autocovariance around the circle, as blocks that pass the end see it. */
function circularAutocovariance(values: Float64Array, lag: number): number {
  const [count, centre] = [values.length, mean(values)];
  return values.reduce((sum, value, i) => sum + (value - centre) * (values[(i + lag) % count] - centre), 0) / count;
}

/** Variance of a mean drawn in whole blocks, from the series alone: Politis and Romano (1992); with geometric blocks (1994, lemma 1). */
function exactVariance(values: Float64Array, block: number, method: Method): number {
  const count = values.length;
  let sum = circularAutocovariance(values, 0);
  if (method === 'circular') for (let lag = 1; lag < block; lag++) sum += 2 * (1 - lag / block) * circularAutocovariance(values, lag);
  else for (let lag = 1; lag < count; lag++) sum += 2 * (1 - lag / count) * (1 - 1 / block) ** lag * circularAutocovariance(values, lag);
  return sum / count;
}

describe.each(['circular', 'stationary'] as const)('%s blocks', (method) => {
  it('make series as long as the first, of the lengths promised', () => {
    const { starts, lengths, ends } = drawBlocks(103, { block: 8, replicates: 500, method, rng: createRng(1) });
    expect(ends).toHaveLength(500);
    for (let replicate = 0; replicate < 500; replicate++) {
      const own = lengths.subarray(replicate === 0 ? 0 : ends[replicate - 1], ends[replicate]);
      expect(own.reduce((a, b) => a + b)).toBe(103);
      if (method === 'circular') expect(own.every((length, k) => length === (k === own.length - 1 ? 7 : 8))).toBe(true);
    }
    expect(Math.min(...starts)).toBe(0);
    expect(Math.max(...starts)).toBe(102);
    // the last block is cut, so geometric ones are a little shorter than 8 in the mean
    if (method === 'stationary') expect(mean(lengths)).toBeGreaterThan(7);
    if (method === 'stationary') expect(mean(lengths)).toBeLessThan(8.5);
  });

  it('give the variance that theory gives for this series', () => {
    const values = autoregression(240, 0.6, 2);
    const means = drawnMeans(values, drawBlocks(240, { block: 12, replicates: 10_000, method, rng: createRng(3) }));
    // a variance of 10,000 draws has a relative standard deviation of √(2 / 10,000) = 1.4 %
    expect(variance(means) / exactVariance(values, 12, method)).toBeGreaterThan(0.95);
    expect(variance(means) / exactVariance(values, 12, method)).toBeLessThan(1.05);
    expect(mean(means)).toBeCloseTo(mean(values), 1);
  });

  it('come near the variance of the mean of an autoregression, where single sessions fall far short', () => {
    const [count, memory] = [2000, 0.6];
    // spectral density at zero: 1 / (1 − memory)², of unit innovations
    const truth = 1 / (1 - memory) ** 2 / count;
    const ratio = (block: number): number => {
      const draws = drawBlocks(count, { block, replicates: 400, method, rng: createRng(block) });
      return mean(Array.from({ length: 40 }, (_, seed) => variance(drawnMeans(autoregression(count, memory, 10 + seed), draws)) / truth));
    };
    expect(ratio(40)).toBeGreaterThan(0.85);
    expect(ratio(40)).toBeLessThan(1.15);
    // independent draws see only (1 − memory) / (1 + memory) = ¼ of it
    expect(ratio(1)).toBeLessThan(0.3);
  });

  it('keep series in step, and are the same for the same seed', () => {
    const [values, twice] = [autoregression(60, 0.3, 4), autoregression(60, 0.3, 4).map((value) => 2 * value + 1)];
    const draw = () => drawBlocks(60, { block: 5, replicates: 50, method, rng: createRng(9) });
    expect(draw()).toEqual(draw());
    const doubled = drawnMeans(twice, draw());
    drawnMeans(values, draw()).forEach((value, i) => expect(doubled[i]).toBeCloseTo(2 * value + 1, 12));
  });
});

describe('block bootstrap', () => {
  it('draws equal values to their value, and one block of everything to the mean', () => {
    expect(Array.from(drawnMeans([3, 3, 3, 3], drawBlocks(4, { block: 2, replicates: 3, rng: createRng(1) })))).toEqual([3, 3, 3]);
    for (const value of drawnMeans([1, 2, 6], drawBlocks(3, { block: 3, replicates: 10, rng: createRng(1) }))) expect(value).toBeCloseTo(3, 14);
  });

  it('takes blocks of twice the reach of a label, or of the cube root of a long series', () => {
    expect([blockLength(750, 5), blockLength(5191, 5), blockLength(8, 5), blockLength(5191, 40)]).toEqual([12, 17, 8, 82]);
  });

  it('has intervals between quantiles', () => {
    const [low, high] = percentileInterval(Array.from({ length: 101 }, (_, i) => 100 - i));
    expect(low).toBeCloseTo(2.5, 12);
    expect(high).toBeCloseTo(97.5, 12);
    expect(percentileInterval([1, 2, 3], 0)).toEqual([2, 2]);
  });

  it('refuses blocks longer than the series, and series of another length', () => {
    expect(() => drawBlocks(5, { block: 6, rng: createRng(1) })).toThrow('expected a whole number of sessions from 1 to 5 as length of a block, found 6');
    expect(() => drawBlocks(0, { block: 1, rng: createRng(1) })).toThrow('found 1 in a block bootstrap');
    expect(() => drawnMeans([1, 2], drawBlocks(5, { block: 2, rng: createRng(1) }))).toThrow('expected a series of 5 sessions, as its blocks were drawn for, found 2');
  });
});
