import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { factorRegression } from '../../../src/evaluation/performance/factor-regression.js';
import { longRunCovariance } from '../../../src/evaluation/performance/long-run-covariance.js';
import { marketLine } from '../../../src/evaluation/performance/market-line.js';
import { mean, neweyWestT } from '../../../src/math/stats.js';
import { drawReturns } from './draws.js';

const seeds = fc.integer({ min: 1, max: 1000 });
const settings = { numRuns: 25, seed: 5 };

const drawWorld = (seed: number, sessions = 120) => {
  const market = drawReturns(seed, sessions);
  const size = drawReturns(seed + 1000, sessions, { mean: 0.0002, deviation: 0.004 }).map((value, t) => value + 0.3 * market[t]);
  const noise = drawReturns(seed + 2000, sessions, { mean: 0, deviation: 0.005 });
  return { market, size, returns: noise.map((value, t) => 0.0003 + 0.9 * market[t] - 0.4 * size[t] + value) };
};

/** Sum of (a − ā)(b − b̄). */
const product = (a: Float64Array, b: Float64Array): number => {
  const [meanA, meanB] = [mean(a), mean(b)];
  return a.reduce((sum, value, t) => sum + (value - meanA) * (b[t] - meanB), 0);
};

/** Standard errors of intercept and slope on one factor: the sandwich in raw units, with the inverse of a 2 × 2 matrix written out. */
function sandwich(x: Float64Array, residuals: Float64Array, lags: number): [number, number] {
  const [n, sum, squares] = [x.length, x.reduce((a, b) => a + b), x.reduce((a, b) => a + b * b, 0)];
  const determinant = n * squares - sum * sum;
  const bread = [[squares / determinant, -sum / determinant], [-sum / determinant, n / determinant]];
  const variance = bread.map((row) => {
    const influence = x.map((value, t) => (row[0] + row[1] * value) * residuals[t]);
    let total = 0;
    for (let s = 0; s < n; s++) for (let t = 0; t < n; t++) total += Math.max(0, 1 - Math.abs(s - t) / (lags + 1)) * influence[s] * influence[t];
    return total;
  });
  return [Math.sqrt(variance[0]), Math.sqrt(variance[1])];
}

