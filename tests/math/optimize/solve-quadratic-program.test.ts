import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createRng } from '../../../src/core/rng.js';
import type { QuadraticProgram } from '../../../src/math/optimize/quadratic-program.js';
import { solveQuadraticProgram } from '../../../src/math/optimize/solve-quadratic-program.js';

interface Shape {
  readonly seed: number;
  readonly size: number;
  /** Of Q: below `size` it is singular. */
  readonly rank: number;
  readonly exact: boolean;
  /** Where the budget is between the least and the most that the limits allow. */
  readonly fullness: number;
  /** Size of Q. */
  readonly scale: number;
  /** Whether c is zero. */
  readonly plain: boolean;
}

/** A random programme; a third of the unknowns have a lower limit of 0, one in eight is fixed. */
function made({ seed, size, rank, exact, fullness, scale, plain }: Shape): QuadraticProgram {
  const rng = createRng(seed);
  const factor = Float64Array.from({ length: size * rank }, () => rng.normal());
  const quadratic = Float64Array.from({ length: size * size }, (_, at) => {
    const [i, j] = [Math.floor(at / size), at % size];
    let sum = 0;
    for (let k = 0; k < rank; k++) sum += factor[i * rank + k] * factor[j * rank + k];
    return (sum * scale) / Math.max(1, rank);
  });
  const lower = Float64Array.from({ length: size }, () => (rng.integer(0, 2) === 0 ? 0 : rng.normal()));
  const upper = lower.map((value) => value + (rng.integer(0, 7) === 0 ? 0 : rng.float()));
  const budget = lower.reduce((sum, value, i) => sum + value + fullness * (upper[i] - value), 0);
  return { quadratic, linear: Float64Array.from({ length: size }, () => (plain ? 0 : scale * rng.normal())), lower, upper, budget, exact };
}

/** Largest breach of the conditions of Karush, Kuhn and Tucker, beside the size of what cancels in them. */
function breach({ quadratic, linear, lower, upper, budget, exact }: QuadraticProgram): number {
  const { x, budgetPrice } = solveQuadraticProgram({ quadratic, linear, lower, upper, budget, exact });
  const size = x.length;
  const most = (values: ArrayLike<number>): number => Array.from(values).reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  const limits = Math.max(most(lower), most(upper), Math.abs(budget));
  const sum = x.reduce((total, value) => total + value, 0);
  const gradients = x.map((_, i) => x.reduce((total, value, j) => total + quadratic[i * size + j] * value, budgetPrice - linear[i]));
  const dual = gradients.map((gradient, i) => {
    if (lower[i] === upper[i]) return 0;
    if (x[i] === lower[i]) return Math.max(0, -gradient);
    return x[i] === upper[i] ? Math.max(0, gradient) : Math.abs(gradient);
  });
  const price = exact ? 0 : Math.max(0, -budgetPrice) + (budgetPrice > 0 ? Math.min(budgetPrice, Math.abs(budget - sum)) : 0);
  const primal = [...x.map((value, i) => Math.max(0, lower[i] - value, value - upper[i])), exact ? Math.abs(sum - budget) : Math.max(0, sum - budget)];
  return Math.max(most(primal) / (limits || 1), (most(dual) + price) / (most(quadratic) * limits + most(linear) || 1));
}

const shape = fc.record({ seed: fc.integer({ min: 0, max: 1e6 }), size: fc.integer({ min: 1, max: 25 }), exact: fc.boolean(), fullness: fc.constantFrom(0, 0.1, 0.5, 0.9, 1), scale: fc.constantFrom(1e-4, 1, 1e4), plain: fc.boolean() });

const identity = (size: number): Float64Array => Float64Array.from({ length: size * size }, (_, at) => (at % (size + 1) === 0 ? 1 : 0));

