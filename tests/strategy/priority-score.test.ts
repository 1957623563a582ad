import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { priorityConfig, type PriorityConfig } from '../../src/strategy/priority/config.js';
import { priorities, speaksFor, type Priority, type PriorityInput } from '../../src/strategy/priority/priority-score.js';

const PLAIN: PriorityInput = { score: 1, uncertainty: 3, dollarVolume: 1e8, volatility: 0.3, signals: [] };
const named = (changes: Partial<PriorityInput> = {}): PriorityInput => ({ ...PLAIN, ...changes });
const NONE = { score: 0, uncertainty: 0, liquidity: 0, volatility: 0, signals: 0 };

function of(inputs: readonly PriorityInput[], parts: Partial<PriorityConfig['parts']> = {}, signals: PriorityConfig['signals'] = []): Priority[] {
  return priorities(inputs, { parts: { ...priorityConfig.parse({}).parts, ...parts }, signals });
}

describe('a priority', () => {
  it('is the sum of its parts over the largest that they could be, by hand', () => {
    const signals = [{ feature: 'a', above: 0 }, { feature: 'b', below: 0.5 }];
    const [first, second, third] = of(
      [
        named({ score: 0.9, uncertainty: 2, dollarVolume: 3e8, volatility: 0.2, signals: [1, 0.4] }),
        named({ score: 0.1, uncertainty: 4, dollarVolume: 1e8, volatility: 0.5, signals: [1, 0.6] }),
        named({ score: 0.5, uncertainty: 3, dollarVolume: 2e8, volatility: 0.5, signals: [-1, 0.6] }),
      ],
      { score: 1, uncertainty: 0.1, liquidity: 0.05, volatility: 0.1, signals: 0.1 },
      signals,
    );
    // ranks of three: 0, ½, 1; two equal volatilities share 0.75
    expect(first).toEqual({ value: expect.closeTo((1 - 0 + 0.05 - 0 + 0.1) / 1.15, 12), score: 1, uncertainty: 0, liquidity: 1, volatility: 0, signals: 1 });
    expect(second).toEqual({ value: expect.closeTo((0 - 0.1 + 0 - 0.075 + 0.05) / 1.15, 12), score: 0, uncertainty: 1, liquidity: 0, volatility: 0.75, signals: 0.5 });
    expect(third).toEqual({ value: expect.closeTo((0.5 - 0.05 + 0.025 - 0.075 + 0) / 1.15, 12), score: 0.5, uncertainty: 0.5, liquidity: 0.5, volatility: 0.75, signals: 0 });
  });

  it('counts what is unknown as the middle', () => {
    const [known, unknown] = of([named({ signals: [1] }), named({ score: Number.NaN, uncertainty: Number.NaN, dollarVolume: Number.NaN, volatility: Number.NaN, signals: [Number.NaN] })], {}, [{ feature: 'a', above: 0 }]);
    expect(unknown).toMatchObject({ score: 0.5, uncertainty: 0.5, liquidity: 0.5, volatility: 0.5, signals: 0.5 });
    expect(known).toMatchObject({ score: 0.5, signals: 1 });
  });

  it('shares a rank among equals, and among what differs by rounding alone', () => {
    const [a, b, c] = of([named({ score: 0.1 + 0.2 }), named({ score: 0.3 }), named({ score: 0.2 })]);
    expect([a.score, b.score, c.score]).toEqual([0.75, 0.75, 0]);
    expect(a.value).toBe(b.value);
  });

  it('takes the infinite for unknown', () => {
    expect(of([named({ score: Infinity }), named({ score: 1 }), named({ score: 2 })]).map(({ score }) => score)).toEqual([0.5, 0, 1]);
  });

  it('of nobody is nothing, and of one alone the middle', () => {
    expect(of([])).toEqual([]);
    expect(of([named()])[0]).toMatchObject({ score: 0.5, uncertainty: 0.5, liquidity: 0.5, volatility: 0.5, signals: 0.5 });
  });

  it('is 0 for all without any weight, not a division by nothing', () => {
    expect(of([named({ score: 1 }), named({ score: 2 })], NONE).map(({ value }) => value)).toEqual([0, 0]);
  });
});

