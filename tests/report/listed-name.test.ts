import { describe, expect, it } from 'vitest';
import { listedName, listedText } from '../../src/report/listed-name.js';

const SYMBOLS = { META: 'FB', FOXA_2019: 'FOXA', 'BF-B': 'BF.B', FB: 'OTHER', A: 'AA' };

describe('the name under which an instrument trades', () => {
  it('is its own where it was not renamed', () => {
    expect(['META', 'XOM', 'FOXA_2019', 'constructor'].map((name) => listedName(SYMBOLS, name))).toEqual(['FB', 'XOM', 'FOXA', 'constructor']);
  });

  it('stands in sentences for whole names, each replaced once', () => {
    expect(listedText(SYMBOLS, 'Correlation with META is 0.81; FOXA_2019, BF-B and FB.')).toBe('Correlation with FB is 0.81; FOXA, BF.B and OTHER.');
    expect(listedText(SYMBOLS, 'METAL, META-X, BF-B-C and XMETA stay.')).toBe('METAL, META-X, BF-B-C and XMETA stay.');
    expect(listedText(SYMBOLS, 'A report of earnings is due.')).toBe('A report of earnings is due.');
  });
});
