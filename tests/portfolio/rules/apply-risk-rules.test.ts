import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { applyRiskRules, MAX_PASSES } from '../../../src/portfolio/rules/apply-risk-rules.js';
import { riskConfig } from '../../../src/portfolio/rules/config.js';
import { explainVerdict } from '../../../src/portfolio/rules/explain-verdict.js';
import type { ListedRule } from '../../../src/portfolio/rules/listed-rule.js';
import { RISK_RULES } from '../../../src/portfolio/rules/registry.js';
import { UNSETTLED, type RiskOutcome } from '../../../src/portfolio/rules/rule.js';
import { anyCase, factsAbout, only, riskName, wantedBook, type RiskCase } from './book.js';
import { exceeded } from './oracle.js';
import { reversed, reversedFacts } from './rule-contract.js';

const apply = ({ wanted, facts, settings }: RiskCase): RiskOutcome => applyRiskRules(wanted, facts, settings);
const held = ({ facts }: RiskCase, symbol: string): number => facts.names.get(symbol)!.held;
/** What stands before all rules: the wish, or what is held of a locked name. */
const standing = (one: RiskCase, symbol: string): number => Math.max(one.wanted.get(symbol) ?? 0, one.facts.names.get(symbol)!.locked ? held(one, symbol) : 0);

describe('all rules together, on any book', () => {
  it('keep to every limit or say which they cannot keep to, and why', () => {
    let [kept, infeasible] = [0, 0];
    fc.assert(fc.property(anyCase, (one) => {
      const { weights, conflicts } = apply(one);
      const told = conflicts.map(({ rule }) => rule);
      expect(exceeded(weights, one.facts, one.settings).filter((rule) => !told.includes(rule))).toEqual([]);
      expect(told).not.toContain(UNSETTLED);
      for (const { rule, symbols, value, limit, reason } of conflicts) {
        expect(symbols.length).toBeGreaterThan(0);
        expect(value).toBeGreaterThan(limit);
        expect(reason).toMatch(/^\S.*\.$/);
        expect(reason).not.toMatch(/NaN|undefined|Infinity/);
        if (rule !== 'max-turnover') for (const symbol of symbols) expect(one.facts.names.get(symbol)!.locked).toBe(true);
      }
      if (conflicts.length === 0) kept++;
      else infeasible++;
    }), { numRuns: 3000, seed: 81 });
    expect(kept).toBeGreaterThan(300);
    expect(infeasible).toBeGreaterThan(300);
  });

  it('never raise a weight, nor cut what is locked, nor leave a sliver of a purchase', () => {
    fc.assert(fc.property(anyCase, (one) => {
      for (const [symbol, weight] of apply(one).weights) {
        const [before, own] = [standing(one, symbol), held(one, symbol)];
        expect(weight).toBeLessThanOrEqual(before);
        if (one.facts.names.get(symbol)!.locked) expect(weight).toBeGreaterThanOrEqual(Math.min(own, before));
        if (weight < before && weight - own > 1e-12) expect(weight - own).toBeGreaterThanOrEqual(one.settings.minEntry * (before - own));
      }
    }), { numRuns: 1000, seed: 82 });
  });

  it('change nothing when applied to their own weights', () => {
    fc.assert(fc.property(anyCase, (one) => {
      const first = apply(one);
      const again = applyRiskRules(first.weights, one.facts, one.settings);
      expect(again.weights).toEqual(first.weights);
      expect(again.verdicts).toEqual([]);
      expect(again.conflicts).toEqual(first.conflicts.filter(({ rule }) => rule !== 'locked'));
    }), { numRuns: 1000, seed: 83 });
  });

  it('do not depend on the order of the names, and are the same again', () => {
    fc.assert(fc.property(anyCase, (one) => {
      const outcome = apply(one);
      expect(applyRiskRules(reversed(one.wanted), reversedFacts(one.facts), one.settings)).toEqual(outcome);
      expect(apply(one)).toEqual(outcome);
      expect([...outcome.weights.keys()]).toEqual([...outcome.weights.keys()].sort());
    }), { numRuns: 500, seed: 84 });
  });

  it('tell each cut: their verdicts lead from what was wanted to what is left, and each reads as a sentence', () => {
    fc.assert(fc.property(anyCase, (one) => {
      const { weights, verdicts, readings } = apply(one);
      const now = new Map([...weights.keys()].map((symbol) => [symbol, standing(one, symbol)]));
      for (const verdict of verdicts) {
        expect(verdict.before).toBe(now.get(verdict.symbol));
        expect(verdict.after).toBeLessThan(verdict.before);
        expect(explainVerdict(verdict)).toMatch(/^Cut from \d+\.\d+ % to \d+\.\d+ %: \S.*[^.]\.$/);
        now.set(verdict.symbol, verdict.after);
      }
      expect(now).toEqual(weights);
      const on = RISK_RULES.filter(({ key }) => one.settings[key].enabled).map(({ name }) => name);
      expect(readings.map(({ rule }) => rule)).toEqual(on);
      expect(verdicts.filter(({ rule }) => !on.includes(rule))).toEqual([]);
      const places = verdicts.map(({ rule }) => on.indexOf(rule)); // one round does it
      expect(places).toEqual([...places].sort((x, y) => x - y));
    }), { numRuns: 500, seed: 85 });
  });

  it('read the same limits before and after; only turnover may rise, by sales', () => {
    fc.assert(fc.property(anyCase, (one) => {
      for (const { rule, before, after } of apply(one).readings) if (rule !== 'max-turnover') expect(after ?? -1).toBeLessThanOrEqual((before ?? -1) + 1e-12);
    }), { numRuns: 500, seed: 86 });
  });

  it('do nothing when all are switched off', () => {
    fc.assert(fc.property(anyCase, (one) => {
      const { weights, verdicts, readings } = apply({ ...one, settings: only({}) });
      for (const [symbol, weight] of weights) expect(weight).toBe(standing(one, symbol));
      expect([verdicts, readings]).toEqual([[], []]);
    }), { numRuns: 200, seed: 87 });
  });
});