describe('solveQuadraticProgram', () => {
  it('keeps to the conditions of an optimum', () => {
    fc.assert(fc.property(shape, (one) => {
      expect(breach(made({ ...one, rank: one.size + 3 }))).toBeLessThan(1e-11);
    }), { seed: 71, numRuns: 400 });
  });

  it('does so for a singular matrix, and for none', () => {
    fc.assert(fc.property(shape, fc.double({ min: 0, max: 1, noNaN: true }), (one, share) => {
      expect(breach(made({ ...one, rank: Math.floor(share * one.size) }))).toBeLessThan(2e-9);
    }), { seed: 72, numRuns: 400 });
  });

  it.each([{ rank: 260, exact: true }, { rank: 260, exact: false }, { rank: 50, exact: true }])('solves 200 unknowns: %j', ({ rank, exact }) => {
    expect(breach(made({ seed: 73, size: 200, rank, exact, fullness: 0.3, scale: 0.04, plain: false }))).toBeLessThan(1e-10);
  });

  it('is the projection on a simplex where Q is the identity', () => {
    const { x } = solveQuadraticProgram({ quadratic: identity(3), linear: [0.9, 0.6, -1], lower: [0, 0, 0], upper: [1, 1, 1], budget: 1, exact: true });
    [0.65, 0.35, 0].forEach((value, i) => expect(x[i]).toBeCloseTo(value, 15));
  });

  it('leaves budget over, at no price, unless it has to be spent', () => {
    const rest = { quadratic: identity(2), linear: [0.1, 0.2], lower: [0, 0], upper: [1, 1], budget: 1 };
    expect(solveQuadraticProgram({ ...rest, exact: false })).toEqual({ x: Float64Array.of(0.1, 0.2), budgetPrice: 0, rounds: 1 });
    const spent = solveQuadraticProgram({ ...rest, exact: true });
    expect(spent.budgetPrice).toBeCloseTo(-0.35, 14);
    [0.45, 0.55].forEach((value, i) => expect(spent.x[i]).toBeCloseTo(value, 14));
  });

  it('prices the budget at what one unit more of it gains', () => {
    const program = made({ seed: 74, size: 8, rank: 12, exact: false, fullness: 0.2, scale: 1, plain: false });
    const value = (budget: number): number => {
      const { x } = solveQuadraticProgram({ ...program, budget });
      return x.reduce((sum, one, i) => sum - program.linear[i] * one + (one / 2) * x.reduce((row, other, j) => row + program.quadratic[i * 8 + j] * other, 0), 0);
    };
    const { budgetPrice } = solveQuadraticProgram(program);
    expect(budgetPrice).toBeGreaterThan(0.1);
    expect((value(program.budget - 1e-5) - value(program.budget + 1e-5)) / 2e-5).toBeCloseTo(budgetPrice, 6);
  });

  it('does not depend on the order of the unknowns', () => {
    fc.assert(fc.property(shape, (one) => {
      const program = made({ ...one, rank: one.size + 3 });
      const order = createRng(one.seed).shuffle(Array.from({ length: one.size }, (_, i) => i));
      const moved = (values: ArrayLike<number>): Float64Array => Float64Array.from(order, (i) => values[i]);
      const { x } = solveQuadraticProgram(program);
      const shuffled = solveQuadraticProgram({ ...program, quadratic: Float64Array.from(order.flatMap((i) => order.map((j) => program.quadratic[i * one.size + j]))), linear: moved(program.linear), lower: moved(program.lower), upper: moved(program.upper) });
      shuffled.x.forEach((value, k) => expect(value).toBeCloseTo(x[order[k]], 8));
    }), { seed: 75, numRuns: 100 });
  });

  it('divides evenly between unknowns that are the same', () => {
    const twins = Float64Array.of(4, 4, 0, 4, 4, 0, 0, 0, 4);
    const { x } = solveQuadraticProgram({ quadratic: twins, linear: [0, 0, 0], lower: [0, 0, 0], upper: [1, 1, 1], budget: 1, exact: true });
    [0.25, 0.25, 0.5].forEach((value, i) => expect(x[i]).toBeCloseTo(value, 7));
  });

  it('knows nothing to do', () => {
    expect(solveQuadraticProgram({ quadratic: new Float64Array(0), linear: [], lower: [], upper: [], budget: 0, exact: true }).x).toHaveLength(0);
    expect(solveQuadraticProgram({ quadratic: new Float64Array(4), linear: [0, 0], lower: [0, 0], upper: [0, 0], budget: 0, exact: true }).x).toEqual(new Float64Array(2));
  });

  it.each([
    ['crossed limits', { lower: [0.5, 0], upper: [0.4, 1] }, 'expected lower ≤ upper, found 0.5 > 0.4 for unknown 0'],
    ['lower limits above the budget', { lower: [0.6, 0.6] }, 'expected a budget of at least 1.2, the sum of the lower limits, found 1'],
    ['upper limits below a budget that has to be spent', { upper: [0.25, 0.5] }, 'expected a budget of at most 0.75, the sum of the upper limits, found 1'],
    ['a missing number', { linear: [Number.NaN, 0] }, 'expected finite numbers, found NaN at 0 of the linear term'],
    ['no limit', { upper: [1, Infinity] }, 'expected finite numbers, found Infinity at 1 of the upper limits'],
    ['too few limits', { lower: [0] }, 'expected a matrix of 2 × 2 and 2 limits on both sides, found 4, 1 and 2 numbers'],
    ['a matrix that is not convex', { quadratic: Float64Array.of(1, 2, 2, 1) }, 'expected a positive semidefinite matrix, found one with a negative eigenvalue'],
  ])('refuses %s', (_, part, message) => {
    const program = { quadratic: identity(2), linear: [0, 0], lower: [0, 0], upper: [1, 1], budget: 1, exact: true };
    expect(() => solveQuadraticProgram({ ...program, ...part })).toThrow(message);
  });
});
