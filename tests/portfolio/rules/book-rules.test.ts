import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { riskConfig } from '../../../src/portfolio/rules/config.js';
import { RISK_RULES } from '../../../src/portfolio/rules/registry.js';
import type { RiskName } from '../../../src/portfolio/rules/rule.js';
import { standingWeights } from '../../../src/portfolio/rules/standing-weights.js';
import { anyCase } from './book.js';
import { allHeld, outcomeOf } from './outcome.js';

const NAN = Number.NaN;

describe('max-names', () => {
  it('drops the least important entries, then the least important holdings', () => {
    const held = { C: { held: 0.05 }, D: { held: 0.05 } };
    const { weights, words } = outcomeOf({ maxNames: { max: 3 } }, { A: 0.05, B: 0.05, C: 0.05, D: 0.05 }, held);
    expect(weights).toEqual({ A: 0.05, B: 0, C: 0.05, D: 0.05 });
    expect(words).toEqual(['B: Cut from 5.0 % to 0.0 %: 4 names were wanted, at most 3 may be held.']);
    expect(outcomeOf({ maxNames: { max: 1 } }, { A: 0.05, B: 0.05, C: 0.05, D: 0.05 }, held).weights).toEqual({ A: 0, B: 0, C: 0.05, D: 0 });
  });

  it('does not count what is to be left', () => {
    expect(outcomeOf({ maxNames: { max: 1 } }, { A: 0.05, B: 0 }, { B: { held: 0.05 } }).weights).toEqual({ A: 0.05, B: 0 });
  });
});

describe('gap-risk', () => {
  it('adds up the losses of a bad night and cuts from the end', () => {
    const { weights, words, readings } = outcomeOf({ gapRisk: { max: 0.01, unknown: 0.1 } }, { A: 0.1, B: 0.1, C: 0.05 }, { A: { gapLoss: 0.03 }, B: { gapLoss: 0.05 }, C: { gapLoss: NAN } });
    expect(readings['gap-risk'].map((value) => value!.toFixed(6))).toEqual(['0.013000', '0.010000']);
    expect(weights).toEqual({ A: 0.1, B: 0.1, C: 0.02 });
    expect(words).toEqual(['C: Cut from 5.0 % to 2.0 %: a bad night of all names would cost 1.3 % of equity, at most 1.0 % is allowed, and its own loss is not known.']);
  });

  it('leaves names that lose nothing', () => {
    expect(outcomeOf({ gapRisk: { max: 0.002 } }, { A: 0.1, B: 0.1 }, { B: { gapLoss: 0 } }).weights).toEqual({ A: 0.066666666667, B: 0.1 });
  });
});

describe('beta-limit', () => {
  it('limits the slope of the book; what is not known counts as the settings say, a negative slope as none', () => {
    const { weights, words, readings } = outcomeOf({ betaLimit: { max: 0.5, unknown: 1.5 } }, { A: 0.3, B: 0.2, C: 0.2, D: 0.2 }, { A: { beta: 1 }, B: { beta: NAN }, C: { beta: 2 }, D: { beta: -1 } });
    expect(readings['beta-limit'].map((value) => value!.toFixed(6))).toEqual(['1.000000', '0.500000']);
    expect(weights).toEqual({ A: 0.3, B: 0.133333333333, C: 0, D: 0.2 });
    expect(words[0]).toBe('C: Cut from 20.0 % to 0.0 %: the slope of the book on the benchmark would be 1.00, at most 0.50 is allowed, and its own is 2.00.');
    expect(words[1]).toMatch(/its own is not known\.$/);
  });
});