describe('applyRiskRules', () => {
  const defaults = riskConfig.parse({});

  it('leaves a book alone that a strategy with its own budget wants', () => {
    const symbols = Array.from({ length: 20 }, (_, i) => `S${String(i + 10)}`);
    const sectors = ['Energy', 'Technology', 'Utilities', 'Health Care'];
    const book = wantedBook(Object.fromEntries(symbols.map((symbol) => [symbol, 0.0475])), Object.fromEntries(symbols.map((symbol, i) => [symbol, { sector: sectors[i % 4] }])));
    const { weights, verdicts, conflicts, readings } = apply({ ...book, settings: defaults });
    expect(weights).toEqual(book.wanted);
    expect([verdicts, conflicts]).toEqual([[], []]);
    expect(readings).toHaveLength(RISK_RULES.length);
  });

  it('is content with an empty book', () => {
    const { weights, verdicts, conflicts } = apply({ wanted: new Map(), facts: factsAbout([]), settings: defaults });
    expect([weights.size, verdicts, conflicts]).toEqual([0, [], []]);
  });

  it('enters one name at most when nothing at all is known of any, and says why', () => {
    const unknown = { sector: null, volatility: Number.NaN, beta: Number.NaN, gapLoss: Number.NaN, sessionsToEarnings: Number.NaN };
    const book = wantedBook({ A: 0.05, B: 0.05 }, { A: unknown, B: unknown }, { correlation: () => Number.NaN });
    const { weights, verdicts } = apply({ ...book, settings: defaults });
    expect(weights).toEqual(new Map([['A', 0.05], ['B', 0]]));
    expect(verdicts.map(explainVerdict)).toEqual(['Cut from 5.0 % to 0.0 %: correlation with A is not known, at most 0.95 is let in.']);
  });

  it('makes no purchase of which too little is left, and says so', () => {
    const book = wantedBook({ A: 0.3, B: 0.06 }, { A: { held: 0.3 } });
    const { weights, verdicts } = apply({ ...book, settings: only({ grossLimit: { max: 0.31 } }, 0.25) });
    expect(weights.get('B')).toBe(0);
    expect(verdicts.map(explainVerdict)).toEqual(['Cut from 6.0 % to 0.0 %: weights would sum to 36.0 %, at most 31.0 % is allowed; the 1.0 % left would be too little to buy.']);
    expect(apply({ ...book, settings: only({ grossLimit: { max: 0.31 } }, 0.1) }).weights.get('B')).toBeCloseTo(0.01, 12);
  });

  it('drops what is left of an addition, but keeps what is held', () => {
    const book = wantedBook({ A: 0.06 }, { A: { held: 0.05 } });
    expect(apply({ ...book, settings: only({ maxWeight: { max: 0.0501 } }, 0.25) }).weights.get('A')).toBe(0.05);
  });

  it('lets a held name that is not wanted go', () => {
    const facts = factsAbout([riskName('A', { held: 0.05 }), riskName('B', { held: 0.04 })]);
    expect(apply({ wanted: new Map([['B', 0.04]]), facts, settings: defaults }).weights).toEqual(new Map([['A', 0], ['B', 0.04]]));
  });

  it('says when a sale that is wanted cannot be made, and counts what stays', () => {
    const book = wantedBook({ A: 0, B: 0.08 }, { A: { held: 0.08, locked: true } });
    const { weights, conflicts } = apply({ ...book, settings: only({ grossLimit: { max: 0.1 } }) });
    expect(weights.get('A')).toBe(0.08);
    expect(weights.get('B')).toBeCloseTo(0.02, 12);
    expect(conflicts).toEqual([{ rule: 'locked', value: 0.08, limit: 0, symbols: ['A'], reason: 'A is to be cut from 8.0 % to 0.0 %, but cannot be sold at the next open.' }]);
  });

  it('cuts all it may where locked names alone are too much, and says which', () => {
    const book = wantedBook({ A: 0.3, B: 0.2, C: 0.1, D: 0.1 }, { A: { held: 0.3, locked: true }, B: { held: 0.2, locked: true }, C: { held: 0.1 } });
    const { weights, conflicts } = apply({ ...book, settings: only({ sectorCap: { max: 0.35 } }) });
    expect(weights).toEqual(new Map([['A', 0.3], ['B', 0.2], ['C', 0], ['D', 0]]));
    expect(conflicts).toEqual([{ rule: 'sector-cap', value: 0.5, limit: 0.35, symbols: ['A', 'B'], reason: 'The largest sum of weights of one sector: 50.00 %, at most 35.00 % allowed; A, B cannot be sold at the next open.' }]);
  });

  it('never holds sales back for turnover: what one rule wants sold is sold, another says that it was too much', () => {
    const book = wantedBook({ A: 0.5, B: 0.3, C: 0.2 }, { A: { held: 0.5 }, B: { held: 0.3 } }, { drawdown: 0.5 });
    const { weights, conflicts } = apply({ ...book, settings: only({ drawdownBrake: { least: 0.25 }, maxTurnover: { max: 0.3 } }) });
    expect(weights.get('A')).toBeCloseTo(0.25, 12);
    expect([weights.get('B'), weights.get('C')]).toEqual([0, 0]);
    expect(conflicts).toHaveLength(1);
    expect(conflicts[0]).toMatchObject({ rule: 'max-turnover', symbols: ['A', 'B'], reason: 'The sum of absolute changes of weights: 55.00 %, at most 30.00 % allowed; A, B must be sold, and sales are never held back.' });
  });

  it('names five at most and counts the others', () => {
    const symbols = ['A', 'B', 'C', 'D', 'E', 'F', 'G'];
    const book = wantedBook(Object.fromEntries(symbols.map((symbol) => [symbol, 0.1])), Object.fromEntries(symbols.map((symbol) => [symbol, { held: 0.1, locked: true }])));
    expect(apply({ ...book, settings: only({ maxNames: { max: 3 } }) }).conflicts[0].reason).toBe('Names in the book: 7, at most 3 allowed; A, B, C, D, E and 2 more cannot be sold at the next open.');
  });

  it.each<[string, RiskCase, string]>([
    ['a name without facts', { wanted: new Map([['X', 0.1]]), facts: factsAbout([]), settings: defaults }, 'found none of "X" on 2018-01-02'],
    ['a negative weight', { ...wantedBook({ A: -0.1 }), settings: defaults }, 'found -0.1 of "A"'],
    ['a weight that is not known', { ...wantedBook({ A: Number.NaN }), settings: defaults }, 'found NaN of "A"'],
    ['a drawdown below 0', { ...wantedBook({}, {}, { drawdown: -0.1 }), settings: defaults }, 'expected a drawdown from 0 to 1, found -0.1'],
    ['no equity', { ...wantedBook({}, {}, { equity: 0 }), settings: defaults }, 'expected equity above 0, found 0'],
    ['an unknown held weight', { ...wantedBook({ A: 0.1 }, { A: { held: Number.NaN } }), settings: defaults }, 'found NaN of "A"'],
    ['no importance', { ...wantedBook({ A: 0.1 }, { A: { priority: Number.NaN } }), settings: defaults }, 'expected a priority, found NaN of "A"'],
    ['a name under another symbol', { wanted: new Map(), facts: { ...factsAbout([]), names: new Map([['A', riskName('B')]]) }, settings: defaults }, 'expected "A" under its own symbol, found "B"'],
  ])('refuses %s', (_, one, message) => {
    expect(() => apply(one)).toThrow(message);
  });
});

