import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { annualReturn, totalReturn } from '../../../src/evaluation/performance/annual-return.js';
import { annualVolatility } from '../../../src/evaluation/performance/annual-volatility.js';
import { calmarRatio } from '../../../src/evaluation/performance/calmar-ratio.js';
import { equityCurve } from '../../../src/evaluation/performance/equity-curve.js';
import { omegaRatio } from '../../../src/evaluation/performance/omega-ratio.js';
import { kurtosis, skewness } from '../../../src/evaluation/performance/shape.js';
import { sharpeRatio } from '../../../src/evaluation/performance/sharpe-ratio.js';
import { downsideRisk, sortinoRatio } from '../../../src/evaluation/performance/sortino-ratio.js';
import { stability } from '../../../src/evaluation/performance/stability.js';
import { conditionalValueAtRisk, tailRatio, valueAtRisk } from '../../../src/evaluation/performance/value-at-risk.js';
import { winRate } from '../../../src/evaluation/performance/win-rate.js';
import { drawReturns } from './draws.js';

const FIGURES = { totalReturn, annualReturn, annualVolatility, sharpeRatio, downsideRisk, sortinoRatio, omegaRatio, valueAtRisk, conditionalValueAtRisk, tailRatio, skewness, kurtosis, stability, winRate, calmarRatio };
const each = (returns: ArrayLike<number>): Record<string, number | null> => Object.fromEntries(Object.entries(FIGURES).map(([name, figure]) => [name, figure(returns)]));
const scaled = (returns: Float64Array, factor: number): Float64Array => returns.map((value) => value * factor);

describe('figures by hand', () => {
  const returns = [0.1, -0.05, 0, 0.02];
  const sessionsPerYear = 2;

  it('compound', () => {
    expect(totalReturn(returns)).toBeCloseTo(1.1 * 0.95 * 1.02 - 1, 15);
    expect(annualReturn(returns, { sessionsPerYear })).toBeCloseTo(Math.sqrt(1.1 * 0.95 * 1.02) - 1, 15);
    expect(calmarRatio(returns, { sessionsPerYear })).toBeCloseTo((Math.sqrt(1.1 * 0.95 * 1.02) - 1) / 0.05, 12);
  });

  it('set the mean against what varies', () => {
    const squares = 0.0825 ** 2 + 0.0675 ** 2 + 0.0175 ** 2 + 0.0025 ** 2;
    expect(annualVolatility(returns, { sessionsPerYear })).toBeCloseTo(Math.sqrt((squares / 3) * 2), 15);
    expect(sharpeRatio(returns, { sessionsPerYear })).toBeCloseTo((0.0175 * Math.SQRT2) / Math.sqrt(squares / 3), 14);
    expect(downsideRisk(returns, { sessionsPerYear })).toBeCloseTo(0.025 * Math.SQRT2, 15);
    expect(sortinoRatio(returns, { sessionsPerYear })).toBeCloseTo((0.0175 / 0.025) * Math.SQRT2, 14);
    expect(omegaRatio(returns)).toBeCloseTo(0.12 / 0.05, 14);
    expect(winRate(returns)).toBe(0.5);
  });

  it('look at the tails', () => {
    expect(valueAtRisk(returns, { tail: 0.5 })).toBeCloseTo(0.01, 15);
    expect(valueAtRisk(returns)).toBeCloseTo(-0.05 + 0.15 * 0.05, 15);
    expect(conditionalValueAtRisk(returns)).toBe(-0.05);
    expect(conditionalValueAtRisk(returns, { tail: 0.4 })).toBeCloseTo(-0.025, 15);
    expect(tailRatio([-0.04, 0.02, 0.08], { tail: 0.5 })).toBe(1);
    expect(() => valueAtRisk(returns, { tail: 0.6 })).toThrow('expected a tail above 0 and at most 0.5, found 0.6 in valueAtRisk');
  });

  it('tell how straight the path of logs was', () => {
    // logs of 1, 3 and 2: correlation ½ with time
    expect(stability([Math.expm1(1), Math.expm1(2), Math.expm1(-1)])).toBeCloseTo(0.25, 12);
  });

  it('describe the shape', () => {
    expect(skewness([1, -1, 1, -1])).toBe(0);
    expect(kurtosis([1, -1, 1, -1])).toBe(1);
    expect(skewness([0, 0, 0, 1])).toBeCloseTo(2 / Math.sqrt(3), 14);
  });

  it('take the return without risk off, a number or one a session', () => {
    const excess = returns.map((value) => value - 0.01);
    for (const riskFree of [0.01, [0.01, 0.01, 0.01, 0.01]]) {
      expect(sharpeRatio(returns, { riskFree })).toBe(sharpeRatio(excess));
      expect(sortinoRatio(returns, { riskFree })).toBe(sortinoRatio(excess));
      expect(omegaRatio(returns, { riskFree })).toBe(omegaRatio(excess));
    }
    expect(() => sharpeRatio(returns, { riskFree: [0.01] })).toThrow('expected a return for each of 4 sessions, found 1 in riskFree of sharpeRatio');
  });
});

