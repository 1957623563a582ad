import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { InvariantError } from '../../src/core/errors.js';
import { addCents, fromCents, negateCents, toCents } from '../../src/portfolio/cents.js';

describe('toCents', () => {
  it.each([
    [0, 0],
    [1, 100],
    [0.125, 13],
    [-0.125, -13],
    [2.674, 267],
    [19.99, 1999],
    [-0.001, 0],
    [1e12, 1e14],
  ])('of %d is %d', (amount, cents) => {
    expect(toCents(amount)).toBe(cents);
  });

  it('never gives minus nothing', () => {
    expect(Object.is(toCents(-0.001), 0)).toBe(true);
    expect(Object.is(toCents(-0), 0)).toBe(true);
    expect(Object.is(negateCents(toCents(0)), 0)).toBe(true);
  });

  it('is off by half a cent at most, the same way on both sides of nothing', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e9, max: 1e9, noNaN: true }), (amount) => {
        const cents = toCents(amount);
        expect(Number.isInteger(cents)).toBe(true);
        expect(Math.abs(cents / 100 - amount)).toBeLessThanOrEqual(0.005 + 1e-6);
        expect(cents + toCents(-amount)).toBe(0);
      }),
    );
  });

  it.each([Number.NaN, Infinity, -Infinity, 1e15])('refuses %d, naming the place', (amount) => {
    expect(() => toCents(amount, 'the value of A')).toThrow(InvariantError);
    expect(() => toCents(amount, 'the value of A')).toThrow(`found ${amount} in the value of A`);
  });
});

describe('sums of cents', () => {
  it('are exact and come back', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1e12, max: 1e12 }), { maxLength: 50 }), (whole) => {
        const cents = whole.map((value) => toCents(value / 100));
        expect(addCents(...cents)).toBe(whole.reduce((sum, value) => sum + value, 0));
        expect(addCents(...cents, ...cents.map(negateCents))).toBe(0);
      }),
    );
    expect(fromCents(toCents(12.34))).toBe(12.34);
  });
});
