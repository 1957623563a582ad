import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exposure } from '../../../src/evaluation/performance/exposure.js';
import { turnover } from '../../../src/evaluation/performance/turnover.js';

// two names on three sessions, [symbol, session]
const weights = [0.5, 0, 0, 0.25, -0.25, 0];

describe('exposure', () => {
  it('by hand', () => {
    expect(exposure({ weights, symbols: 2 })).toEqual({
      gross: Float64Array.of(0.75, 0.25, 0), net: Float64Array.of(0.75, -0.25, 0), names: Float64Array.of(2, 1, 0),
      meanGross: expect.closeTo(1 / 3, 15), meanNet: expect.closeTo(0.5 / 3, 15), meanNames: 1, timeInMarket: 2 / 3,
    });
  });

  it('of no session has no mean', () => {
    expect(exposure({ weights: [], symbols: 2 })).toMatchObject({ meanGross: null, meanNet: null, meanNames: null, timeInMarket: null });
  });

  it('net is never larger than gross, and both scale', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 12, maxLength: 12 }), (drawn) => {
        const [base, twice] = [exposure({ weights: drawn, symbols: 3 }), exposure({ weights: drawn.map((value) => value * 2), symbols: 3 })];
        base.gross.forEach((value, t) => expect(Math.abs(base.net[t])).toBeLessThanOrEqual(value + 1e-15));
        expect([...twice.gross]).toEqual([...base.gross].map((value) => 2 * value));
        expect(twice.timeInMarket).toBe(base.timeInMarket);
      }),
      { numRuns: 30, seed: 4 },
    );
  });
});

describe('turnover', () => {
  it('by hand, where prices do not move', () => {
    expect(turnover({ weights, symbols: 2 })).toEqual({ bySession: Float64Array.of(0.375, 0.5, 0.125), mean: 0.3125, annual: 78.75 });
    expect(turnover({ weights, symbols: 2, sessionsPerYear: 4 }).annual).toBe(1.25);
  });

  it('is against the weights that the market left', () => {
    // half in one name that doubles: two thirds of a book of 1.5
    const returns = [Number.NaN, 1];
    expect([...turnover({ weights: [0.5, 2 / 3], symbols: 1, returns }).bySession]).toEqual([0.25, expect.closeTo(0, 15)]);
    expect(turnover({ weights: [0.5, 0.5], symbols: 1, returns }).bySession[1]).toBeCloseTo(1 / 12, 15);
  });

  it('of names bought and held is nothing after the first session', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -0.3, max: 0.3, noNaN: true }), { minLength: 12, maxLength: 12 }), (returns) => {
        const values = new Float64Array(12); // three names, four sessions
        for (let t = 0; t < 4; t++) for (let row = 0; row < 3; row++) values[row * 4 + t] = t === 0 ? 1 / 3 : values[row * 4 + t - 1] * (1 + returns[row * 4 + t]);
        const held = values.map((value, i) => value / (values[i % 4] + values[4 + (i % 4)] + values[8 + (i % 4)]));
        const found = turnover({ weights: held, symbols: 3, returns });
        expect(found.bySession[0]).toBeCloseTo(0.5, 12);
        expect(found.mean).toBeCloseTo(0, 12);
      }),
      { numRuns: 30, seed: 4 },
    );
  });

  it('reads no return of a name that is not held, and wants those of names that are', () => {
    expect(turnover({ weights: [0, 0.5, 0.5, 0.5], symbols: 2, returns: [0, Number.NaN, 0, 0] }).bySession[1]).toBe(0.25);
    expect(() => turnover({ weights: [0.5, 0.5], symbols: 1, returns: [0, Number.NaN] })).toThrow('expected a finite return of what is held, found NaN at position 1 in turnover');
    expect(() => turnover({ weights: [0.5, 0.5], symbols: 1, returns: [0] })).toThrow('expected a return for each of 2 weights, found 1 in turnover');
    expect(() => turnover({ weights: [2, 2], symbols: 1, returns: [0, -0.5] })).toThrow('expected equity above 0 after the returns of session 1, found 0');
  });

  it('of a single session or none has no mean', () => {
    expect(turnover({ weights: [0.5, 0.5], symbols: 2 })).toEqual({ bySession: Float64Array.of(0.5), mean: null, annual: null });
    expect(turnover({ weights: [], symbols: 2 })).toEqual({ bySession: new Float64Array(0), mean: null, annual: null });
  });
});

describe('a matrix of weights', () => {
  it.each(Object.entries({ exposure, turnover }))('is checked by %s', (name, figure) => {
    expect(() => figure({ weights: [1, 2, 3], symbols: 2 })).toThrow(`expected rows of equal length for 2 symbols, found 3 numbers in ${name}`);
    expect(() => figure({ weights: [], symbols: 0 })).toThrow('expected rows of equal length for 0 symbols');
    expect(() => figure({ weights: [0, 0, 0, Number.NaN], symbols: 2 })).toThrow(`expected finite numbers, found NaN for symbol 1 at session 1 in ${name}`);
  });
});
