import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createRng } from '../../src/core/rng.js';
import { computeFeatures } from '../../src/features/compute/compute-features.js';
import { CROSS_SECTION } from '../../src/features/cross-section/family.js';
import { rank } from '../../src/features/cross-section/rank.js';
import { robustZ } from '../../src/features/cross-section/robust-z.js';
import { sectorNeutral } from '../../src/features/cross-section/sector-neutral.js';
import { winsorizedZ } from '../../src/features/cross-section/winsorized-z.js';
import type { CrossSectionFeature, SeriesFeature } from '../../src/features/feature.js';
import { FEATURES } from '../../src/features/registry.js';
import type { ColumnValues } from '../../src/table/panel.js';
import { makeWorld } from './world.js';

/** The return of the session, made here so that the test knows what is compared. */
const move: SeriesFeature = {
  kind: 'series',
  name: 'move',
  family: 'momentum',
  describe: 'return of one session',
  formula: 'C / C[t−1] − 1',
  unit: 'return',
  source: 'this test',
  lookback: 1,
  inputs: ['bars'],
  compute: ({ simpleReturn }) => simpleReturn,
};

const kinds: readonly CrossSectionFeature[] = [rank(move), robustZ(move), sectorNeutral(move), winsorizedZ(move, 1), winsorizedZ(move, 5)];
const of = ({ transform }: CrossSectionFeature, values: readonly number[], groups: readonly number[] = values.map(() => 0)): number[] => Array.from(transform(Float64Array.from(values), Int32Array.from(groups)));
const draws = (count: number, seed = 1): number[] => {
  const rng = createRng(seed).fork('cross-section');
  return Array.from({ length: count }, () => rng.normal());
};
const close = (found: readonly number[], expected: readonly number[]): void => {
  expect(found).toHaveLength(expected.length);
  expected.forEach((value, i) => expect(found[i]).toBeCloseTo(value, 12));
};

describe.each(kinds.map((feature) => [feature.name, feature] as const))('%s', (_, feature) => {
  it('takes its lookback, its inputs and what moves it from what it compares', () => {
    expect([feature.of, feature.lookback, feature.scale]).toEqual(['move', 1, undefined]);
    expect(feature.inputs).toEqual(expect.arrayContaining(['bars', 'members']));
  });

  it('has no value where fewer than five members have one', () => {
    expect(of(feature, [1, 2, 3, 4])).toEqual([NaN, NaN, NaN, NaN]);
    expect(of(feature, [1, 2, 3, 4, 5]).every(Number.isFinite)).toBe(true);
    expect(of(feature, [])).toEqual([]);
  });

  it('does not depend on the order of the members', () => {
    const [values, groups] = [draws(30), draws(30, 2).map((value) => (value > 0 ? 1 : 0))];
    const backwards = of(feature, values.toReversed(), groups.toReversed());
    close(backwards.toReversed(), of(feature, values, groups));
  });

  it('keeps the order of members of one sector, and gives equals the same', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 5, maxLength: 40 }), (values) => {
        const found = of(feature, values);
        for (let i = 1; i < values.length; i++) {
          if (Number.isNaN(found[i]) || Number.isNaN(found[i - 1])) continue;
          if (values[i] === values[i - 1]) expect(found[i]).toBe(found[i - 1]);
          if (values[i] > values[i - 1]) expect(found[i]).toBeGreaterThanOrEqual(found[i - 1]);
        }
      }),
      { seed: 4 },
    );
  });

  it('does not care for the unit of what is compared', () => {
    const values = draws(20);
    close(of(feature, values.map((value) => 1000 * value)), of(feature, values));
  });

  it('leaves its inputs alone', () => {
    const [values, groups] = [Float64Array.from(draws(12)), new Int32Array(12)];
    const before = values.slice();
    feature.transform(values, groups);
    expect(values).toEqual(before);
  });
});

describe('rank', () => {
  it('goes from the lowest to the highest in even steps around 0', () => {
    close(of(rank(move), [30, 10, 50, 20, 40]), [0, -0.4, 0.4, -0.2, 0.2]);
  });

  it('sees only the order', () => {
    const values = draws(25);
    expect(of(rank(move), values.map(Math.exp))).toEqual(of(rank(move), values));
  });

  it('puts equals in the middle of their places', () => {
    close(of(rank(move), [7, 7, 1, 9, 9]), [-0.1, -0.1, -0.4, 0.3, 0.3]);
    close(of(rank(move), [3, 3, 3, 3, 3]), [0, 0, 0, 0, 0]);
  });
});

describe('robust z', () => {
  it('is the distance from the median in deviations', () => {
    // median 3, absolute deviations 2 1 0 1 7 with median 1
    close(of(robustZ(move), [1, 2, 3, 4, 10]), [-2, -1, 0, 1, 7].map((value) => value / 1.4826));
  });

  it('of the others does not change when one value becomes absurd', () => {
    const values = [...draws(20), 5];
    expect(of(robustZ(move), [...values.slice(0, 20), 1e9]).slice(0, 20)).toEqual(of(robustZ(move), values).slice(0, 20));
  });
});

