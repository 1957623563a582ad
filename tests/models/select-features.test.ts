import { describe, expect, it } from 'vitest';

import { DataError } from '../../src/core/errors.js';
import { requireFeatures, selectFeatures } from '../../src/models/select-features.js';
import { FEATURES, madeUpMarket } from './made-up-market.js';

const market = madeUpMarket({ sessions: 3, symbols: 4 });
const column = ({ x, length }: typeof market, feature: number): Float32Array => x.slice(feature * length, (feature + 1) * length);

describe('selectFeatures', () => {
  it('is the samples themselves where nothing is to be done', () => {
    expect(selectFeatures(market, [...FEATURES], 'a test')).toBe(market);
  });

  it('takes some, in the order asked for, onto shared memory', () => {
    const found = selectFeatures(market, ['gap', 'return-5'], 'a test');
    expect(found.features).toEqual(['gap', 'return-5']);
    expect(found.x).toHaveLength(2 * market.length);
    expect(column(found, 0)).toEqual(column(market, 5));
    expect(column(found, 1)).toEqual(column(market, 1));
    expect(found.x.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(found.y).toBe(market.y);
  });

  it('names what is missing, the first few', () => {
    expect(() => selectFeatures(market, ['gap', 'a', 'b'], 'a test')).toThrow('expected samples with "gap", "a", "b", found samples without "a", "b" in a test');
    expect(() => selectFeatures(market, Array.from('abcdefg'), 'a test')).toThrow('found samples without "a", "b", "c", "d", "e" and 2 more in a test');
    expect(() => selectFeatures(market, ['a'], 'a test')).toThrow(DataError);
  });
});

describe('requireFeatures', () => {
  it('wants exactly these in this order', () => {
    expect(() => requireFeatures(market, FEATURES, 'a test')).not.toThrow();
    expect(() => requireFeatures(market, [...FEATURES, 'a'], 'a test')).toThrow('without "a"');
    expect(() => requireFeatures(market, FEATURES.slice(1), 'a test')).toThrow('with "momentum-12-1" as well');
    expect(() => requireFeatures(market, [...FEATURES].reverse(), 'a test')).toThrow('with these in another order');
  });
});