describe('volatility-target', () => {
  it('cuts the least important to the root of the quadratic', () => {
    const { weights, readings, words } = outcomeOf({ volatilityTarget: { max: 0.2 } }, { A: 0.5, B: 0.5 }, { A: { volatility: 0.3 }, B: { volatility: 0.4 } }, { correlation: () => 0.25 });
    // 0.0225 + 2 · 0.5 · 0.3 · 0.4 · 0.25 w + 0.16 w² = 0.04
    const root = (-0.03 + Math.sqrt(0.03 ** 2 + 4 * 0.16 * 0.0175)) / (2 * 0.16);
    expect(weights).toEqual({ A: 0.5, B: Number(root.toFixed(12)) });
    expect(readings['volatility-target'][0]).toBeCloseTo(Math.sqrt(0.0225 + 0.04 + 2 * 0.15 * 0.2 * 0.25), 12);
    expect(readings['volatility-target'][1]).toBeCloseTo(0.2, 12);
    expect(words).toEqual([`B: Cut from 50.0 % to ${(100 * root).toFixed(1)} %: the volatility of the book would be 27.8 % a year, at most 20.0 % is allowed, and its own is 40.0 %.`]);
  });

  it('takes an unknown correlation for 1, an unknown volatility for a high one, and a negative correlation for 0', () => {
    const volatility = (correlation: number, own: number): number => outcomeOf({ volatilityTarget: { max: 5, unknownVolatility: 0.6 } }, { A: 0.5, B: 0.5 }, { B: { volatility: own } }, { correlation: () => correlation }).readings['volatility-target'][0]!;
    expect(volatility(NAN, 0.3)).toBeCloseTo(0.3, 12);
    expect(volatility(NAN, NAN)).toBeCloseTo(0.45, 12);
    expect(volatility(-0.9, 0.3)).toBeCloseTo(0.15 * Math.SQRT2, 12);
  });

  it('leaves cash and what does not move alone', () => {
    expect(outcomeOf({ volatilityTarget: { max: 0.1 } }, { A: 0.5, B: 0.4 }, { B: { volatility: 0 } }).weights).toEqual({ A: 0.333333333333, B: 0.4 });
  });
});

describe('drawdown-brake', () => {
  const rules = { drawdownBrake: { from: 0.1, to: 0.25, least: 0.25 } };
  const gross = (drawdown: number): number => Object.values(outcomeOf(rules, ...allHeld({ A: 0.5, B: 0.5 }, {}, { drawdown })).weights).reduce((sum, weight) => sum + weight, 0);

  it.each([[0, 1], [0.1, 1], [0.175, 0.625], [0.25, 0.25], [0.6, 0.25]])('at a drawdown of %d leaves weights that sum to %d', (drawdown, sum) => {
    expect(gross(drawdown)).toBeCloseTo(sum, 10);
  });

  it('says so', () => {
    expect(outcomeOf(rules, ...allHeld({ A: 0.5, B: 0.5 }, {}, { drawdown: 0.175 })).words).toEqual(['B: Cut from 50.0 % to 12.5 %: equity is 17.5 % below its highest, so that weights may sum to 62.5 %.']);
  });

  it('does not sell again the next evening at the same drawdown', () => {
    expect(outcomeOf(rules, ...allHeld({ A: 0.5, B: 0.125 }, {}, { drawdown: 0.175 })).words).toEqual([]);
  });

  it('refuses a brake that ends before it begins', () => {
    expect(riskConfig.safeParse({ drawdownBrake: { from: 0.3, to: 0.2 } }).error?.issues[0].message).toBe('expected from below to');
  });
});

describe('gross-limit', () => {
  it('cuts purchases first, the least important first, and holdings only then', () => {
    const { weights, words } = outcomeOf({ grossLimit: { max: 0.6 } }, { A: 0.3, B: 0.3, C: 0.3 }, { C: { held: 0.3 } });
    expect(weights).toEqual({ A: 0.3, B: 0, C: 0.3 });
    expect(words).toEqual(['B: Cut from 30.0 % to 0.0 %: weights would sum to 90.0 %, at most 60.0 % is allowed.']);
    expect(outcomeOf({ grossLimit: { max: 0.2 } }, { A: 0.3, B: 0.3, C: 0.3 }, { C: { held: 0.3 } }).weights).toEqual({ A: 0, B: 0, C: 0.2 });
  });

  it('of equal importance cuts the later symbol', () => {
    expect(outcomeOf({ grossLimit: { max: 0.5 } }, { B: 0.3, A: 0.3 }, { A: { priority: 1 }, B: { priority: 1 } }).weights).toEqual({ A: 0.3, B: 0.2 });
  });
});

