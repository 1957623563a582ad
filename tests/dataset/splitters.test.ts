import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { ConfigError } from '../../src/core/errors.js';
import { combinatorialPurged } from '../../src/dataset/split/combinatorial-purged.js';
import { holdOut } from '../../src/dataset/split/hold-out.js';
import { purgedKFold } from '../../src/dataset/split/purged-k-fold.js';
import type { EmbargoFrom } from '../../src/dataset/split/purge.js';
import type { Fold, Splitter } from '../../src/dataset/split/splitter.js';
import { walkForward } from '../../src/dataset/split/walk-forward.js';

const EMBARGOES: readonly EmbargoFrom[] = ['test-end', 'label-end'];

const embargoed = { embargo: fc.nat(15), embargoFrom: fc.constantFrom(...EMBARGOES) };
const walks = fc
  .record({ train: fc.integer({ min: 1, max: 60 }), test: fc.integer({ min: 1, max: 30 }), mode: fc.constantFrom('rolling' as const, 'expanding' as const), embargo: fc.nat(15) })
  .map((options): Splitter => walkForward(options));
const kFolds = fc.record({ k: fc.integer({ min: 2, max: 12 }), ...embargoed }).map((options): Splitter => purgedKFold(options));
const combinations = fc
  .record({ groups: fc.integer({ min: 3, max: 8 }), ...embargoed })
  .chain((options) => fc.integer({ min: 1, max: options.groups - 1 }).map((testGroups): Splitter => combinatorialPurged({ ...options, testGroups })));

/** The folds, or none where the settings are impossible for so few sessions. */
function foldsOf(splitter: Splitter, sessions: number, span: number): Fold[] {
  try {
    return splitter.split({ sessions, span });
  } catch (error) {
    if (error instanceof ConfigError && error.code === 'BAD_SPLIT') return [];
    throw error;
  }
}

const isAscending = (positions: Int32Array): boolean => positions.every((position, i) => i === 0 || position > positions[i - 1]);

describe.each([['walk-forward', walks], ['purged k-fold', kFolds], ['combinatorial purged', combinations]] as const)('%s', (_, splitters) => {
  it('has no training label that overlaps a test label, whatever the settings', () => {
    let judged = 0;
    fc.assert(
      fc.property(splitters, fc.integer({ min: 12, max: 240 }), fc.integer({ min: 1, max: 14 }), (splitter, sessions, span) => {
        for (const { train, test } of foldsOf(splitter, sessions, span)) {
          judged++;
          expect(Math.min(train.length, test.length)).toBeGreaterThan(0);
          expect([isAscending(train), isAscending(test)]).toEqual([true, true]);
          expect([train[0] >= 0, test[0] >= 0, train.at(-1)! < sessions, test.at(-1)! < sessions]).toEqual([true, true, true, true]);
          const covered = new Set([...test].flatMap((j) => Array.from({ length: span }, (__, k) => j + k)));
          for (const i of train) for (let k = 0; k < span; k++) if (covered.has(i + k)) expect.fail(`training session ${i} of span ${span} overlaps a test label at ${i + k} in ${splitter.name} ${JSON.stringify(splitter.params)}`);
        }
      }),
      { numRuns: 150, seed: 21 },
    );
    expect(judged).toBeGreaterThan(200);
  });

  it('says by its parameters all that determines the folds', () => {
    fc.assert(fc.property(splitters, (splitter) => {
      expect(JSON.parse(JSON.stringify(splitter.params))).toEqual(splitter.params);
      expect(Object.keys(splitter.params).length).toBeGreaterThan(2);
    }), { numRuns: 20, seed: 22 });
  });
});

describe('walk-forward', () => {
  const spans = (folds: readonly Fold[]) => folds.map(({ train, test }) => [train[0], train.at(-1), test[0], test.at(-1)]);

  it('rolls a window of fixed length that ends where purging begins', () => {
    // labels of 6 sessions, embargo of 2: the last training session is 8 before the first test session
    expect(spans(walkForward({ train: 20, test: 10, embargo: 2 }).split({ sessions: 55, span: 6 }))).toEqual([
      [0, 19, 27, 36],
      [10, 29, 37, 46],
      [20, 39, 47, 54],
    ]);
  });

  it('expands from the first session on', () => {
    expect(spans(walkForward({ train: 20, test: 10, embargo: 2, mode: 'expanding' }).split({ sessions: 55, span: 6 }))).toEqual([
      [0, 19, 27, 36],
      [0, 29, 37, 46],
      [0, 39, 47, 54],
    ]);
  });

  it('starts judging where it is told', () => {
    expect(spans(walkForward({ train: 20, test: 10, start: 40 }).split({ sessions: 55, span: 6 }))).toEqual([
      [15, 34, 40, 49],
      [25, 44, 50, 54],
    ]);
  });

  it('judges every session from the first on once', () => {
    const folds = walkForward({ train: 30, test: 7 }).split({ sessions: 200, span: 6 });
    expect(folds.flatMap(({ test }) => [...test])).toEqual(Array.from({ length: 200 - 35 }, (_, i) => 35 + i));
    for (const { train } of folds) expect(train.length).toBe(30);
  });

  it('names what would be possible', () => {
    expect(() => walkForward({ train: 0, test: 5 })).toThrow('expected a whole number of at least 1 as train, found 0 in walk-forward');
    expect(() => walkForward({ train: 50, test: 5 }).split({ sessions: 40, span: 6 })).toThrow('expected at least 56 sessions for one test session, found 40: with them, train can be at most 34 in walk-forward');
    expect(walkForward({ train: 34, test: 5 }).split({ sessions: 40, span: 6 }).length).toBe(1);
    expect(() => walkForward({ train: 20, test: 5, start: 24 }).split({ sessions: 40, span: 6 })).toThrow('expected start at position 25 or later');
    expect(walkForward({ train: 20, test: 5, start: 25 }).split({ sessions: 40, span: 6 })[0].train[0]).toBe(0);
    expect(() => walkForward({ train: 20, test: 5, start: 40 }).split({ sessions: 40, span: 6 })).toThrow('expected start before the end, from position 25 to 39');
  });
});