describe('rules that break their contract', () => {
  const settings = only({ grossLimit: {} });
  const honest = RISK_RULES.find(({ name }) => name === 'gross-limit')!;
  const halving: ListedRule = { ...honest, cut: (weights) => [...weights].map(([symbol, weight]) => ({ symbol, weight: weight / 2, values: { gross: 1, max: 0 } })) };

  it('end after a bounded number of rounds: nothing is bought, and that is told', () => {
    const { wanted, facts } = wantedBook({ A: 0.5, B: 0.4 }, { B: { held: 0.4 } });
    const { weights, verdicts, conflicts } = applyRiskRules(wanted, facts, settings, [halving]);
    expect(weights.get('A')).toBe(0);
    expect(conflicts).toEqual([{ rule: UNSETTLED, value: MAX_PASSES, limit: MAX_PASSES, symbols: ['A'], reason: 'The risk rules did not come to an end in 8 rounds, gross-limit was the last to cut: nothing is bought.' }]);
    expect(explainVerdict(verdicts.at(-1)!)).toBe('Cut from 0.2 % to 0.0 %: the rules did not come to an end in 8 rounds, gross-limit was the last to cut.');
  });

  it.each<[string, number]>([['raises a weight', 0.6], ['asks for less than nothing', -0.1], ['asks for nobody knows what', Number.NaN]])('are refused: one that %s', (_, weight) => {
    const { wanted, facts } = wantedBook({ A: 0.5 });
    const bad: ListedRule = { ...honest, cut: () => [{ symbol: 'A', weight, values: {} }] };
    expect(() => applyRiskRules(wanted, facts, settings, [bad])).toThrow(`expected a weight from 0 to below 0.5 of "A" by the risk rule "gross-limit" on 2018-01-02, found ${weight}`);
  });
});

describe('explainVerdict', () => {
  it('refuses a verdict of no rule', () => {
    expect(() => explainVerdict({ rule: 'my-rule', symbol: 'A', before: 0.1, after: 0, dropped: null, values: {} })).toThrow('found "my-rule" in a verdict');
  });

  it('tells small cuts apart', () => {
    expect(explainVerdict({ rule: 'max-weight', symbol: 'A', before: 0.10001, after: 0.1, dropped: null, values: { max: 0.1 } })).toBe('Cut from 10.001 % to 10.000 %: no name may be more than 10.0 % of equity.');
  });
});