describe('max-turnover', () => {
  it('lets the first evening fill the whole book', () => {
    const symbols = Array.from({ length: 10 }, (_, i) => `S${i}`);
    expect(outcomeOf({ maxTurnover: {} }, Object.fromEntries(symbols.map((symbol) => [symbol, 0.095]))).words).toEqual([]);
  });

  it('counts sales and purchases, and cuts purchases only', () => {
    const { weights, words, readings } = outcomeOf({ maxTurnover: { max: 0.5 } }, { A: 0.2, B: 0.2, C: 0, D: 0.1 }, { C: { held: 0.25 }, D: { held: 0.1 } });
    expect(readings['max-turnover'].map((value) => value!.toFixed(6))).toEqual(['0.650000', '0.500000']);
    expect(weights).toEqual({ A: 0.2, B: 0.05, C: 0, D: 0.1 });
    expect(words).toEqual(['B: Cut from 20.0 % to 5.0 %: 65.0 % of equity would be traded, at most 50.0 % is allowed in a session.']);
  });

  it('counts what other rules sell', () => {
    const { weights } = outcomeOf({ maxWeight: { max: 0.1 }, maxTurnover: { max: 0.15 } }, { A: 0.1, B: 0.2 }, { B: { held: 0.2 } });
    expect(weights).toEqual({ A: 0.05, B: 0.1 });
  });
});

describe('limits on the whole book', () => {
  const divisible = ['gap-risk', 'beta-limit', 'volatility-target', 'drawdown-brake', 'gross-limit', 'max-turnover'];

  it.each(divisible)('%s cuts to its limit and no further', (name) => {
    const rule = RISK_RULES.find((one) => one.name === name)!;
    fc.assert(fc.property(anyCase, ({ wanted, facts, settings }) => {
      const { weights } = standingWeights(wanted, facts);
      const cuts = rule.cut(weights, facts, settings);
      if (cuts.length === 0) return;
      const after = new Map([...weights, ...cuts.map(({ symbol, weight }): [string, number] => [symbol, weight])]);
      expect(rule.measure(after, facts, settings)).toBeGreaterThanOrEqual(rule.limit(facts, settings) - 1e-9);
    }), { numRuns: 500, seed: 91 });
  });

  it.each(divisible)('%s cuts one name in part at most, and what is held only when all that is held and less important is gone', (name) => {
    const rule = RISK_RULES.find((one) => one.name === name)!;
    let sales = 0;
    fc.assert(fc.property(anyCase, ({ wanted, facts, settings }) => {
      const { weights } = standingWeights(wanted, facts);
      const cuts = rule.cut(weights, facts, settings).map(({ symbol, weight }) => ({ ...facts.names.get(symbol)!, weight }));
      expect(cuts.filter(({ weight, held }) => weight > 1e-12 && Math.abs(weight - held) > 1e-12).length).toBeLessThanOrEqual(1);
      const sold = cuts.filter(({ weight, held }) => weight < held);
      sales += sold.length;
      const first = Math.min(...sold.map(({ priority }) => priority));
      const left = new Map(cuts.map(({ symbol, weight }) => [symbol, weight]));
      const lessImportant = [...weights].map(([symbol, weight]) => ({ ...facts.names.get(symbol)!, weight })).filter(({ priority, locked, weight, held }) => priority > first && !locked && Math.min(weight, held) > 1e-9);
      for (const one of lessImportant.filter(ADDS[name])) expect(left.get(one.symbol) ?? one.weight).toBeLessThanOrEqual(1e-9);
    }), { numRuns: 500, seed: 92 });
    if (name === 'max-turnover') expect(sales).toBe(0);
    else expect(sales).toBeGreaterThan(20);
  });
});

/** Names that certainly add to what each rule limits. */
const ADDS: Readonly<Record<string, (name: RiskName) => boolean>> = {
  'gap-risk': ({ gapLoss }) => gapLoss > 0.001,
  'beta-limit': ({ beta }) => beta > 0.001,
  'volatility-target': ({ volatility }) => volatility > 0.01,
  'drawdown-brake': () => true,
  'gross-limit': () => true,
  'max-turnover': () => true,
};