describe('purged k-fold', () => {
  it('judges every session once', () => {
    const folds = purgedKFold({ k: 7, embargo: 3 }).split({ sessions: 100, span: 6 });
    expect(folds.flatMap(({ test }) => [...test])).toEqual(Array.from({ length: 100 }, (_, i) => i));
  });

  it('names what would be possible', () => {
    expect(() => purgedKFold({ k: 1 })).toThrow('expected a whole number of at least 2 as k, found 1');
    expect(() => purgedKFold({ k: 9 }).split({ sessions: 8, span: 1 })).toThrow('expected k from 2 to 8, the number of sessions, found 9');
    const impossible = (embargo: number) => () => purgedKFold({ k: 2, embargo }).split({ sessions: 40, span: 6 });
    expect(impossible(20)).toThrow('expected sessions to learn from beside test block 0 of 2, which takes an embargo of at most 14, found none of 40 sessions with embargo 20 from label-end and span 6');
    expect(impossible(14)().length).toBe(2);
    expect(() => purgedKFold({ k: 2 }).split({ sessions: 8, span: 6 })).toThrow('which takes more than 8 sessions or shorter test blocks');
  });
});

describe('combinatorial purged', () => {
  it('has C(groups − 1, testGroups − 1) paths, each judging every session once by a fold that did not learn from it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 8 }).chain((groups) => fc.tuple(fc.constant(groups), fc.integer({ min: 1, max: groups - 1 }))), ([groups, testGroups]) => {
        const splitter = combinatorialPurged({ groups, testGroups });
        const folds = splitter.split({ sessions: 240, span: 1 });
        const paths = splitter.assemblePaths();
        const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k);
        expect([folds.length, splitter.paths, paths.length]).toEqual([choose(groups, testGroups), choose(groups - 1, testGroups - 1), splitter.paths]);
        const used = new Set<string>();
        for (const path of paths) {
          expect(path.length).toBe(groups);
          path.forEach((fold, group) => {
            expect(folds[fold].groups).toContain(group);
            used.add(`${fold} ${group}`);
          });
        }
        expect(used.size).toBe(folds.length * testGroups);
      }),
      { numRuns: 30, seed: 23 },
    );
  });

  it('names what would be possible', () => {
    expect(() => combinatorialPurged({ groups: 4, testGroups: 4 })).toThrow('expected testGroups from 1 to 3, fewer than the 4 groups, found 4');
    expect(() => combinatorialPurged({ groups: 9, testGroups: 2 }).split({ sessions: 8, span: 1 })).toThrow('expected groups from 2 to 8');
    expect(() => combinatorialPurged({ groups: 4, testGroups: 3, embargo: 40 }).split({ sessions: 40, span: 6 })).toThrow('expected sessions to learn from beside test groups 0, 1, 2 of 4');
  });
});

describe('hold-out', () => {
  it('takes the tail, and leaves sessions whose labels overlap it out, whatever the window', () => {
    let held = 0;
    const windows = fc.uniqueArray(fc.nat(300), { minLength: 2, maxLength: 120, size: 'max' }).map((positions) => Int32Array.from(positions).sort());
    fc.assert(
      fc.property(windows, fc.double({ min: 0.01, max: 0.99, noNaN: true }), fc.integer({ min: 1, max: 12 }), (window, share, span) => {
        let parts;
        try {
          parts = holdOut(window, share, span);
        } catch (error) {
          expect(error).toMatchObject({ code: 'BAD_SPLIT' });
          return;
        }
        held++;
        const { train, validation } = parts;
        expect(Math.abs(validation.length - share * window.length)).toBeLessThanOrEqual(0.5);
        expect([...validation]).toEqual([...window.slice(-validation.length)]);
        expect([...train]).toEqual([...window].filter((i) => i <= validation[0] - span));
      }),
      { numRuns: 200, seed: 24 },
    );
    expect(held).toBeGreaterThan(100);
  });

  it('names what would be possible', () => {
    const window = Int32Array.from({ length: 20 }, (_, i) => i);
    expect(() => holdOut(window, 1.5, 6)).toThrow('expected a share of the sessions between 0 and 1, found 1.5');
    expect(() => holdOut(window, 0.9, 6)).toThrow('from 1 to 14 of 20 sessions, found 0.9 (18 sessions)');
    expect(holdOut(window, 14 / 20, 6)).toEqual({ train: Int32Array.of(0), validation: Int32Array.from({ length: 14 }, (_, i) => 6 + i) });
    expect(() => holdOut(window, 0.01, 6)).toThrow('from 1 to 14 of 20 sessions, found 0.01 (0 sessions)');
    expect(() => holdOut(window, 0.5, 20)).toThrow("expected a window longer than a label's span of 20, found 20 sessions in hold-out");
  });
});
