import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { isoDate } from '../../src/core/dates.js';
import { FEATURES } from '../../src/features/registry.js';
import { explain } from '../../src/recommendation/explain.js';
import type { Reason } from '../../src/recommendation/recommendation.js';
import { EVIDENCE_KINDS, type Evidence, type EvidenceCode, type EvidenceUnit } from '../../src/strategy/evidence.js';

const CODES = Object.keys(EVIDENCE_KINDS) as EvidenceCode[];

/** Evenly, where fc.double would draw mostly tiny ones. */
const between = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min: 0, max: 99_991 }).map((step) => min + ((max - min) * step) / 99_991);
const count = fc.integer({ min: 1, max: 600 });
const featureName = fc.oneof(fc.constantFrom(...FEATURES.map(({ name }) => name)), fc.constant('a-feature-of-ones-own'));

/** Values that evidence of a unit may well hold. */
const PLAUSIBLE: Readonly<Record<EvidenceUnit, fc.Arbitrary<number | string>>> = {
  price: between(0.01, 5000),
  fraction: between(-0.9, 0.9),
  money: between(1e6, 5e10),
  sessions: fc.integer({ min: 1, max: 60 }),
  count,
  score: between(-3, 3),
  ratio: between(0.1, 20),
  name: fc.constantFrom('LightGBM', '12-1 momentum'),
  date: fc.constantFrom('2018-02-14', '2025-12-31'),
  feature: between(-2, 2),
};

/** Fields that are parts of a whole, or optional. */
const OWN: Readonly<Record<string, fc.Arbitrary<number | string | undefined>>> = {
  'driver.feature': featureName,
  'driver.rank': fc.option(between(0, 1), { nil: undefined }),
  'driver.value': fc.option(PLAUSIBLE.feature, { nil: undefined }),
  'signal.feature': featureName,
  'forecast.edge': fc.option(PLAUSIBLE.fraction, { nil: undefined }),
  'forecast.coverage': between(0.5, 0.99),
  'misses-interval.coverage': between(0.5, 0.99),
  'driver.share': fc.option(between(0, 1), { nil: undefined }),
  'mean-of-ranks.rank': between(0, 1),
  'mean-of-ranks.networkRank': between(0, 1),
  'network-driver.feature': featureName,
  'network-driver.rank': fc.option(between(0, 1), { nil: undefined }),
  'network-driver.value': fc.option(PLAUSIBLE.feature, { nil: undefined }),
  'network-driver.share': fc.option(between(0, 1), { nil: undefined }),
  'network-sessions.share': between(0, 1),
  'network-neighbours.share': between(0, 1),
  'held.rank': fc.option(count, { nil: undefined }),
  'falls-in-rank.rank': fc.option(count, { nil: undefined }),
  'breaks-stop.judged': fc.constantFrom('touch', 'close', undefined),
  'breaks-stop.trailing': fc.option(PLAUSIBLE.price, { nil: undefined }),
  'size.method': fc.constantFrom('volatility-target', 'equal-weight', 'mean-variance'),
  'risk-rule.reason': fc.constant('Cut from 6.0 % to 4.2 %: sector Energy is at its cap of 35.0 %.'),
};

/** What a sentence reads off the other end: below 96 % of the members is a rank of 4 %; half of what an interval leaves out lies below it. */
const DERIVED: { readonly [Code in EvidenceCode]?: (values: Reason['values']) => number[] } = {
  driver: ({ rank }) => [1 - Number(rank), 0.99],
  'network-driver': ({ rank }) => [1 - Number(rank), 0.99],
  'mean-of-ranks': () => [0.99],
  'misses-interval': ({ coverage }) => [(1 - Number(coverage)) / 2],
};

const anyEvidence = fc.constantFrom(...CODES).chain((code) => {
  const fields = Object.fromEntries(Object.entries(EVIDENCE_KINDS[code].units).map(([name, unit]) => [name, OWN[`${code}.${name}`] ?? PLAUSIBLE[unit]]));
  const sides = code === 'signal' ? fc.constantFrom('above', 'below') : fc.constant(null);
  return fc.tuple(fc.record(fields), sides).map(([values, left]) => ({ code, values: left === null ? values : { ...values, [left]: undefined } }));
});

