import { describe, expect, it } from 'vitest';

import { RISK_RULES } from '../../src/portfolio/rules/registry.js';
import { unknownFacts } from '../../src/strategy/unknown-facts.js';
import { factsAbout, riskName } from '../portfolio/rules/book.js';

const NAN = Number.NaN;
const facts = factsAbout([riskName('A'), riskName('B', { sector: null, volatility: NAN, beta: NAN }), riskName('C', { dollarVolume: NAN, gapLoss: NAN, sessionsToEarnings: NAN, sector: null }), riskName('D', { sector: null })]);

describe('what is not known of a book', () => {
  it('is counted by rule, of the names that have a weight', () => {
    expect(unknownFacts(new Map([['A', 0.1], ['B', 0.1], ['C', 0.1], ['D', 0]]), facts)).toEqual({ 'min-dollar-volume': 1, 'max-participation': 1, 'earnings-blackout': 1, 'name-gap-risk': 1, 'gap-risk': 1, 'sector-cap': 2, 'beta-limit': 1, 'volatility-target': 1 });
  });

  it('is nothing of an empty book, and names rules that there are', () => {
    const unknown = unknownFacts(new Map(), facts);
    expect(new Set(Object.values(unknown))).toEqual(new Set([0]));
    for (const rule of Object.keys(unknown)) expect(RISK_RULES.map(({ name }) => name)).toContain(rule);
  });
});
