import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isoDate } from '../../src/core/dates.js';
import { formatCount, formatDate, formatHash, formatNumber, formatPercent, formatPrice, formatShortDate, formatSignedPercent, formatValue } from '../../src/report/format.js';

describe('numbers', () => {
  it.each([
    [1234567.891, 2, '1,234,567.89'], [-1234.5, 1, '−1,234.5'], [999, 0, '999'], [-0.001, 2, '0.00'], [0, 0, '0'], [Number.NaN, 2, '–'], [Infinity, 0, '–'],
  ])('writes %d with %d decimals as %s', (value, digits, text) => {
    expect(formatNumber(value, digits)).toBe(text);
  });

  it('says the number it was given, to the digits shown', () => {
    fc.assert(fc.property(fc.double({ min: -1e12, max: 1e12, noNaN: true }), fc.integer({ min: 0, max: 6 }), (value, digits) => {
      const back = Number(formatNumber(value, digits).replaceAll(',', '').replace('−', '-'));
      expect(Math.abs(back - value)).toBeLessThanOrEqual(0.5 * 10 ** -digits + 1e-3 * Number(Math.abs(value) > 1e9) + 1e-9);
    }));
  });

  it('shows prices under one with four decimals', () => {
    expect([formatPrice(0.01234), formatPrice(1234.5)]).toEqual(['0.0123', '1,234.50']);
  });

  it('writes fractions as percent, with a sign only where there is something to sign', () => {
    expect([formatPercent(0.1234), formatPercent(-0.5, 0), formatPercent(Number.NaN)]).toEqual(['12.3%', '−50%', '–']);
    expect([formatSignedPercent(0.012), formatSignedPercent(-0.012), formatSignedPercent(0.0001), formatSignedPercent(0)]).toEqual(['+1.2%', '−1.2%', '0.0%', '0.0%']);
  });

  it('shows values of unknown unit to four significant digits', () => {
    expect([0.50241, 391, 1234.56, -0.000123456, 2.5, 1.2e-9, 12.3001, 'text', Number.NaN].map(formatValue)).toEqual(['0.5024', '391', '1,235', '−0.0001235', '2.5', '1.20e−9', '12.3', 'text', '–']);
  });

  it('counts one and many', () => {
    expect([formatCount(1, 'name'), formatCount(0, 'name'), formatCount(1200, 'entry', 'entries')]).toEqual(['1 name', '0 names', '1,200 entries']);
  });
});

describe('dates and hashes', () => {
  it('names the weekday that the calendar has', () => {
    expect(formatDate(isoDate('2018-02-08'))).toBe('Thursday, 8 February 2018');
    expect(formatDate(isoDate('1969-07-20'))).toBe('Sunday, 20 July 1969');
    expect(formatShortDate(isoDate('2025-12-31'))).toBe('31 Dec 2025');
  });

  it('cuts hashes to twelve characters without the name of the algorithm', () => {
    expect([formatHash('sha256:0123456789abcdef'), formatHash('0123456789abcdef'), formatHash('ab')]).toEqual(['0123456789ab', '0123456789ab', 'ab']);
  });
});
