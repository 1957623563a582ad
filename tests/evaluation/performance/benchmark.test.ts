import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { informationRatio, trackingError } from '../../../src/evaluation/performance/active-return.js';
import { annualVolatility } from '../../../src/evaluation/performance/annual-volatility.js';
import { downCapture, upCapture } from '../../../src/evaluation/performance/capture-ratio.js';
import { marketLine } from '../../../src/evaluation/performance/market-line.js';
import { sharpeRatio } from '../../../src/evaluation/performance/sharpe-ratio.js';
import { drawReturns } from './draws.js';

const seeds = fc.integer({ min: 1, max: 1000 });

describe('market line', () => {
  it('finds what was planted', () => {
    fc.assert(
      fc.property(seeds, fc.double({ min: -2, max: 2, noNaN: true }), fc.double({ min: -0.001, max: 0.001, noNaN: true }), (seed, beta, alpha) => {
        const benchmark = drawReturns(seed, 60);
        const line = marketLine(benchmark.map((value) => alpha + beta * value), benchmark)!;
        expect(line.beta).toBeCloseTo(beta, 10);
        expect(line.alpha).toBeCloseTo(alpha * 252, 10);
        if (Math.abs(beta) > 0.01) expect(line.correlation).toBeCloseTo(Math.sign(beta), 10);
      }),
      { numRuns: 40, seed: 3 },
    );
  });

  it('of a series against itself is one to one', () => {
    const returns = drawReturns(2, 40);
    expect(marketLine(returns, returns)).toEqual({ alpha: expect.closeTo(0, 14), beta: expect.closeTo(1, 12), correlation: expect.closeTo(1, 12) });
  });

  it('counts in excess of what is without risk', () => {
    const [returns, benchmark] = [drawReturns(4, 40), drawReturns(5, 40)];
    const riskFree = drawReturns(6, 40, { mean: 0.0001, deviation: 0.00001 });
    const less = (values: Float64Array): Float64Array => values.map((value, t) => value - riskFree[t]);
    expect(marketLine(returns, benchmark, { riskFree })).toEqual(marketLine(less(returns), less(benchmark)));
    // leverage at the rate without risk earns no alpha
    expect(marketLine(benchmark.map((value, t) => riskFree[t] + 2 * (value - riskFree[t])), benchmark, { riskFree })!.alpha).toBeCloseTo(0, 12);
  });

  it('is not there where the benchmark does not vary, nor correlation where returns do not', () => {
    const returns = drawReturns(4, 30);
    expect(marketLine(returns, new Float64Array(30).fill(0.001))).toBeNull();
    expect(marketLine([], [])).toBeNull();
    expect(marketLine([0.1], [0.1])).toBeNull();
    expect(marketLine(new Float64Array(30).fill(0.001), returns)).toEqual({ alpha: expect.closeTo(0.252, 12), beta: expect.closeTo(0, 12), correlation: null });
  });
});

describe('active return', () => {
  it('is what a long book financed by the benchmark would earn', () => {
    const [returns, benchmark] = [drawReturns(7, 50), drawReturns(8, 50)];
    const active = returns.map((value, t) => value - benchmark[t]);
    expect(trackingError(returns, benchmark)).toBe(annualVolatility(active));
    expect(informationRatio(returns, benchmark)).toBe(sharpeRatio(active));
    expect(informationRatio(benchmark, returns)).toBeCloseTo(-informationRatio(returns, benchmark)!, 12);
    expect(trackingError(returns, benchmark, { sessionsPerYear: 63 })! * 2).toBeCloseTo(trackingError(returns, benchmark)!, 12);
  });

  it('of the benchmark itself has no ratio', () => {
    const returns = drawReturns(7, 50);
    expect(trackingError(returns, returns)).toBe(0);
    expect(informationRatio(returns, returns)).toBeNull();
    expect([trackingError([0.1], [0.2]), informationRatio([0.1], [0.2])]).toEqual([null, null]);
  });
});

describe('capture', () => {
  it('compounds over the sessions on which the benchmark rose, or fell', () => {
    const benchmark = [0.1, -0.2, 0.21, 0, -0.1];
    const returns = [0.05, -0.1, 0.1, 0.5, 0.02];
    expect(upCapture(returns, benchmark)).toBeCloseTo((Math.sqrt(1.05 * 1.1) - 1) / (Math.sqrt(1.1 * 1.21) - 1), 14);
    expect(downCapture(returns, benchmark)).toBeCloseTo((Math.sqrt(0.9 * 1.02) - 1) / (Math.sqrt(0.8 * 0.9) - 1), 14);
  });

  it('of the benchmark is 1, and nothing where it never rose or fell', () => {
    const benchmark = drawReturns(9, 50);
    expect([upCapture(benchmark, benchmark), downCapture(benchmark, benchmark)]).toEqual([1, 1]);
    expect([upCapture([0.1, 0.1], [0, -0.1]), downCapture([0.1, 0.1], [0, 0.1])]).toEqual([null, null]);
    expect(downCapture([-1, 0.1], [-0.5, 0.1])).toBe(2);
  });
});

describe('two series', () => {
  it.each(Object.entries({ marketLine, trackingError, informationRatio, upCapture, downCapture }))('go together in %s', (name, figure) => {
    expect(() => figure([0.1, 0.2], [0.1])).toThrow(`expected a return for each of 2 sessions, found 1 in benchmark of ${name}`);
    expect(() => figure([0.1, 0.2], [0.1, Number.NaN])).toThrow(`expected finite simple returns of at least −1, found NaN at position 1 in benchmark of ${name}`);
    expect(() => figure([Number.NaN, 0.2], [0.1, 0.1])).toThrow(`found NaN at position 0 in ${name}`);
  });
});