describe('winsorized z', () => {
  it('pulls the outermost members in', () => {
    const ladder = Array.from({ length: 101 }, (_, i) => i);
    const absurd = ladder.map((value) => (value === 100 ? 1e9 : value));
    expect(of(winsorizedZ(move, 1), absurd)).toEqual(of(winsorizedZ(move, 1), ladder));
    const scores = of(winsorizedZ(move, 5), ladder);
    expect(scores.slice(95)).toEqual(new Array(6).fill(scores[95]));
    expect(scores[94]).toBeLessThan(scores[95]);
  });

  it('has mean 0 and deviation 1', () => {
    const scores = of(winsorizedZ(move, 5), draws(50));
    const mean = scores.reduce((sum, value) => sum + value, 0) / 50;
    expect(mean).toBeCloseTo(0, 12);
    expect(scores.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 49).toBeCloseTo(1, 12);
  });
});

describe('sector-neutral', () => {
  it('is the distance from the mean of the sector in deviations of all', () => {
    // means 2 and 20; the deviation of 1 2 3 10 20 30 about 11 is √(100 + 81 + 64 + 1 + 81 + 361) / 5
    const deviation = Math.sqrt((100 + 81 + 64 + 1 + 81 + 361) / 5);
    close(of(sectorNeutral(move), [1, 2, 3, 10, 20, 30], [0, 0, 0, 4, 4, 4]), [-1, 0, 1, -10, 0, 10].map((value) => value / deviation));
  });

  it('sums to 0 in every sector: an industry that moves as one is not seen', () => {
    const groups = Array.from({ length: 40 }, (_, i) => i % 4);
    const values = draws(40).map((value, i) => value + 10 * groups[i]);
    const found = of(sectorNeutral(move), values, groups);
    for (let sector = 0; sector < 4; sector++) expect(found.filter((_, i) => groups[i] === sector).reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 10);
  });

  it('has no value where the sector is unknown or has fewer than three members with one', () => {
    const found = of(sectorNeutral(move), draws(9), [0, 0, 0, 1, 1, -1, -1, -1, 0]);
    expect(found.map(Number.isNaN)).toEqual([false, false, false, true, true, true, true, true, false]);
  });
});

describe('what is compared', () => {
  it('are the members of the session with a value, no one else', () => {
    const { member: _, options: __, ...world } = makeWorld({ symbols: 10, sessions: 60, seed: 5 });
    const width = 60;
    const member = new Uint8Array(10 * width).fill(1);
    member.fill(0, 3 * width, 3 * width + 40); // S03 joins at session 40
    const compared = [rank(move), robustZ(move)];
    const without = world.bars.select(world.bars.symbols.filter((name) => name !== 'S03'));
    const [joining, nine, ten] = [{ ...world, member }, { ...world, bars: without }, world].map((inputs) => computeFeatures(inputs, compared, { known: [move] }));
    for (const { name } of compared) {
      for (const symbol of nine.symbols) {
        expect(joining.series(name, symbol).subarray(0, 40)).toEqual(nine.series(name, symbol).subarray(0, 40));
        expect(joining.series(name, symbol).subarray(40)).toEqual(ten.series(name, symbol).subarray(40));
      }
      expect(joining.series(name, 'S03').subarray(0, 40).every(Number.isNaN)).toBe(true);
    }
  });
});

describe('the family', () => {
  it('compares features of single instruments that are there, and says as they do what moves it', () => {
    for (const feature of CROSS_SECTION as readonly CrossSectionFeature[]) {
      const base = FEATURES.find(({ name }) => name === feature.of);
      expect(base?.kind, feature.name).toBe('series');
      expect(feature.scale, feature.name).toEqual(base?.scale);
      expect(feature.name.endsWith(feature.of), feature.name).toBe(true);
    }
  });

  it('ranks of traded value change when one instrument alone trades more, those of momentum do not', () => {
    const world = makeWorld({ seed: 8, sessions: 300 });
    const more = (name: string): ColumnValues => world.bars.column(name).map((value, i) => (i < 300 ? 50 * value : value)); // those of S00
    const busier = { ...world, bars: world.bars.with({ volume: more('volume'), tradedValue: more('tradedValue') }) };
    const features = CROSS_SECTION.filter(({ name }) => ['rank-log-dollar-volume-21', 'rank-momentum-12-1'].includes(name));
    const [before, after] = [world, busier].map((inputs) => computeFeatures(inputs, features, { known: FEATURES }));
    expect(after.series('rank-log-dollar-volume-21', 'S00').at(-1)).toBeCloseTo(0.5 - 1 / 16, 6);
    expect(after.column('rank-momentum-12-1')).toEqual(before.column('rank-momentum-12-1'));
  });
});
