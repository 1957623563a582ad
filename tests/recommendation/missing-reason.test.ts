import { describe, expect, it } from 'vitest';

import { FEATURES } from '../../src/features/registry.js';
import { missingReason } from '../../src/recommendation/missing-reason.js';

const reason = (name: string, all = false): string => missingReason(FEATURES.find((feature) => feature.name === name)!, all);

describe('the reason for a missing value', () => {
  it.each([
    ['momentum-12-1', 'fewer than 252 clean sessions of history, a suspect bar, or a formula without a value'],
    ['close-location', 'a suspect bar or a formula without a value'],
    ['strength-to-sector-5', 'fewer than 5 clean sessions of history, too few companies of its sector (if known), a suspect bar, or a formula without a value'],
    ['revenue-growth', 'no such quarters filed by then, quarters older than their limit, a suspect bar, or a formula without a value'],
    ['earnings-surprise', 'no report with the figures known by then, a last report that is too old, or a suspect bar'],
    ['sessions-to-earnings', 'no report with the figures known by then, a last report that is too old, or a suspect bar'],
    ['rank-return-5', 'no value of return-5 to compare or too few members with one'],
    ['sector-neutral-return-5', 'no value of return-5 to compare or too few members of its sector (if known) with one'],
  ])('of %s is that of what it reads', (name, words) => {
    expect(reason(name)).toBe(words);
  });

  it('of a feature of the market lies in the market only where no member has a value', () => {
    expect([reason('vix'), reason('monday'), reason('breadth-50')]).toEqual(Array(3).fill('a suspect bar'));
    expect(reason('vix', true)).toBe('a last observation that is too old or a suspect bar');
    expect(reason('vix-change-5', true)).toBe('an observation missing or too old on the session or in the 5 before or a suspect bar');
    expect(reason('breadth-50', true)).toMatch(/^fewer than \d+ clean sessions of history, too few members to take together, or a suspect bar$/);
  });

  it('never counts no sessions, nor sessions of history that are not read', () => {
    for (const feature of FEATURES) {
      for (const all of [false, true]) {
        const words = missingReason(feature, all);
        expect(words, feature.name).not.toMatch(/\b0\b|undefined|NaN/);
        if (!feature.inputs.some((input) => ['bars', 'volume', 'vwap', 'index'].includes(input))) expect(words, feature.name).not.toContain('sessions of history');
      }
    }
  });
});
