import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { combinatorialPurged } from '../../src/dataset/split/combinatorial-purged.js';
import type { EmbargoFrom } from '../../src/dataset/split/purge.js';
import { purgedKFold } from '../../src/dataset/split/purged-k-fold.js';
import { goldenFolder, printSkipReason } from './folder.js';

interface GoldenFold {
  readonly test: readonly number[];
  /** Embargo counted from the last test session. */
  readonly train: readonly number[];
  readonly trainEmbargoAfterLabelEnd: readonly number[];
}

interface GoldenCase {
  readonly n: number;
  readonly labelSpan: number;
  readonly embargo: number;
  readonly purgedKFold: { readonly k: number; readonly folds: readonly GoldenFold[] };
  readonly cpcv: { readonly groups: number; readonly testGroups: number; readonly paths: number; readonly folds: readonly (GoldenFold & { readonly groups: readonly number[] })[] };
}

const folder = goldenFolder();
printSkipReason('golden', 'splits against purgedcv and brute force');
const cases: readonly GoldenCase[] = folder === null ? [] : (JSON.parse(readFileSync(join(folder, 'splits.json'), 'utf8')) as { cases: GoldenCase[] }).cases;

const CONVENTIONS: readonly { readonly embargoFrom: EmbargoFrom; readonly of: (fold: GoldenFold) => readonly number[] }[] = [
  { embargoFrom: 'test-end', of: ({ train }) => train },
  { embargoFrom: 'label-end', of: ({ trainEmbargoAfterLabelEnd }) => trainEmbargoAfterLabelEnd },
];

/** Where a fold has nothing to learn from we refuse the settings, the reference gives an empty list. */
const isImpossible = (trains: readonly (readonly number[])[]): boolean => trains.some((train) => train.length === 0);
const NOTHING_LEFT = 'expected sessions to learn from beside test';

describe.skipIf(folder === null)('splits against purgedcv and brute force', () => {
  it('has cases with folds', () => {
    expect(cases.length).toBeGreaterThan(0);
    for (const one of cases) expect(Math.min(one.purgedKFold.folds.length, one.cpcv.folds.length)).toBeGreaterThan(0);
  });

  describe.each(cases)('$n sessions, labels that span $labelSpan, embargo $embargo', ({ n, labelSpan, embargo, purgedKFold: kFold, cpcv }) => {
    it.each(CONVENTIONS)('purged k-fold, embargo from $embargoFrom', ({ embargoFrom, of }) => {
      const split = () => purgedKFold({ k: kFold.k, embargo, embargoFrom }).split({ sessions: n, span: labelSpan });
      if (isImpossible(kFold.folds.map(of))) return expect(split).toThrow(NOTHING_LEFT);
      return expect(split().map(({ train, test }) => ({ train: [...train], test: [...test] }))).toEqual(kFold.folds.map((fold) => ({ train: of(fold), test: fold.test })));
    });

    it.each(CONVENTIONS)('combinatorial purged, embargo from $embargoFrom', ({ embargoFrom, of }) => {
      const splitter = combinatorialPurged({ groups: cpcv.groups, testGroups: cpcv.testGroups, embargo, embargoFrom });
      expect(splitter.paths).toBe(cpcv.paths);
      const split = () => splitter.split({ sessions: n, span: labelSpan });
      if (isImpossible(cpcv.folds.map(of))) return expect(split).toThrow(NOTHING_LEFT);
      return expect(split().map(({ groups, train, test }) => ({ groups, train: [...train], test: [...test] }))).toEqual(cpcv.folds.map((fold) => ({ groups: fold.groups, train: of(fold), test: fold.test })));
    });

    it('has as many paths, each through every group by a fold that judges it, none used twice', () => {
      const { groups, testGroups, paths, folds } = cpcv;
      const assembled = combinatorialPurged({ groups, testGroups, embargo }).assemblePaths();
      expect(assembled.length).toBe(paths);
      for (const path of assembled) path.forEach((fold, group) => expect(folds[fold].groups).toContain(group));
      const used = assembled.flatMap((path) => path.map((fold, group) => `${fold}:${group}`));
      expect(new Set(used).size).toBe(groups * paths);
    });
  });
});
