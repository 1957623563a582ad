import { expect, it } from 'vitest';

import { computeFeatures } from '../../src/features/compute/compute-features.js';
import type { FeatureInputs } from '../../src/features/compute/feature-inputs.js';
import { FEATURE_FAMILIES, type Feature } from '../../src/features/feature.js';
import { checkLaws } from '../../src/features/laws/check-laws.js';
import type { LawBreach } from '../../src/features/laws/breach.js';
import type { ColumnValues, Panel } from '../../src/table/panel.js';
import { makeWorld } from '../features/world.js';

const SEEDS = [1, 2];

/** Breaches of the laws on made-up worlds, clean and spoilt, that are long enough for the lookbacks. */
export function lawBreaches(features: readonly Feature[], known: readonly Feature[]): LawBreach[] {
  const longest = Math.max(...features.map(({ lookback }) => lookback));
  return SEEDS.flatMap((seed) => checkLaws(makeWorld({ seed, sessions: longest + 150, faults: seed % 2 === 0 }), features, { seed, places: 3, known }));
}

/** Features that are NaN somewhere on a clean world once their lookback has passed, or that are infinite anywhere. */
export function incomplete(features: readonly Feature[], known: readonly Feature[]): { feature: string; symbol: string; t: number; value: number }[] {
  const longest = Math.max(...features.map(({ lookback }) => lookback));
  const world = makeWorld({ seed: 3, sessions: longest + 60 });
  const values = computeFeatures(world, features, { known });
  return features.flatMap(({ name, lookback }) => firstBad(values, name, (value, t) => (t < lookback ? value === Infinity || value === -Infinity : !Number.isFinite(value))));
}

/** Features that show an infinite value on a world of gaps, breaks and late listings. */
export function infinite(features: readonly Feature[], known: readonly Feature[]): { feature: string; symbol: string; t: number; value: number }[] {
  const values = computeFeatures(makeWorld({ seed: 4, faults: true }), features, { known });
  return features.flatMap(({ name }) => firstBad(values, name, (value) => value === Infinity || value === -Infinity));
}

function firstBad(values: Panel, feature: string, isBad: (value: number, t: number) => boolean): { feature: string; symbol: string; t: number; value: number }[] {
  const width = values.sessions.length;
  const column = values.column(feature);
  const at = column.findIndex((value, i) => isBad(value, i % width));
  return at < 0 ? [] : [{ feature, symbol: values.symbols[Math.floor(at / width)], t: at % width, value: column[at] }];
}

/** Features that declare to move with prices or volumes but do not. */
export function idleScales(features: readonly Feature[], known: readonly Feature[]): string[] {
  const world = makeWorld({ seed: 5, sessions: Math.max(...features.map(({ lookback }) => lookback)) + 60 });
  const factor: Readonly<Record<'prices' | 'volumes', (inputs: FeatureInputs) => FeatureInputs>> = { prices: scaling(['open', 'high', 'low', 'close', 'vwap', 'tradedValue']), volumes: scaling(['volume', 'tradedValue']) };
  const before = computeFeatures(world, features, { known });
  return (['prices', 'volumes'] as const).flatMap((what) => {
    const moving = features.filter(({ scale }) => scale?.[what] === 'varies');
    const after = computeFeatures(factor[what](world), moving, { known });
    return moving.filter(({ name }) => after.column(name).every((value, i) => Object.is(value, before.column(name)[i]))).map(({ name }) => `${name} (${what})`);
  });
}

/** Another factor for each of three neighbours, so that a comparison of levels between instruments moves too. */
const scaling = (columns: readonly string[]) => (inputs: FeatureInputs): FeatureInputs => {
  const width = inputs.bars.sessions.length;
  const multiplied = (name: string): ColumnValues => inputs.bars.column(name).map((value, i) => (2 + (Math.floor(i / width) % 3)) ** 2 * value);
  return { ...inputs, bars: inputs.bars.with(Object.fromEntries(columns.map((name) => [name, multiplied(name)]))) };
};

/** What every entry of a list of features promises; laws are checked for all at once, and each breach names its feature. */
export function testFeatureContract(features: readonly Feature[], known: readonly Feature[] = features): void {
  it('each entry is described and unique', () => {
    expect(new Set(features.map(({ name }) => name)).size).toBe(features.length);
    for (const feature of features) {
      expect(feature.name).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
      expect(FEATURE_FAMILIES).toContain(feature.family);
      for (const text of [feature.describe, feature.formula, feature.source]) expect(text.trim().length, feature.name).toBeGreaterThan(3);
      expect(Number.isInteger(feature.lookback) && feature.lookback >= 0, feature.name).toBe(true);
      expect(feature.inputs.length, feature.name).toBeGreaterThan(0);
      if (feature.kind === 'cross-section') expect(feature.lookback, feature.name).toBe(known.find(({ name }) => name === feature.of)?.lookback);
    }
  });

  it('no entry breaks the prefix, daily, warm-up or scale law', () => {
    expect(lawBreaches(features, known)).toEqual([]);
  }, 120_000);

  it('on clean inputs every value is there once the lookback has passed', () => {
    expect(incomplete(features, known)).toEqual([]);
  });

  it('gaps, breaks and late listings leave NaN, never infinity', () => {
    expect(infinite(features, known)).toEqual([]);
  });

  it('whoever declares to move with prices or volumes does', () => {
    expect(idleScales(features, known)).toEqual([]);
  });

  it('inputs are left untouched and equal inputs give equal values', () => {
    const world = makeWorld({ seed: 6, sessions: 320, faults: true });
    const before = world.bars.columnNames.map((name) => world.bars.column(name).slice());
    const [first, second] = [computeFeatures(world, features, { known }), computeFeatures(world, features, { known })];
    expect(world.bars.columnNames.map((name) => world.bars.column(name))).toEqual(before);
    for (const { name } of features) expect(second.column(name)).toEqual(first.column(name));
  });
}
