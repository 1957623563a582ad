import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Haircut } from '../../../src/evaluation/overfitting/haircut-sharpe.js';
import type { Luck } from '../../../src/evaluation/luck/luck.js';
import { chanceText, pEquals, pValueText } from '../../../src/report/backtest/chance-text.js';
import { luckHeadline, luckMeaning } from '../../../src/report/backtest/luck/deflated.js';
import { luckStatements } from '../../../src/report/backtest/luck/statements.js';
import { MISSING } from '../../../src/report/format.js';
import { madeBacktest } from './made-backtest.js';

const share = fc.double({ min: 0, max: 1, noNaN: true });
const ratio = fc.double({ min: -4, max: 4, noNaN: true });
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { nil: null });
const name = fc.constantFrom('alpha', 'beta', 'a <b> & "c"', 'gamma');
const cut: fc.Arbitrary<Haircut> = fc.record({ pValue: share, sharpe: ratio, haircut: maybe(share) });
const spa = fc.record({ statistic: ratio, pValues: fc.record({ lower: share, consistent: share, upper: share }) });
const fall = fc.double({ min: -0.99, max: 0, noNaN: true });
const entry = fc.record({ mean: fc.double({ min: -0.1, max: 0.1, noNaN: true }), expected: fc.double({ min: -0.1, max: 0.1, noNaN: true }), pValue: share });

/** Luck of every shape, also of shapes that never come together. */
const anyLuck: fc.Arbitrary<Luck> = fc.record({
  trials: fc.record({ aligned: fc.integer({ min: 1, max: 2000 }), elsewhere: fc.nat(50), withoutReturns: fc.nat(50) }).map((parts) => ({ ...parts, count: parts.aligned + parts.elsewhere + parts.withoutReturns })),
  sessions: fc.nat(6000), sharpe: maybe(ratio), sharpeInterval: maybe(fc.tuple(ratio, ratio)), blockLength: maybe(fc.integer({ min: 1, max: 60 })), probabilistic: maybe(share),
  deflated: maybe(fc.record({ probability: maybe(share), threshold: fc.double({ min: 0, max: 4, noNaN: true }) })),
  minimumTrackRecord: maybe(fc.double({ min: 1, max: 1e6, noNaN: true })), minimumBacktestYears: maybe(fc.double({ min: 0, max: 500, noNaN: true })),
  haircut: maybe(fc.record({ pValue: share, bonferroni: cut, holm: cut, benjaminiYekutieli: cut })),
  overfitting: maybe(fc.record({ probability: share, trials: fc.integer({ min: 2, max: 2000 }), blocks: fc.integer({ min: 4, max: 16 }), probabilityOfLoss: share })),
  superior: maybe(fc.record({ studentised: spa, raw: spa, benchmark: name, trials: fc.integer({ min: 1, max: 2000 }), best: name, block: fc.integer({ min: 1, max: 60 }) })),
  stepwise: maybe(fc.array(fc.record({ name, pValue: share, rejected: fc.boolean() }), { minLength: 1, maxLength: 9 })),
  randomEntry: maybe(fc.record({ trades: fc.integer({ min: 1, max: 9000 }), leftOut: fc.nat(9), selection: maybe(entry), timing: maybe(entry) })),
  tradeOrder: maybe(fc.record({ observed: fall, median: fall, worst5: fall })),
});

const SUBJECT = { experiment: 'lab', benchmark: 'SPY', hasRate: true };
const told = (luck: Luck): string[] => [luckHeadline(luck), luckMeaning(luck) ?? '', ...luckStatements({ luck, ...SUBJECT }).flatMap(({ value, sentence }) => [value, sentence])];

/** Every number of a value, and what a sentence may make of one: percent, the rest to 1, its size, sessions as years, whole ones above. */
function numbersOf(value: unknown): number[] {
  if (typeof value === 'number') return [value, 100 * value, 1 - value, 100 * (1 - value), value / 252, Math.ceil(value)].flatMap((one) => [one, -one]);
  if (Array.isArray(value)) return value.flatMap(numbersOf);
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(numbersOf) : [];
}

/** Numbers of the tests themselves: levels, no skill, ends beyond which no chance is told, and the year of a paper. */
const FIXED = [0, 5, 95, 0.1, 99.9, 0.001, 2002];

function numbersIn(text: string): { readonly value: number; readonly digits: number }[] {
  return [...text.matchAll(/[−]?\d[\d,]*(?:\.\d+)?/g)].map(([found]) => ({ value: Number(found.replaceAll(',', '').replace('−', '-')), digits: found.split('.')[1]?.length ?? 0 }));
}

