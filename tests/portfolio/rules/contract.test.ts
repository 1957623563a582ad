import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { riskConfig } from '../../../src/portfolio/rules/config.js';
import type { ListedRule } from '../../../src/portfolio/rules/listed-rule.js';
import { RISK_RULES, rulesOf } from '../../../src/portfolio/rules/registry.js';
import type { Cut } from '../../../src/portfolio/rules/rule.js';
import { standingWeights } from '../../../src/portfolio/rules/standing-weights.js';
import { anyCase, only, wantedBook, type RiskCase } from './book.js';
import { breachesOf } from './rule-contract.js';

const kebab = (key: string): string => key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

describe('every rule of the registry', () => {
  it.each(RISK_RULES.map((rule): [string, ListedRule] => [rule.name, rule]))('%s obeys the laws of rules on any book', (_, rule) => {
    fc.assert(fc.property(anyCase, (one) => {
      expect(breachesOf(rule, one)).toEqual([]);
    }), { numRuns: 400, seed: 71 });
  });

  it.each(RISK_RULES.map((rule): [string, ListedRule] => [rule.name, rule]))('%s has something to cut and something to leave among those books', (_, rule) => {
    const cases = fc.sample(anyCase, { numRuns: 400, seed: 71 });
    const cut = cases.filter(({ wanted, facts, settings }) => rule.cut(standingWeights(wanted, facts).weights, facts, settings).length > 0).length;
    expect(cut).toBeGreaterThan(20);
    expect(cut).toBeLessThan(400);
  });

  it.each(RISK_RULES.map((rule): [string, ListedRule] => [rule.name, rule]))('%s is described, and its settings are named after it', (name, rule) => {
    expect(name).toBe(kebab(rule.key));
    expect(rule.describe).toMatch(/^[A-Z].{15,}\.$/);
    expect(rule.cuts).toMatch(/^[A-Z].{15,}\.$/);
    expect(rule.limits).toMatch(/^[a-z].{10,}[^.]$/);
    if (rule.source !== null) expect(rule.source).toMatch(/\(\d{4}\)$/);
  });

  it('stands there once, and has settings, and settings have a rule', () => {
    expect(RISK_RULES.map(({ key }) => key)).toEqual(Object.keys(riskConfig.parse({})).filter((key) => key !== 'minEntry'));
  });

  it('can be switched off alone', () => {
    for (const { key } of RISK_RULES) expect(rulesOf(riskConfig.parse({ [key]: { enabled: false } })).map((rule) => rule.key)).toEqual(RISK_RULES.map((rule) => rule.key).filter((other) => other !== key));
  });

  it('comes before turnover, which counts what the others sell', () => {
    expect(RISK_RULES.at(-1)!.name).toBe('max-turnover');
  });
});

const planted: RiskCase = { ...wantedBook({ A: 0.1, B: 0.1, C: 0.1 }, { C: { held: 0.1, locked: true } }), settings: only({ grossLimit: { max: 0.2 } }) };
const honest = RISK_RULES.find(({ name }) => name === 'gross-limit')!;
const values = { gross: 0.3, max: 0.2 };
const cutting = (cut: ListedRule['cut'], more: Partial<ListedRule> = {}): ListedRule => ({ ...honest, cut, ...more });
const always = (...cuts: Omit<Cut, 'values'>[]): ListedRule['cut'] => () => cuts.map((cut) => ({ ...cut, values }));

describe('the contract itself', () => {
  it('is content with an honest rule', () => {
    expect(breachesOf(honest, planted)).toEqual([]);
  });

  it.each<[string, ListedRule, RegExp]>([
    ['raises a weight', cutting(always({ symbol: 'A', weight: 0.11 })), /does not cut A/],
    ['cuts what is locked', cutting(always({ symbol: 'C', weight: 0 })), /cuts C, which is locked/],
    ['scales by a factor, again and again', cutting((weights) => [...weights].filter(([symbol]) => symbol !== 'C').map(([symbol, weight]) => ({ symbol, weight: weight / 2, values }))), /is not idempotent/],
    ['cuts whoever comes first', cutting((weights, facts, settings) => (honest.measure(weights, facts, settings)! > 0.21 ? [{ symbol: [...weights.keys()].find((symbol) => symbol !== 'C')!, weight: 0, values }] : [])), /depends on the order/],
    ['does nothing', cutting(() => []), /where 0.1 could be reached/],
    ['cuts below its limit', cutting(always({ symbol: 'A', weight: 0 }), { limit: () => 0.5 }), /keeps to its limit/],
    ['cuts without a reason', cutting(() => [{ symbol: 'B', weight: 0, values: {} }]), /has no reason/],
    ['tells NaN', cutting(() => [{ symbol: 'B', weight: 0, values: { gross: Number.NaN, max: 1 } }]), /says "weights would sum to NaN/],
    ['credits what lowers risk', { ...honest, measure: (weights) => (weights.get('A')! < 0.1 ? 0.9 : 0.3) }, /measures more when A falls/],
    ['changes what it is given', cutting((weights) => {
      (weights as Map<string, number>).set('A', 0);
      return [];
    }), /changes what it is given/],
  ])('catches one that %s', (_, rule, breach) => {
    expect(breachesOf(rule, planted).join('; ')).toMatch(breach);
  });
});
