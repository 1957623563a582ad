import { describe, expect, it } from 'vitest';

import { latestKnown } from '../../src/table/vintages.js';
import { computeFeatures } from '../../src/features/compute/compute-features.js';
import { cutInputs } from '../../src/features/compute/cut.js';
import type { FeatureInputs } from '../../src/features/compute/feature-inputs.js';
import { FEATURE_FAMILIES, type Feature, type SeriesFeature } from '../../src/features/feature.js';
import { checkPrefix } from '../../src/features/laws/prefix.js';
import { FEATURES } from '../../src/features/registry.js';
import { idleScales, incomplete, lawBreaches, testFeatureContract } from '../contracts/feature.js';
import { makeWorld } from './world.js';

describe('every feature of the registry', () => {
  testFeatureContract(FEATURES);

  it('belongs to a family that has its place in the documentation', () => {
    expect([...new Set(FEATURES.map(({ family }) => family))]).toEqual(FEATURE_FAMILIES.filter((family) => FEATURES.some((feature) => feature.family === family)));
  });
});

const WINDOW = 5;

function fake(compute: SeriesFeature['compute'], more: Partial<SeriesFeature> = {}): SeriesFeature {
  return { kind: 'series', name: 'planted', family: 'trend', describe: 'made to fail', formula: 'none', unit: 'ratio', source: 'this test', lookback: WINDOW, inputs: ['bars'], compute, ...more };
}

const average = (values: ArrayLike<number>, from: number, to: number): number => Array.from(values).slice(from, to).reduce((sum, value) => sum + value, 0) / (to - from);
const each = (values: ArrayLike<number>, value: (now: number, t: number) => number): Float64Array => Float64Array.from(values, (now, t) => (t < WINDOW ? Number.NaN : value(now, t)));

const laws = (feature: Feature): string[] => [...new Set(lawBreaches([feature], []).map(({ law }) => law))];

const honest = fake(({ close }) => each(close, (now, t) => now / average(close, t - WINDOW, t + 1)));

describe('the contract itself', () => {
  it('is content with an honest feature', () => {
    expect(laws(honest)).toEqual([]);
    expect(incomplete([honest], [])).toEqual([]);
  });

  it.each<[string, SeriesFeature, string]>([
    ['a scaler fitted on the whole sample', fake(({ close }) => each(close, (now) => now / average(close, 0, close.length))), 'prefix'],
    ['a centred window', fake(({ close }) => each(close, (now, t) => now / average(close, t - 2, Math.min(close.length, t + 3)))), 'prefix'],
    ['large returns of tomorrow, which are rare', fake(({ close }) => each(close, (now, t) => (Math.abs((close[t + 1] ?? now) / now - 1) > 0.03 ? 1 : 0))), 'daily'],
    ['the return of tomorrow', fake(({ close }) => each(close, (now, t) => (close[t + 1] ?? now) / now)), 'prefix'],
    ['memory beyond its lookback', fake(({ close }) => each(close, (now) => now / close[0])), 'warm-up'],
    ['a lookback that is one too short', fake(honest.compute, { lookback: WINDOW - 1 }), 'warm-up'],
    ['a running sum, whose rounding never leaves', fake(({ simpleReturn }) => {
      let sum = 0;
      return each(simpleReturn, (now, t) => (sum += (now || 0) - (simpleReturn[t - WINDOW] || 0)));
    }), 'warm-up'],
    ['the level of the price', fake(({ close }) => each(close, (now) => now)), 'scale'],
    ['the level of the volume', fake(({ volume }) => each(volume, (now) => now)), 'scale'],
  ])('catches %s', (_, feature, law) => {
    expect(laws(feature)).toContain(law);
  });

  it('catches whoever is not finite after the lookback', () => {
    expect(incomplete([fake(({ close }) => each(close, (now, t) => (t % 50 === 20 ? Number.NaN : now / now)))], [])).toHaveLength(1);
    expect(incomplete([fake(honest.compute, { lookback: WINDOW - 2 })], [])).toHaveLength(1);
  });

  it('catches whoever says to move with prices but does not', () => {
    expect(idleScales([fake(honest.compute, { scale: { prices: 'varies' } })], [])).toEqual(['planted (prices)']);
  });
});

