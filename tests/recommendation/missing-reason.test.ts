import { describe, expect, it } from 'vitest';

import { FEATURES } from '../../src/features/registry.js';
import { missingReason } from '../../src/recommendation/missing-reason.js';

const reason = (name: string, all = false): string => missingReason(FEATURES.find((feature) => feature.name === name)!, all);

describe('the reason for a missing value', () => {
  it.each([
    ['momentum-12-1', 'fewer than 252 clean sessions of history, or the bar is suspect, or the formula has no value there'],
    ['close-location', 'the bar is suspect, or the formula has no value there'],
    ['revenue-growth', 'no such quarters filed by then, or older than their limit, or the bar is suspect, or the formula has no value there'],
    ['earnings-surprise', 'no report known by then with the figures needed, or the last too old, or the bar is suspect'],
    ['sessions-to-earnings', 'no report known by then with the figures needed, or the last too old, or the bar is suspect'],
    ['rank-return-5', 'no value of return-5 to compare, or too few members with one'],
    ['sector-neutral-return-5', 'no value of return-5 to compare, or too few members of its sector with one, or no known sector'],
  ])('of %s is that of what it reads', (name, words) => {
    expect(reason(name)).toBe(words);
  });

  it('of a feature of the market lies in the market only where no member has a value', () => {
    expect([reason('vix'), reason('monday'), reason('breadth-50')]).toEqual(Array(3).fill('the bar is suspect'));
    expect(reason('vix', true)).toBe('the last observation too old, or the bar is suspect');
    expect(reason('vix-change-5', true)).toBe('an observation missing or too old on the session or in the 5 before, or the bar is suspect');
    expect(reason('breadth-50', true)).toMatch(/^fewer than \d+ clean sessions of history, or too few members to take together/);
  });

  it('never counts no sessions, nor sessions of history that are not read', () => {
    for (const feature of FEATURES) {
      for (const all of [false, true]) {
        const words = missingReason(feature, all);
        expect(words, feature.name).not.toMatch(/\b0\b|undefined/);
        if (!feature.inputs.some((input) => ['bars', 'volume', 'vwap', 'index'].includes(input))) expect(words, feature.name).not.toContain('sessions of history');
      }
    }
  });
});