const described = new Map(FEATURES.map(({ name, describe: words }) => [name, words]));

/** A sentence without the words of its values and what the registry says of a feature. */
function bare({ text, values }: Reason): string {
  const words = described.get(String(values['feature'])) ?? '';
  const own = Object.values(values).filter((value) => typeof value === 'string');
  return [`${words.charAt(0).toUpperCase()}${words.slice(1)}`, ...own].reduce((left, part) => left.replace(part, ''), text);
}

/** Numbers of a sentence, as fractions where they are written in percent, and by how much each may be rounded. */
function numbersOf(reason: Reason): { readonly value: number; readonly tolerance: number }[] {
  const slack = 'feature' in reason.values ? 0.006 : 0; // values of features are cut to three digits, whatever their size
  return [...bare(reason).matchAll(/(?<![\w.-])([−+]?)(\d+(?:\.(\d+))?)(e[−+-]?\d+)?( %| million)?/g)].map(([, sign, digits, decimals = '', exponent = '', unit = '']) => {
    const factor = Number(`1${exponent.replace('−', '-')}`);
    const scale = unit === ' %' ? 0.01 : unit === ' million' ? 1e6 : 1;
    const value = (sign === '−' ? -1 : 1) * Number(digits) * factor * scale;
    return { value, tolerance: Math.max(0.5000001 * 10 ** -decimals.length * factor * scale + (unit === ' %' ? 0.5e-6 : 0), slack * Math.abs(value)) }; // half a step of the last digit; percent is rounded from the six decimals that documents keep
  });
}

const stands = (found: number, known: number, tolerance: number): boolean => Math.abs(Math.abs(found) - Math.abs(known)) <= tolerance;

describe('a sentence on evidence', () => {
  it('holds no number that is not among its values, and nothing that is none', () => {
    fc.assert(
      fc.property(anyEvidence, (evidence) => {
        const [reason] = explain([evidence as Evidence], isoDate('2018-02-07'));
        const { text, values } = reason;
        expect(text).toMatch(/^[A-Z1].*\.$/);
        expect(bare(reason)).not.toMatch(/NaN|undefined|null|Infinity|[{}]/);
        const numbers = [...Object.values(values).filter((value) => typeof value === 'number'), ...(DERIVED[evidence.code]?.(values) ?? [])];
        for (const { value, tolerance } of numbersOf(reason)) expect(numbers.some((known) => stands(value, known, tolerance)), `${value} of "${text}" in ${JSON.stringify(values)}`).toBe(true);
      }),
      { seed: 3, numRuns: 3000 },
    );
  });

  it('shows its main numbers with their sign', () => {
    fc.assert(
      fc.property(between(-0.9, 0.9).filter((value) => Math.abs(value) > 0.001), between(-3, 3).filter((value) => Math.abs(value) > 0.001), (change, score) => {
        const [held, rest] = explain([{ code: 'held', values: { sessions: 3, return: change } }, { code: 'other-features', values: { rest: score, score } }], isoDate('2018-02-07'));
        expect(held.text.includes('−')).toBe(change < 0);
        expect(rest.text.includes('−')).toBe(score < 0);
        expect(rest.text).not.toContain('-');
      }),
      { seed: 4, numRuns: 200 },
    );
  });

  it('would not pass with a number that is not there', () => {
    const reason: Reason = { code: 'rank', text: 'Fell to rank 45, beyond the limit of 40.', values: { rank: 44, limit: 40 }, units: {}, source: 'model', asOf: isoDate('2018-02-07') };
    expect(numbersOf(reason).map(({ value }) => value)).toEqual([45, 40]);
    expect(numbersOf(reason).every(({ value, tolerance }) => [44, 40].some((known) => stands(value, known, tolerance)))).toBe(false);
  });
});