describe('planted faults of the data', () => {
  const world = makeWorld({ seed: 11, sessions: 300 });
  const quarters = world.fundamentals!.get('S00') ?? new Map();
  const planted: FeatureInputs = { ...world, macro: new Map([['PLANTED', [...(world.macro ?? new Map()).values()][0] ?? series()]]), fundamentals: new Map(world.bars.symbols.map((symbol) => [symbol, new Map([['planted', [...quarters.values()][0] ?? series()]])])) };

  /** Two periods, the first restated later. */
  function series(): { knownFrom: Int32Array; period: Int32Array; value: Float64Array } {
    const { sessions } = world.bars;
    return { knownFrom: Int32Array.of(sessions[20], sessions[80], sessions[150]), period: Int32Array.of(sessions[0], sessions[60], sessions[0]), value: Float64Array.of(1, 2, 3) };
  }

  it('catches a macro series read by the day it describes, not the day it was released', () => {
    const unlagged = fake(({ tables, sessions }) => {
      const { period, value } = tables.macro.get('PLANTED')!;
      return Float64Array.from(sessions, (day) => value[period.findLastIndex((of) => of <= day)] ?? Number.NaN);
    }, { lookback: 0, inputs: ['macro:PLANTED'] });
    const released = fake(({ tables, sessions }) => latestKnown(tables.macro.get('PLANTED')!, sessions), { lookback: 0, inputs: ['macro:PLANTED'] });
    expect(prefixBreaches(planted, unlagged)).not.toEqual([]);
    expect(prefixBreaches(planted, released)).toEqual([]);
  });

  it('catches a fundamental read as restated later, not as filed first', () => {
    const lastWord = fake(({ tables, sessions }) => {
      const { knownFrom, period, value } = tables.fundamentals.get('planted')!;
      return Float64Array.from(sessions, (day) => {
        const newest = knownFrom.findLastIndex((from) => from <= day);
        return newest < 0 ? Number.NaN : value[period.lastIndexOf(period[newest])];
      });
    }, { lookback: 0, inputs: ['fundamentals:planted'] });
    expect(prefixBreaches({ ...planted, fundamentals: new Map(world.bars.symbols.map((symbol) => [symbol, new Map([['planted', series()]])])) }, lastWord)).not.toEqual([]);
  });

  it('catches a restatement that overwrote the first filing in the data', () => {
    const asFiled = series();
    const overwritten = { ...asFiled, value: asFiled.value.map((value, i) => (i === 0 ? asFiled.value[2] : value)) };
    const inputs = (table: typeof asFiled): FeatureInputs => ({ ...planted, fundamentals: new Map(world.bars.symbols.map((symbol) => [symbol, new Map([['planted', table]])])) });
    const reader = fake(({ tables, sessions }) => latestKnown(tables.fundamentals.get('planted')!, sessions), { lookback: 0, inputs: ['fundamentals:planted'] });
    const whole = computeFeatures(inputs(overwritten), [reader]);
    const cuts = [60, 120, 200];
    expect(checkPrefix(inputs(overwritten), [reader], { whole, cuts, known: [], asKnown: (end) => cutInputs(inputs(asFiled), end) })).not.toEqual([]);
    expect(checkPrefix(inputs(asFiled), [reader], { whole: computeFeatures(inputs(asFiled), [reader]), cuts, known: [] })).toEqual([]);
  });
});

const prefixBreaches = (inputs: FeatureInputs, feature: SeriesFeature): unknown[] => checkPrefix(inputs, [feature], { whole: computeFeatures(inputs, [feature]), cuts: [50, 101, 203], known: [] });
