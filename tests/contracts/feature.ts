import { describe, expect, it } from 'vitest';

import type { Feature } from '../../src/features/feature.js';
import { cleanBars, mapBars, type Bars } from '../features/bars.js';

interface Law {
  readonly name: string;
  /** Throws when the feature breaks it. */
  readonly check: (feature: Feature) => void;
}

const SEEDS = [1, 2, 3];
/** Rounding may depend on where a sum starts, the value may not. */
const TOLERANCE = 1e-9;

const barsFor = ({ lookback }: Feature, seed: number): Bars => cleanBars(lookback + 120, seed);

function expectSame(actual: Float64Array, expected: Float64Array, where: string): void {
  expect(actual.length, where).toBe(expected.length);
  actual.forEach((value, t) => {
    if (Number.isNaN(value) && Number.isNaN(expected[t])) return;
    expect(Math.abs(value - expected[t]), `${where}, session ${t}`).toBeLessThanOrEqual(TOLERANCE * Math.max(1e-3, Math.abs(expected[t])));
  });
}

/** Cuts that show a feature which looks at the next bar, the next week, or everything. */
const cuts = ({ lookback }: Feature, length: number): number[] => [1, lookback, lookback + 1, lookback + 2, lookback + 17, length - 21, length - 1].filter((end) => end >= 1);

/** What every feature of the registry promises; see `Feature`. */
export const FEATURE_LAWS: readonly Law[] = [
  {
    name: 'gives one value a session, for any length',
    check(feature) {
      for (const length of [0, 1, 2, feature.lookback, feature.lookback + 1, feature.lookback + 30]) expect(feature.compute(cleanBars(length))).toHaveLength(length);
    },
  },
  {
    name: 'is NaN exactly during its lookback on clean bars, finite after',
    check(feature) {
      for (const seed of SEEDS) feature.compute(barsFor(feature, seed)).forEach((value, t) => expect(Number.isFinite(value), `session ${t}, seed ${seed}`).toBe(t >= feature.lookback));
    },
  },
  {
    name: 'does not change in the past when the future arrives',
    check(feature) {
      for (const seed of SEEDS) {
        const bars = barsFor(feature, seed);
        const whole = feature.compute(bars);
        for (const end of cuts(feature, bars.close.length)) expectSame(feature.compute(mapBars(bars, (values) => values.slice(0, end))), whole.slice(0, end), `cut at ${end}, seed ${seed}`);
      }
    },
  },
  {
    name: 'does not change when the next bars are missing or absurd',
    check(feature) {
      const bars = barsFor(feature, 4);
      const whole = feature.compute(bars);
      const end = feature.lookback + 40;
      for (const future of [Number.NaN, 1e9, 1e-9]) {
        const changed = feature.compute(mapBars(bars, (values) => values.fill(future, end)));
        expectSame(changed.slice(0, end), whole.slice(0, end), `future of ${future}`);
      }
    },
  },
  {
    name: 'reads no further back than its lookback',
    check(feature) {
      const bars = barsFor(feature, 5);
      const t = feature.lookback + 50;
      const changed = feature.compute(mapBars(bars, (values) => values.map((value, i) => (i < t - feature.lookback ? 3 * value : value))));
      expect(Math.abs(changed[t] - feature.compute(bars)[t])).toBeLessThanOrEqual(TOLERANCE);
    },
  },
  {
    name: 'is the same when all prices, or all volumes, are multiplied by a constant',
    check(feature) {
      const bars = barsFor(feature, 6);
      const whole = feature.compute(bars);
      for (const factor of [1 / 7, 100]) {
        expectSame(feature.compute(mapBars(bars, (values, name) => (name === 'volume' ? values : values.map((value) => factor * value)))), whole, `prices × ${factor}`);
        expectSame(feature.compute(mapBars(bars, (values, name) => (name === 'volume' ? values.map((value) => factor * value) : values))), whole, `volumes × ${factor}`);
      }
    },
  },
  {
    name: 'leaves its input untouched and gives a fresh array of the same values each time',
    check(feature) {
      const bars = barsFor(feature, 7);
      const before = mapBars(bars, (values) => values.slice());
      const first = feature.compute(bars);
      expect(bars).toEqual(before);
      const second = feature.compute(bars);
      expect(second).not.toBe(first);
      expect(second).toEqual(first);
    },
  },
  {
    name: 'bears bars that are missing, here and there or altogether',
    check(feature) {
      const bars = barsFor(feature, 8);
      for (const isMissing of [(t: number) => t % 7 === 3, () => true]) {
        const values = feature.compute(mapBars(bars, (column) => column.map((value, t) => (isMissing(t) ? Number.NaN : value))));
        values.forEach((value, t) => expect(Number.isNaN(value) || (Number.isFinite(value) && t >= feature.lookback), `session ${t}`).toBe(true));
      }
    },
  },
];

/** Runs every law on one feature. */
export function testFeatureContract(feature: Feature): void {
  describe(feature.name, () => {
    it('is described', () => {
      expect(feature.name).toMatch(/^[a-z][a-z0-9-]*$/);
      expect(feature.describe).not.toBe('');
      expect(feature.source).not.toBe('');
      expect(Number.isInteger(feature.lookback) && feature.lookback >= 0).toBe(true);
    });
    for (const { name, check } of FEATURE_LAWS) it(name, () => check(feature));
  });
}
