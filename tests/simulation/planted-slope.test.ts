import { describe, expect, it } from 'vitest';

import { createRng } from '../../src/core/rng.js';
import { correlation } from '../../src/math/correlation.js';
import { averageRank } from '../../src/math/cross-section.js';
import { expectedRankIc, plantedSlope } from '../../src/simulation/planted-slope.js';
import { settleSimulation } from '../../src/simulation/settings.js';

const alike = settleSimulation({ residual: { dispersion: 0 }, stochasticVolatility: { deviation: 0 }, jumps: { perYear: 0 } });
const apart = settleSimulation({ residual: { dispersion: 0.6 }, stochasticVolatility: { deviation: 0.4 }, jumps: { perYear: 0 } });
const fresh = (lag: number): number => (lag === 0 ? 1 : 0);

describe('the slope of a planted driver', () => {
  it('gives among stocks of one volatility the rank correlation of normal numbers (Kruskal, 1958)', () => {
    for (const slope of [0.02, 0.1, 0.4]) expect(expectedRankIc(slope, { horizon: 1, autocorrelation: fresh }, alike)).toBeCloseTo((6 / Math.PI) * Math.asin(slope / 2), 12);
  });

  it('counts what a persistent driver moves over a horizon', () => {
    const [slope, horizon] = [0.05, 4];
    const reach = 1 + 0.5 + 0.25 + 0.125;
    const variance = horizon + slope ** 2 * 2 * (3 * 0.5 + 2 * 0.25 + 0.125);
    expect(expectedRankIc(slope, { horizon, autocorrelation: (lag) => 0.5 ** lag }, alike)).toBeCloseTo((6 / Math.PI) * Math.asin((slope * reach) / Math.sqrt(variance) / 2), 12);
  });

  it('agrees with drawn stocks whose volatilities differ', () => {
    const rng = createRng(5);
    const [slope, count] = [0.3, 400_000];
    const [x, y] = [new Float64Array(count), new Float64Array(count)];
    for (let i = 0; i < count; i++) {
      x[i] = rng.normal();
      y[i] = Math.exp(Math.hypot(0.6, 0.4) * rng.normal()) * (slope * x[i] + Math.sqrt(1 - slope ** 2) * rng.normal());
    }
    const drawn = correlation(averageRank(x), averageRank(y))!;
    const expected = expectedRankIc(slope, { horizon: 1, autocorrelation: fresh }, apart);
    expect(Math.abs(drawn - expected)).toBeLessThan(4 / Math.sqrt(count)); // four standard errors
    expect(expectedRankIc(slope, { horizon: 1, autocorrelation: fresh }, alike) - expected).toBeGreaterThan(0.01); // far more than those
  });

  it('is that of the stated rank IC, of its sign, 0 for none', () => {
    const strength = { ic: 0.05, horizon: 5, autocorrelation: (lag: number) => 0.9 ** lag };
    const slope = plantedSlope(strength, apart);
    expect(expectedRankIc(slope, strength, apart)).toBeCloseTo(0.05, 10);
    expect(plantedSlope({ ...strength, ic: -0.05 }, apart)).toBe(-slope);
    expect(plantedSlope({ ...strength, ic: 0 }, apart)).toBe(0);
  });
});
