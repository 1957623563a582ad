import { describe, expect, it } from 'vitest';

import { createRng } from '../../../src/core/rng.js';
import { automaticBlockLength } from '../../../src/evaluation/overfitting/automatic-block-length.js';
import { mean } from '../../../src/math/stats.js';

function autoregression(count: number, memory: number, seed: number): Float64Array {
  const rng = createRng(seed);
  let value = rng.normal() / Math.sqrt(1 - memory ** 2);
  return Float64Array.from({ length: count }, () => (value = memory * value + rng.normal()));
}

describe('the automatic block length', () => {
  it.each([0.3, 0.5, 0.7])('of autoregressions with memory %d is near the best there is', (memory) => {
    const count = 20_000;
    const found = Array.from({ length: 20 }, (_, seed) => automaticBlockLength(autoregression(count, memory, seed))!);
    // G / g = 2 ρ / (1 − ρ²) for an autoregression
    const best = Math.cbrt(((2 * memory) / (1 - memory ** 2)) ** 2 * count);
    expect(mean(found.map(({ stationary }) => stationary)) / best).toBeGreaterThan(0.9);
    expect(mean(found.map(({ stationary }) => stationary)) / best).toBeLessThan(1.1);
    for (const { stationary, circular } of found) expect(circular / stationary).toBeCloseTo(Math.cbrt(1.5), 12);
  });

  it('is short for independent values, and the same whatever their unit', () => {
    const values = autoregression(2000, 0, 3);
    const found = automaticBlockLength(values)!;
    expect(found.stationary).toBeLessThan(8);
    expect(automaticBlockLength(values.map((value) => 100 * value + 7))!.stationary).toBeCloseTo(found.stationary, 8);
  });

  it('stays between 1 and its bound, and is null of too few or equal values', () => {
    const lengths = Array.from({ length: 200 }, (_, seed) => {
      const count = 9 + Math.floor(seed / 4);
      const { circular } = automaticBlockLength(autoregression(count, [-0.9, -0.5, 0.5, 0.98][seed % 4], seed))!;
      expect(circular).toBeGreaterThanOrEqual(1);
      expect(circular).toBeLessThanOrEqual(Math.ceil(Math.min(3 * Math.sqrt(count), count / 3)));
      return circular / Math.ceil(Math.min(3 * Math.sqrt(count), count / 3));
    });
    expect(Math.max(...lengths)).toBe(1);
    expect([automaticBlockLength([1, 2, 4, 3, 5, 6, 8, 7]), automaticBlockLength(new Float64Array(50).fill(0.1))]).toEqual([null, null]);
  });
});
