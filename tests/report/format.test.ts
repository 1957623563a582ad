import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isoDate } from '../../src/core/dates.js';
import { formatCount, formatDate, formatFeature, formatHash, formatNumber, formatPercent, formatPrice, formatReasonValue, formatShortDate, formatShortMoney, formatSignedPercent, formatValue } from '../../src/report/format.js';

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

describe('features', () => {
  it.each([
    [0.1234, 'return', '+12.3%'], [-0.0021, 'return', '−0.21%'], [0, 'return', '0.00%'], [12.5, 'return', '+1,250%'], [0.08, 'annualized return', '+8.0%'],
    [0.5, 'fraction', '50.0%'], [0.00002, 'fraction', '0.0020%'], [0.241, 'annualized volatility', '24.1%'], [0.0431, 'fraction per year', '4.3%'], [0.87, 'rank', '87%'],
    [1.5, 'z-score', '+1.50'], [-0.333, 'correlation', '−0.33'], [0.0001, 'z-score', '0.00'], [1.239, 'ratio', '1.24'], [0.0123, 'ratio', '0.012'], [3.1e-11, 'ratio', '3.1e−11'], [12345.6, 'ratio', '12,346'],
    [21, 'sessions', '21 sessions'], [1, 'sessions', '1 session'], [2.5, 'days', '2.5 days'], [1, 'flag', 'yes'], [0, 'flag', 'no'], [Math.log(128.4e6), 'log money', '128 m'],
    [19.21, 'index points', '19.21'], [0.50241, 'furlongs', '0.5024'], [Number.NaN, 'return', '–'], [null, 'ratio', '–'], [Infinity, 'sessions', '–'],
  ])('writes %d %s as %s', (value, unit, text) => {
    expect(formatFeature(value, unit)).toBe(text);
  });

  it('shows no value that is not zero as zero, where the unit is a fraction or a ratio', () => {
    fc.assert(fc.property(fc.double({ min: 1e-12, max: 1e6, noNaN: true }), fc.constantFrom('return', 'fraction', 'ratio', 'annualized volatility'), (value, unit) => {
      expect(formatFeature(value, unit)).toMatch(/[1-9]/);
    }));
  });

  it('cuts amounts to three digits', () => {
    expect([0.5, 950, 1234, 45_600, 7.891e6, 2.5e9, -3e12, Number.NaN].map(formatShortMoney)).toEqual(['0.50', '950', '1.23 k', '45.6 k', '7.89 m', '2.50 bn', '−3.00 tn', '–']);
  });
});

describe('numbers in reasons', () => {
  it.each([
    [118.4, 'price', '118.40'], [1_234_567.8, 'money', '1,234,568'], [-0.0213, 'fraction', '−2.1%'], [1, 'sessions', '1 session'], [12, 'count', '12'], [0.03827, 'score', '0.03827'],
    ['sector-cap', 'name', 'sector-cap'], ['2018-02-15', 'date', '15 Feb 2018'], ['soon', 'date', 'soon'], [0.50241, undefined, '0.5024'], [Number.NaN, 'price', '–'],
  ])('writes %s %s as %s', (value, unit, text) => {
    expect(formatReasonValue(value, unit)).toBe(text);
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
