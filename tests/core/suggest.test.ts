import { describe, expect, it } from 'vitest';

import { nearest } from '../../src/core/suggest.js';

const NAMES = ['all', 'core', 'vix', 'trend', 'friday', 'momentum', 'momentum-12-1', 'momentum-6-1', 'cutler-rsi-14', 'alpha158-kmid', 'alpha158-kmid2', 'monday', 'cash-conversion'];

describe('the nearest names', () => {
  it.each<[string, string[]]>([
    ['rsi', ['cutler-rsi-14']],
    ['KMID', ['alpha158-kmid', 'alpha158-kmid2']],
    ['momentum-12', ['momentum-12-1', 'momentum', 'momentum-6-1']],
    ['momentum', ['momentum', 'momentum-6-1', 'momentum-12-1']],
    ['Momentm', ['momentum']],
    ['mentum-12', ['momentum-12-1']],
    [' mondy ', ['monday']],
  ])('to "%s" contain it, or are a slip away from it', (word, expected) => {
    expect(nearest(word, NAMES, 5)).toEqual(expected);
  });

  it.each(['', ' ', 'banana', 'bollinger'])('to "%s" are none', (word) => {
    expect(nearest(word, NAMES, 5)).toEqual([]);
  });

  it('are as many as asked for, each once', () => {
    expect(nearest('momentum', [...NAMES, ...NAMES], 2)).toEqual(['momentum', 'momentum-6-1']);
  });
});