const anyInput = fc.record({
  score: fc.oneof(fc.integer({ min: -50, max: 50 }).map((step) => step / 7), fc.constant(Number.NaN)),
  uncertainty: fc.oneof(fc.integer({ min: 1, max: 60 }).map((step) => step / 9), fc.constant(Number.NaN)),
  dollarVolume: fc.integer({ min: 1, max: 100 }).map((step) => step * 1e7),
  volatility: fc.integer({ min: 1, max: 90 }).map((step) => step / 100),
  signals: fc.tuple(fc.constantFrom(-1, 1, Number.NaN), fc.constantFrom(-1, 1, Number.NaN)),
});
const SIGNALS = [{ feature: 'a', above: 0 }, { feature: 'b', below: 0 }];
const anyParts = fc.record({ score: fc.integer({ min: 0, max: 10 }), uncertainty: fc.integer({ min: 0, max: 3 }), liquidity: fc.integer({ min: 0, max: 3 }), volatility: fc.integer({ min: 0, max: 3 }), signals: fc.integer({ min: 0, max: 3 }) });

describe('priorities of any names', () => {
  it('have the order of the scores when all weights but that of the score are 0', () => {
    fc.assert(
      fc.property(fc.array(anyInput, { minLength: 2, maxLength: 20 }), (inputs) => {
        const found = of(inputs, { ...NONE, score: 1 }, SIGNALS);
        for (let i = 0; i < inputs.length; i++) for (let j = 0; j < inputs.length; j++) if (inputs[i].score < inputs[j].score) expect(found[i].value).toBeLessThan(found[j].value);
      }),
      { seed: 21, numRuns: 100 },
    );
  });

  it('have parts from 0 to 1, and values made from them as documented', () => {
    fc.assert(
      fc.property(fc.array(anyInput, { minLength: 1, maxLength: 20 }), anyParts, (inputs, parts) => {
        for (const { value, score, uncertainty, liquidity, volatility, signals } of of(inputs, parts, SIGNALS)) {
          for (const part of [score, uncertainty, liquidity, volatility, signals]) expect(part >= 0 && part <= 1).toBe(true);
          const sum = parts.score * score - parts.uncertainty * uncertainty + parts.liquidity * liquidity - parts.volatility * volatility + parts.signals * signals;
          expect(value).toBeCloseTo(sum / (parts.score + parts.liquidity + parts.signals || 1), 12);
        }
      }),
      { seed: 22, numRuns: 100 },
    );
  });

  it('do not change with the order in which names come, nor with the units of what is ranked', () => {
    fc.assert(
      fc.property(fc.array(anyInput, { minLength: 1, maxLength: 20 }), anyParts, (inputs, parts) => {
        const found = of(inputs, parts, SIGNALS);
        expect(of([...inputs].reverse(), parts, SIGNALS).reverse()).toEqual(found);
        expect(of(inputs.map((one) => ({ ...one, dollarVolume: one.dollarVolume / 1e6, volatility: 100 * one.volatility })), parts, SIGNALS)).toEqual(found);
      }),
      { seed: 23, numRuns: 100 },
    );
  });

  it('rise with the score, traded value and signals, and fall with uncertainty and volatility, all else alike', () => {
    const better: readonly Partial<PriorityInput>[] = [{ score: 2 }, { dollarVolume: 2e8 }, { uncertainty: 2 }, { volatility: 0.2 }, { signals: [1] }];
    for (const change of better) {
      const [usual, changed] = of([named({ signals: [-1] }), named({ signals: [-1], ...change })], {}, [{ feature: 'a', above: 0 }]);
      expect(changed.value, JSON.stringify(change)).toBeGreaterThan(usual.value);
    }
  });
});

describe('a signal', () => {
  it('speaks beyond its level, not at it, and is silent where its feature is unknown', () => {
    const above = { feature: 'a', above: 0.2 };
    const below = { feature: 'a', below: 0.2 };
    expect([0.1, 0.2, 0.3, Number.NaN].map((value) => speaksFor(above, value))).toEqual([false, false, true, null]);
    expect([0.1, 0.2, 0.3, Number.NaN].map((value) => speaksFor(below, value))).toEqual([true, false, false, null]);
  });

  it('that is unknown is not counted: the share is of those that are known', () => {
    const signals = [{ feature: 'a', above: 0 }, { feature: 'b', above: 0 }, { feature: 'c', above: 0 }];
    expect(of([named({ signals: [1, Number.NaN, -1] })], {}, signals)[0].signals).toBe(0.5);
    expect(of([named({ signals: [1, Number.NaN, Number.NaN] })], {}, signals)[0].signals).toBe(1);
  });
});
