import { describe, expect, it } from 'vitest';

import { ledoitWolf } from '../../src/graph/builders/ledoit-wolf.js';
import { correlationDays } from '../../src/graph/correlation-days.js';
import type { GraphInputs } from '../../src/graph/graph-inputs.js';
import { shrinkage } from '../../src/graph/ledoit-wolf.js';
import { pairValue } from '../../src/graph/symmetric.js';
import { windowOf, world } from './world.js';

/** δ and μ with every matrix written out, as in the paper but for the common factor 1/n. */
function slowShrinkage(inputs: GraphInputs, rows: readonly number[], t: number, window: number): { intensity: number; target: number } {
  const series = rows.map((row) => {
    const values = windowOf(inputs, row, t, window);
    const mean = values.reduce((a, b) => a + b, 0) / window;
    return values.map((value) => value - mean);
  });
  const cells = rows.flatMap((_, i) => rows.map((__, j) => [i, j] as const));
  const S = (i: number, j: number): number => series[i].reduce((sum, x, k) => sum + x * series[j][k], 0) / window;
  const target = rows.reduce((sum, _, i) => sum + S(i, i), 0) / rows.length;
  const distance = cells.reduce((sum, [i, j]) => sum + (S(i, j) - (i === j ? target : 0)) ** 2, 0);
  let noise = 0;
  for (let k = 0; k < window; k++) for (const [i, j] of cells) noise += (series[i][k] * series[j][k] - S(i, j)) ** 2 / window ** 2;
  return { intensity: Math.min(noise, distance) / distance, target };
}

describe('shrinkage', () => {
  it.each([{ symbols: 4, window: 30 }, { symbols: 12, window: 8 }])('is that of the paper: %j', ({ symbols, window }) => {
    const inputs = world({ seed: 31, symbols, sessions: window + 3 });
    for (const day of correlationDays(inputs, { window, minPresent: 1 })) {
      const found = shrinkage(day);
      const slow = slowShrinkage(inputs, [...day.rows], day.t, window);
      expect(found.intensity).toBeCloseTo(slow.intensity, 10);
      expect(found.target).toBeCloseTo(slow.target, 14);
    }
  });

  it('is complete for returns that have nothing in common, and small for long histories of related ones', () => {
    const intensity = (symbols: number, window: number, common: boolean): number => {
      const inputs = world({ seed: 32, symbols, sessions: window });
      const returns = common ? inputs.returns : inputs.returns.map((_, at) => Math.sin(at * at + 0.1 * at));
      return shrinkage([...correlationDays({ ...inputs, returns }, { window, minPresent: 1 })][0]).intensity;
    };
    expect(intensity(20, 25, false)).toBeGreaterThan(0.8);
    expect(intensity(6, 500, true)).toBeLessThan(0.05);
  });
});

describe('the builder', () => {
  it('gives what the shrunk covariance implies, with gaps too', () => {
    const inputs = world({ seed: 33, symbols: 8, sessions: 40, gaps: 0.01 });
    const day = [...correlationDays(inputs, { window: 40, minPresent: 0.8 })][0];
    expect(day.complete.length).toBeLessThan(day.rows.length);
    const { intensity, target } = shrinkage(day);
    const measure = ledoitWolf.measure(day);
    for (let i = 0; i < 8; i++) {
      for (let j = i + 1; j < 8; j++) {
        const covariance = pairValue(day.correlations, i, j) * Math.sqrt(day.variance[i] * day.variance[j]);
        const shrunk = (k: number): number => (1 - intensity) * day.variance[k] + intensity * target;
        expect(pairValue(measure, i, j)).toBeCloseTo(((1 - intensity) * covariance) / Math.sqrt(shrunk(i) * shrunk(j)), 12);
      }
    }
  });
});
