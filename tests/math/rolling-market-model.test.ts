import { describe, expect, it } from 'vitest';

import { createRng } from '../../src/core/rng.js';
import { rollingResidualMoments } from '../../src/math/rolling/residual-moments.js';
import { rollingSlopeWhere } from '../../src/math/rolling/slope-where.js';
import { rollingTwoSlopes } from '../../src/math/rolling/two-slopes.js';
import { fitLine } from '../../src/math/stats.js';

function noise(label: string, length = 80): Float64Array {
  const rng = createRng(3).fork(label);
  return Float64Array.from({ length }, () => rng.normal());
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('moments of the errors of windows', () => {
  const x = noise('x');
  const y = noise('y').map((value, t) => (t % 17 === 3 ? Number.NaN : 0.4 + 1.3 * x[t] + value * value));

  it('are those of the errors of the line, written out', () => {
    const [window, t] = [30, 71];
    const found = rollingResidualMoments(y, x, window);
    const pairs = Array.from({ length: window }, (_, i) => t - window + 1 + i).filter((s) => !Number.isNaN(y[s]));
    const { slope, intercept } = fitLine(pairs.map((s) => x[s]), pairs.map((s) => y[s]));
    const errors = pairs.map((s) => y[s] - intercept - slope * x[s]);
    const variance = mean(errors.map((e) => e * e));
    const meanX = mean(pairs.map((s) => x[s]));
    const squares = pairs.map((s) => (x[s] - meanX) ** 2);
    expect(pairs.length).toBeLessThan(window);
    expect(found.slope[t]).toBeCloseTo(slope, 12);
    expect(found.std[t]).toBeCloseTo(Math.sqrt(variance), 12);
    expect(found.skewness[t]).toBeCloseTo(mean(errors.map((e) => e ** 3)) / variance ** 1.5, 10);
    expect(found.coskewness[t]).toBeCloseTo(mean(errors.map((e, i) => e * squares[i])) / (Math.sqrt(variance) * mean(squares)), 10);
  });

  it('are not there where the line explains everything, or x does not vary, or too little is there', () => {
    expect(rollingResidualMoments(x.map((value) => 2 * value), x, 20).skewness[50]).toBeNaN();
    expect(rollingResidualMoments(x.map((value) => 2 * value), x, 20).slope[50]).toBeCloseTo(2, 12);
    expect(rollingResidualMoments(y, x.map(() => 0.1), 20).slope[50]).toBeNaN();
    expect(rollingResidualMoments(y.map((value, t) => (t % 3 === 0 ? Number.NaN : value)), x, 20).slope.every(Number.isNaN)).toBe(true);
  });
});

describe('slopes on two regressors', () => {
  const [a, b] = [noise('a'), noise('b')];

  it('are those that the values were made with', () => {
    const { first, second } = rollingTwoSlopes(a.map((value, t) => 5 + 0.7 * value - 1.1 * b[t]), [a, b], 12);
    expect(first[10]).toBeNaN();
    for (const t of [11, 40, 79]) {
      expect(first[t]).toBeCloseTo(0.7, 10);
      expect(second[t]).toBeCloseTo(-1.1, 10);
    }
  });

  it('leave errors that neither regressor explains', () => {
    const y = noise('y');
    const [window, t] = [25, 60];
    const { first, second } = rollingTwoSlopes(y, [a, b], window);
    const at = Array.from({ length: window }, (_, i) => t - window + 1 + i);
    const rest = at.map((s) => y[s] - first[t] * a[s] - second[t] * b[s]);
    const level = mean(rest);
    for (const regressor of [a, b]) expect(mean(rest.map((value, i) => (value - level) * regressor[at[i]]))).toBeCloseTo(0, 12);
  });

  it('are not there where one regressor says what the other does, or nothing', () => {
    expect(rollingTwoSlopes(noise('y'), [a, a.map((value) => 3 * value + 1)], 12).first.every(Number.isNaN)).toBe(true);
    expect(rollingTwoSlopes(noise('y'), [a, a.map(() => 0.1)], 12).first.every(Number.isNaN)).toBe(true);
  });
});

describe('slopes over part of a window', () => {
  const x = noise('x');
  const y = noise('y').map((value, t) => (t % 13 === 5 ? Number.NaN : (x[t] < 0 ? 2 : -1) * x[t] + 0.1 * value));

  it('are those of the line through the chosen pairs, written out', () => {
    const found = rollingSlopeWhere(y, x, 40, { where: (value) => value < 0, minPresent: 5 });
    const { slope } = fitLine(...chosen(70, 40));
    expect(chosen(70, 40)[0].length).toBeLessThan(30);
    expect(found[70]).toBeCloseTo(slope, 12);
    expect(found[70]).toBeGreaterThan(1.8);
    expect(found[38]).toBeNaN();
  });

  it('are not there when too few are chosen, or x does not vary among them', () => {
    const count = chosen(70, 40)[0].length;
    const of = (minPresent: number): number => rollingSlopeWhere(y, x, 40, { where: (value) => value < 0, minPresent })[70];
    expect([Number.isNaN(of(count)), Number.isNaN(of(count + 1))]).toEqual([false, true]);
    expect(rollingSlopeWhere(y, x.map((value) => (value < 0 ? -0.1 : value)), 40, { where: (value) => value < 0, minPresent: 3 })[70]).toBeNaN();
  });

  function chosen(t: number, window: number): [number[], number[]] {
    const at = Array.from({ length: window }, (_, i) => t - window + 1 + i).filter((s) => x[s] < 0 && !Number.isNaN(y[s]));
    return [at.map((s) => x[s]), at.map((s) => y[s])];
  }
});