describe('factor regression', () => {
  it.each([0, 1, 5])('on one factor is the closed form, with %i lags', (lags) => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { market, returns } = drawWorld(seed);
        const { alpha, loadings, annualAlpha } = factorRegression(returns, { market }, { lags })!;
        const line = marketLine(returns, market)!;
        expect(loadings['market'].estimate).toBeCloseTo(line.beta, 12);
        expect(annualAlpha).toBeCloseTo(line.alpha, 12);
        const residuals = returns.map((value, t) => value - alpha.estimate - loadings['market'].estimate * market[t]);
        const [ofAlpha, ofBeta] = sandwich(market, residuals, lags);
        expect(alpha.standardError / ofAlpha).toBeCloseTo(1, 10);
        expect(loadings['market'].standardError / ofBeta).toBeCloseTo(1, 10);
        expect(loadings['market'].t).toBe(loadings['market'].estimate / loadings['market'].standardError);
      }),
      settings,
    );
  });

  it('on two factors is the closed form', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { market, size, returns } = drawWorld(seed);
        const found = factorRegression(returns, { market, size })!;
        const [mm, ss, ms, my, sy, yy] = [product(market, market), product(size, size), product(market, size), product(market, returns), product(size, returns), product(returns, returns)];
        const slopes = [(ss * my - ms * sy) / (mm * ss - ms * ms), (mm * sy - ms * my) / (mm * ss - ms * ms)];
        expect([found.loadings['market'].estimate, found.loadings['size'].estimate]).toEqual(slopes.map((slope) => expect.closeTo(slope, 11)));
        expect(found.alpha.estimate).toBeCloseTo(mean(returns) - slopes[0] * mean(market) - slopes[1] * mean(size), 13);
        const explained = slopes[0] * my + slopes[1] * sy;
        expect(found.rSquared).toBeCloseTo(explained / yy, 11);
        expect(found.adjustedRSquared).toBeCloseTo(1 - ((1 - explained / yy) * 119) / 117, 11);
        expect(found.residualVolatility).toBeCloseTo(Math.sqrt(((yy - explained) / 117) * 252), 11);
      }),
      settings,
    );
  });

  it('on no factor is the t of the mean', () => {
    const returns = drawReturns(3, 90);
    for (const lags of [0, 4]) expect(factorRegression(returns, {}, { lags })!.alpha.t).toBeCloseTo(neweyWestT(returns, lags)!, 11);
    expect(factorRegression(returns, {})).toMatchObject({ loadings: {}, rSquared: expect.closeTo(0, 12), sessions: 90, lags: 3 });
    expect(factorRegression(drawReturns(3, 600), {})).toMatchObject({ sessions: 600, lags: 5 });
  });

  it('finds no use for a factor in another unit, and none for their order', () => {
    fc.assert(
      fc.property(seeds, fc.double({ min: 0.001, max: 20, noNaN: true }), (seed, unit) => {
        const { market, size, returns } = drawWorld(seed);
        const base = factorRegression(returns, { market, size })!;
        const other = factorRegression(returns, { size, market: market.map((value) => value * unit) })!;
        expect(other.loadings['market'].estimate * unit).toBeCloseTo(base.loadings['market'].estimate, 10);
        for (const name of ['market', 'size']) expect(other.loadings[name].t).toBeCloseTo(base.loadings[name].t!, 8);
        expect(other.alpha.t).toBeCloseTo(base.alpha.t!, 8);
        expect(other.rSquared).toBeCloseTo(base.rSquared!, 11);
      }),
      settings,
    );
  });

  it('of the mirror image has mirrored coefficients of the same error', () => {
    const { market, size, returns } = drawWorld(8);
    const [base, mirrored] = [factorRegression(returns, { market, size })!, factorRegression(returns.map((value) => -value), { market, size })!];
    expect(mirrored.alpha.estimate).toBeCloseTo(-base.alpha.estimate, 15);
    expect(mirrored.loadings['size'].estimate).toBeCloseTo(-base.loadings['size'].estimate, 12);
    expect(mirrored.loadings['size'].standardError).toBeCloseTo(base.loadings['size'].standardError, 12);
  });

  it('of an exact fit has no error, and so no t', () => {
    const { market, size } = drawWorld(9);
    const found = factorRegression(market.map((value, t) => 0.0001 + 2 * value - 3 * size[t]), { market, size })!;
    expect(found.alpha).toEqual({ estimate: expect.closeTo(0.0001, 14), standardError: 0, t: null });
    expect(found.loadings['market'].estimate).toBeCloseTo(2, 11);
    expect(found.loadings['size'].estimate).toBeCloseTo(-3, 11);
    expect([found.rSquared, found.adjustedRSquared, found.residualVolatility]).toEqual([1, 1, 0]);
    expect(factorRegression(new Float64Array(120), { market })).toMatchObject({ alpha: { estimate: 0, t: null }, rSquared: null, adjustedRSquared: null });
  });

  it('is not there where factors tell nothing of their own, or sessions are too few', () => {
    const { market, size, returns } = drawWorld(10);
    expect(factorRegression(returns, { market, again: market.map((value) => 0.001 - 2 * value) })).toBeNull();
    expect(factorRegression(returns, { market, size, sum: market.map((value, t) => value + size[t]) })).toBeNull();
    expect(factorRegression(returns, { market, constant: new Float64Array(120).fill(0.001) })).toBeNull();
    expect(factorRegression(returns, { rounding: returns.map((_, t) => (t % 3 === 0 ? 0.1 + 0.2 : 0.3)) })).toBeNull();
    const few = (count: number) => factorRegression(returns.subarray(0, count), { market: market.subarray(0, count) });
    expect([few(0), few(1), few(2)]).toEqual([null, null, null]);
    expect(few(3)?.sessions).toBe(3);
    expect(factorRegression([], {})).toBeNull();
  });

  it('takes what is without risk off the returns, not off factors', () => {
    const { market, returns } = drawWorld(11);
    expect(factorRegression(returns, { market }, { riskFree: 0.0001 })).toEqual(factorRegression(returns.map((value) => value - 0.0001), { market }));
  });

  it('has more doubt about a mean whose sessions go together', () => {
    const noise = drawReturns(12, 600, { mean: 0.001, deviation: 0.01 });
    let last = 0;
    const carried = noise.map((value) => (last = 0.7 * last + value));
    const error = (lags: number): number => factorRegression(carried, {}, { lags })!.alpha.standardError;
    expect(error(20) / error(0)).toBeGreaterThan(1.5);
  });

  it('refuses gaps, lengths that differ and lags of half a session', () => {
    const { market, returns } = drawWorld(13);
    expect(() => factorRegression(returns, { market: market.with(4, Number.NaN) })).toThrow('found NaN at position 4 in factor "market" of factorRegression');
    expect(() => factorRegression(returns, { market: market.subarray(1) })).toThrow('expected a return for each of 120 sessions, found 119 in factor "market"');
    for (const lags of [-1, 0.5, Number.NaN]) expect(() => factorRegression(returns, { market }, { lags })).toThrow(`expected a whole number of lags, found ${lags}`);
  });
});

describe('long-run covariance', () => {
  it('is symmetric and without lags the mean of products', () => {
    const vectors = Float64Array.from([1, 2, -1, 0.5, 0, -2.5]);
    expect([...longRunCovariance(vectors, 2, 0)]).toEqual([2 / 3, 0.5, 0.5, (4 + 0.25 + 6.25) / 3].map((value) => expect.closeTo(value, 14)));
    const [, above, below] = longRunCovariance(vectors, 2, 2);
    expect(above).toBe(below);
    // Bartlett weights by hand: 2/3 at one lag, 1/3 at two
    expect(longRunCovariance(vectors, 2, 2)[0]).toBeCloseTo((2 + 2 * ((2 / 3) * -1 + (1 / 3) * 0)) / 3, 14);
  });
});