describe('laws of figures', () => {
  const seeds = fc.integer({ min: 1, max: 1000 });
  const factors = fc.double({ min: 0.01, max: 3, noNaN: true });

  it('scale: what is in units of return grows with it, what has no unit does not change', () => {
    fc.assert(
      fc.property(seeds, factors, (seed, factor) => {
        const [base, grown] = [each(drawReturns(seed, 80)), each(scaled(drawReturns(seed, 80), factor))];
        for (const name of ['annualVolatility', 'downsideRisk', 'valueAtRisk', 'conditionalValueAtRisk']) expect(grown[name]! / base[name]!, name).toBeCloseTo(factor, 9);
        for (const name of ['sharpeRatio', 'sortinoRatio', 'omegaRatio', 'tailRatio', 'skewness', 'kurtosis', 'winRate']) expect(grown[name], name).toBeCloseTo(base[name]!, 9);
      }),
      { numRuns: 30, seed: 7 },
    );
  });

  it('sign: the mirror image has the opposite Sharpe ratio and skewness, the inverse omega and tail ratio, the same spread', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const [base, mirrored] = [each(drawReturns(seed, 80)), each(scaled(drawReturns(seed, 80), -1))];
        for (const name of ['sharpeRatio', 'skewness']) expect(mirrored[name], name).toBeCloseTo(-base[name]!, 9);
        for (const name of ['omegaRatio', 'tailRatio']) expect(mirrored[name]! * base[name]!, name).toBeCloseTo(1, 9);
        for (const name of ['annualVolatility', 'kurtosis']) expect(mirrored[name], name).toBeCloseTo(base[name]!, 9);
        expect(mirrored['winRate']! + base['winRate']!).toBeCloseTo(1, 12);
      }),
      { numRuns: 30, seed: 7 },
    );
  });

  it('a year of another length changes figures by its root, or compounds to the same whole', () => {
    const returns = drawReturns(3, 120);
    expect(sharpeRatio(returns, { sessionsPerYear: 63 })! * 2).toBeCloseTo(sharpeRatio(returns)!, 12);
    expect(downsideRisk(returns, { sessionsPerYear: 63 })! * 2).toBeCloseTo(downsideRisk(returns)!, 12);
    expect((1 + annualReturn(returns, { sessionsPerYear: 60 })!) ** 2 - 1).toBeCloseTo(totalReturn(returns)!, 12);
    for (const sessionsPerYear of [0, -1, Number.NaN]) expect(() => annualVolatility(returns, { sessionsPerYear })).toThrow(`expected a positive number of sessions per year, found ${sessionsPerYear}`);
  });

  it('order matters to the path alone', () => {
    const returns = drawReturns(5, 90);
    const { stability: straight, calmarRatio: calmar, ...others } = each(returns);
    const sorted = each(returns.toSorted());
    for (const [name, value] of Object.entries(others)) expect(sorted[name], name).toBeCloseTo(value!, 9);
    expect(sorted['stability']).not.toBeCloseTo(straight!, 3);
    expect(sorted['calmarRatio']).not.toBeCloseTo(calmar!, 3);
  });
});

