import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { decimalText, percentDigits } from '../../src/core/decimal-text.js';

describe('the text of a decimal', () => {
  it.each([
    [1.005, 2, '1.01'], [0.285, 2, '0.29'], [-2.5, 0, '3'], [4.75, 1, '4.8'], [0, 2, '0.00'], [1e-9, 2, '0.00'], [5e-7, 6, '0.000001'], [0.1 + 0.2, 1, '0.3'], [1.0049999999999999, 2, '1.01'], [123456789.125, 2, '123456789.13'],
  ])('rounds halves of %d up at %d decimals: %s', (value, digits, text) => {
    expect(decimalText(value, digits)).toBe(text);
  });

  it('is what whole numbers say, with as many decimals as asked for', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 1e9 }), fc.integer({ min: 1, max: 6 }), (whole, digits) => {
      const text = String(whole).padStart(digits + 1, '0');
      const expected = `${text.slice(0, -digits)}.${text.slice(-digits)}`;
      expect(decimalText(whole / 10 ** digits, digits)).toBe(expected);
      expect(decimalText(Number(`${expected}5`), digits)).toBe(decimalText((whole + 1) / 10 ** digits, digits));
      expect(decimalText(Number(`${expected}4`), digits)).toBe(expected);
    }), { seed: 11 });
  });
});

describe('percent', () => {
  it.each([[0.0475, 1, '4.8'], [0.04749962, 1, '4.8'], [0.0474, 1, '4.7'], [0.145, 0, '15'], [-0.05125, 2, '5.13'], [0.000012345, 4, '0.0012'], [0.00000012, 5, '0.00001']])('of %d with %d decimals is %s', (fraction, digits, text) => {
    expect(percentDigits(fraction, digits)).toBe(text);
  });

  it('is the same of a fraction and of the six decimals that a document keeps of it', () => {
    fc.assert(fc.property(fc.double({ min: -2, max: 2, noNaN: true }), fc.integer({ min: 0, max: 4 }), (fraction, digits) => {
      expect(percentDigits(Number(decimalText(fraction, 6)), digits)).toBe(percentDigits(fraction, digits));
    }), { seed: 12 });
  });
});