describe('luck in words', () => {
  it('says the sentence that it is for', () => {
    const { luck } = madeBacktest({ sessions: 60, names: 10, positions: 3 });
    expect(luckHeadline({ ...luck, sharpe: 1.1, deflated: { probability: 0.69, threshold: 0.83 } })).toBe('After 48 trials, the chance that this Sharpe ratio is luck is 31%.');
    const meaning = luckMeaning({ ...luck, sharpe: 1.1, deflated: { probability: 0.69, threshold: 0.83 } });
    expect(meaning).toBe('That is, a strategy whose true Sharpe ratio is only the 0.83 that the luckiest of 48 trials without skill is expected to show would come out at 1.10 or more on a record as long as this one with chance 31% (1 − deflated Sharpe ratio). By this test it is not told apart from luck, at the 5% level.');
    expect(luckMeaning({ ...luck, sharpe: 1.1, deflated: { probability: 0.96, threshold: 0.83 } })).toContain('luck alone is an unlikely explanation, at the 5% level');
  });

  it('does not call luck what was no success', () => {
    const { luck } = madeBacktest({ sessions: 60, names: 10, positions: 3 });
    const lost: Luck = { ...luck, sharpe: -0.154 };
    expect(luckHeadline(lost)).toBe('After 48 trials, there is no success that luck would have to explain: the Sharpe ratio is −0.15.');
    expect(luckMeaning(lost)).toBeNull();
  });

  it('takes nothing off for a single trial, and says what is not counted', () => {
    const { luck } = madeBacktest({ sessions: 60, names: 10, positions: 3 });
    const alone: Luck = { ...luck, sharpe: 0.7, trials: { count: 1, aligned: 1, elsewhere: 0, withoutReturns: 0 }, deflated: { probability: 0.9, threshold: 0 }, minimumBacktestYears: 0 };
    expect(luckHeadline(alone)).toBe('After 1 trial, the chance that this Sharpe ratio is luck is 10%.');
    const all = told(alone).join('\n');
    expect(all).toContain('This is the only configuration evaluated under “lab”: nothing is taken off for trying.');
    expect(all).toContain('What was tried before it was recorded, or under another name, is not counted');
    expect(all).not.toContain('luckiest of 1 ');
  });

  it('tells only numbers that stand in what it is told of, whatever its shape', () => {
    fc.assert(fc.property(anyLuck, (luck) => {
      const rejected = luck.stepwise?.filter((one) => one.rejected).length ?? 0;
      const known = [...numbersOf(luck), ...FIXED, rejected, luck.stepwise?.length ?? 0, rejected - 3];
      for (const text of told(luck)) {
        for (const { value, digits } of numbersIn(text)) expect(known.some((one) => Math.abs(one - value) <= 0.5001 * 10 ** -digits), `${value} in "${text}"`).toBe(true);
      }
    }), { numRuns: 150 });
  });

  it('says in words what is not defined, and never leaves a gap', () => {
    fc.assert(fc.property(anyLuck, (luck) => {
      for (const text of told(luck)) expect(text).not.toMatch(/NaN|undefined|null|Infinity|\$\{|significant/);
      for (const { value, sentence, source } of luckStatements({ luck, ...SUBJECT })) {
        expect(sentence).toMatch(/^[A-Z0-9−–].*\.$/s);
        expect(source.length).toBeGreaterThan(5);
        if (value === MISSING && sentence.startsWith('Not')) expect(sentence).toMatch(/: ./);
      }
    }), { numRuns: 150 });
  });

  it('says whether a rate without risk was taken off', () => {
    const { luck } = madeBacktest({ sessions: 60, names: 10, positions: 3 });
    const sharpe = (hasRate: boolean): string => luckStatements({ luck, ...SUBJECT, hasRate })[1].sentence;
    expect(sharpe(true)).toContain('of returns less the rate without risk');
    expect(sharpe(false)).toContain('the rate without risk taken to be 0');
  });

  it('names why each figure is missing', () => {
    const nothing: Luck = { trials: { count: 3, aligned: 1, elsewhere: 0, withoutReturns: 2 }, sessions: 40, sharpe: null, sharpeInterval: null, blockLength: null, probabilistic: null, deflated: null, minimumTrackRecord: null, minimumBacktestYears: null, haircut: null, overfitting: null, superior: null, stepwise: null, randomEntry: null, tradeOrder: null };
    const words = luckStatements({ luck: nothing, experiment: 'lab', benchmark: null, hasRate: false }).map(({ name: figure, sentence }) => `${figure}: ${sentence}`).join('\n');
    expect(words).toContain('There is no Sharpe ratio: the returns do not vary.');
    expect(words).toContain('Probability of overfitting: Not defined: it needs two trials or more on the same sessions.');
    expect(words).toContain('Superior predictive ability: Not tested: there is no benchmark.');
    expect(words).toContain('Random entries: Not tested: there are no closed trades');
    expect(luckHeadline(nothing)).toBe('How likely this is luck cannot be said: the returns do not vary.');
    expect(luckHeadline({ ...nothing, sharpe: 1 })).toBe('How likely this is luck cannot be said: of 3 trials too few have a Sharpe ratio to tell how far luck spreads them.');
    expect(luckHeadline({ ...nothing, sharpe: 1, deflated: { probability: null, threshold: 0 } })).toContain('(Mertens, 2002)');
    expect(luckMeaning(nothing)).toBeNull();
  });
});

describe('chances and p-values', () => {
  it('keep off 0% and 100%', () => {
    expect([0, 0.0009, 0.004, 0.31, 0.993, 0.9995, 1].map(chanceText)).toEqual(['below 0.1%', 'below 0.1%', '0.4%', '31%', '99.3%', 'above 99.9%', 'above 99.9%']);
    expect([0, 0.041, 1].map(pValueText)).toEqual(['below 0.001', '0.041', '1.000']);
    expect([0, 0.041].map(pEquals)).toEqual(['p below 0.001', 'p = 0.041']);
  });
});