describe('series with nothing to tell', () => {
  it('of nothing have no figure', () => {
    expect(Object.values(each([])).every((value) => value === null)).toBe(true);
  });

  it('of one return have only what one return can tell', () => {
    expect(each([0.01])).toEqual({
      totalReturn: expect.closeTo(0.01, 14), annualReturn: expect.closeTo(1.01 ** 252 - 1, 10), annualVolatility: null, sharpeRatio: null, downsideRisk: 0, sortinoRatio: null, omegaRatio: null,
      valueAtRisk: 0.01, conditionalValueAtRisk: 0.01, tailRatio: 1, skewness: null, kurtosis: null, stability: null, winRate: 1, calmarRatio: null,
    });
  });

  it('all zero have no ratio', () => {
    expect(each(new Float64Array(20))).toEqual({
      totalReturn: 0, annualReturn: 0, annualVolatility: 0, sharpeRatio: null, downsideRisk: 0, sortinoRatio: null, omegaRatio: null,
      valueAtRisk: 0, conditionalValueAtRisk: 0, tailRatio: null, skewness: null, kurtosis: null, stability: null, winRate: 0, calmarRatio: null,
    });
  });

  it.each([0.001, 1 / 3, -0.07, 1e-12])('of equal returns %f do not vary, whatever rounding says', (value) => {
    const found = each(new Float64Array(997).fill(value));
    expect([found['annualVolatility'], found['sharpeRatio'], found['skewness'], found['kurtosis']]).toEqual([0, null, null, null]);
    expect(sharpeRatio(new Float64Array(997).fill(value), { riskFree: value })).toBeNull();
  });

  it('that differ by rounding alone do not vary either', () => {
    expect([annualVolatility([0.3, 0.1 + 0.2, 0.3]), sharpeRatio([0.3, 0.1 + 0.2, 0.3]), skewness([0.3, 0.1 + 0.2, 0.3])]).toEqual([0, null, null]);
  });

  it('that grow evenly are as stable as can be', () => {
    expect(stability(new Float64Array(50).fill(0.01))).toBeCloseTo(1, 12);
    expect(stability(new Float64Array(50).fill(-0.01))).toBeCloseTo(1, 12);
    expect(stability([0.01, 0.02])).toBeNull();
  });

  it('that lose everything stay lost', () => {
    expect(totalReturn([0.1, -1, 0.5])).toBe(-1);
    expect(annualReturn([0.1, -1, 0.5])).toBe(-1);
    expect(stability([0.1, -1, 0.5])).toBeNull();
  });

  it('too large to annualize are null, too large to compound refused', () => {
    expect(annualReturn([1e6])).toBeNull();
    expect(() => equityCurve(new Array<number>(60).fill(1e6))).toThrow('expected returns that compound to a finite number, found Infinity in equityCurve');
  });
});

describe('what is no return', () => {
  it.each(Object.entries(FIGURES))('is refused by %s', (_, figure) => {
    for (const wrong of [Number.NaN, Infinity, -Infinity, -1.01]) expect(() => figure([0.01, wrong, 0.02])).toThrow(`expected finite simple returns of at least −1, found ${wrong} at position 1 in`);
    expect(() => figure([Number.NaN])).toThrow(expect.objectContaining({ name: 'InvariantError', code: 'BAD_RETURNS', fields: expect.objectContaining({ position: 0 }) }));
  });

  it('inputs are left as they were', () => {
    const returns = Object.freeze([0.03, -0.02, 0.01]);
    each(returns);
    const typed = Float64Array.from(returns);
    each(typed);
    expect([...typed]).toEqual(returns);
  });
});
