import { describe, expect, it } from 'vitest';

import { createRng } from '../../src/core/rng.js';
import { kernelVariance, spectralVariance } from '../../src/evaluation/long-run-variance.js';
import { mean } from '../../src/math/stats.js';
import { autoregression } from './luck/autoregression.js';
import { reference } from './luck/reference.js';

describe('the long-run variance', () => {
  it.each(reference.cases.map((one, at) => [at, one] as const))("is arch's and numpy's in case %i", (_, { a, kernel, prewhitened }) => {
    const centre = mean(a);
    const off = Float64Array.from(a, (value) => value - centre);
    for (const { bandwidth, variance } of kernel) expect(kernelVariance(off, bandwidth) / variance).toBeCloseTo(1, 10);
    expect(spectralVariance(a) / prewhitened).toBeCloseTo(1, 10);
  });

  it.each([-0.4, 0, 0.3, 0.6])('of autoregressions with memory %d is near what theory says', (memory) => {
    const found = Array.from({ length: 20 }, (_, seed) => spectralVariance(autoregression(1500, memory, { rng: createRng(seed) })));
    // with variance 1 it is (1 + ρ) / (1 − ρ); 20 estimates over 1,500 sessions each lie within about 3 % on average
    expect(mean(found) / ((1 + memory) / (1 - memory))).toBeGreaterThan(0.9);
    expect(mean(found) / ((1 + memory) / (1 - memory))).toBeLessThan(1.1);
  });

  it('scales with the square of the unit, and is 0 of values that do not vary', () => {
    const values = autoregression(300, 0.2, { rng: createRng(1) });
    expect(spectralVariance(values.map((value) => 10 * value + 3)) / spectralVariance(values)).toBeCloseTo(100, 8);
    expect([spectralVariance(new Float64Array(50).fill(0.1)), spectralVariance(new Float64Array(50)), spectralVariance([0.1])]).toEqual([0, 0, 0]);
    expect(kernelVariance(Float64Array.of(1, -1, 1, -1), 0)).toBe(1);
    // a kernel of a short series that turns on every session might fall below 0
    expect(spectralVariance(Float64Array.from({ length: 40 }, (_, t) => (t % 2 === 0 ? 1 : -1)))).toBeGreaterThanOrEqual(0);
  });
});
