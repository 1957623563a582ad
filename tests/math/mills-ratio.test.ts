import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { millsRatio, millsSlope } from '../../src/math/mills-ratio.js';

const relative = (found: number, expected: number): number => Math.abs(found / expected - 1);

describe('Mills’ ratio', () => {
  // 60 digits by mpmath, rounded
  it.each([
    [0, 1.2533141373155003, 1], [0.001, 1.252314763639392, 0.9987476852363606], [0.5, 0.8763644564536923, 0.5618177717731538], [1, 0.6556795424187984, 0.34432045758120156],
    [2.75, 0.32767831469055203, 0.09888463460098185], [6, 0.16237766089686745, 0.02573403461879523], [17.5, 0.05695806685236581, 0.0032338300835983522],
    [38, 0.026297602974252963, 0.0006910869783873536], [1000, 0.0009999990000029999, 9.99997000015e-7], [1e8, 9.999999999999999e-9, 9.999999999999997e-17],
  ])('at %d is %d and falls by %d', (z, ratio, slope) => {
    expect(relative(millsRatio(z), ratio)).toBeLessThan(1e-15);
    expect(relative(millsSlope(z), slope)).toBeLessThan(1e-15);
  });

  it('and its fall fit together, near 0 and far out', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 100, noNaN: true }), (z) => {
        expect(Math.abs(1 - z * millsRatio(z) - millsSlope(z))).toBeLessThan(1e-15);
        expect(millsRatio(z)).toBeGreaterThan(z / (1 + z * z) - 1e-15);
      }),
      { seed: 1, numRuns: 500 },
    );
    expect([millsRatio(1e200), millsSlope(1e100), millsRatio(Infinity), millsSlope(Infinity)]).toEqual([1e-200, 1e-200, 0, 0]);
    expect([millsRatio(Number.NaN), millsSlope(Number.NaN)]).toEqual([Number.NaN, Number.NaN]);
  });
});
