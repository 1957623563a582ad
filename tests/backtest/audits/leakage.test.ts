import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createRng } from '../../../src/core/rng.js';
import { result } from '../../../src/core/events.js';
import { auditLeakage } from '../../../src/backtest/audits/leakage.js';
import type { AuditedScorer } from '../../../src/backtest/audits/leakage/learning.js';
import { purgedSplits } from '../../../src/backtest/audits/leakage/purged-splits.js';
import { combinatorialPurged } from '../../../src/dataset/split/combinatorial-purged.js';
import { purgedKFold } from '../../../src/dataset/split/purged-k-fold.js';
import { walkForward } from '../../../src/dataset/split/walk-forward.js';
import { forwardLabels } from '../../../src/dataset/labels/forward-labels.js';
import type { DatasetTables } from '../../../src/dataset/samples-of.js';
import { world } from '../../dataset/world.js';

const market = world({ seed: 3, symbols: 40, sessions: 260 });
const labels = forwardLabels(market, { horizon: 5 });
const rng = createRng(11);
const width = market.bars.sessions.length;
const features = market.bars.columns([]).with({ noise: Float32Array.from({ length: 40 * width }, () => rng.normal()) });
const tables: DatasetTables = { features, labels };
const folds = walkForward({ train: 80, test: 40 }).split({ sessions: width, span: labels.span });

const audit = (scorer: AuditedScorer, only: readonly string[]) => result(auditLeakage({ describe: 'made up', tables, splits: [], folds, scorers: [scorer] }, { seed: 7, only }));

/** Scores of test sessions, by what is given of a cell. */
const scorer = (name: string, score: (given: DatasetTables, at: number) => number): AuditedScorer => ({
  name,
  scores(given, asked) {
    const column = new Float64Array(given.features.symbols.length * width).fill(Number.NaN);
    for (const t of asked.flatMap(({ test }) => [...test])) for (let at = t; at < column.length; at += width) column[at] = score(given, at);
    return given.features.columns([]).with({ score: column });
  },
});

describe('splits', () => {
  it('of ours have no overlap, whatever the settings', () => {
    fc.assert(
      fc.property(fc.integer({ min: 120, max: 300 }), fc.integer({ min: 2, max: 12 }), fc.integer({ min: 0, max: 8 }), (sessions, span, embargo) => {
        const splitters = [walkForward({ train: 40, test: 20, embargo }), purgedKFold({ k: 4, embargo }), combinatorialPurged({ groups: 5, testGroups: 2, embargo })];
        const days = Int32Array.from({ length: sessions }, (_, t) => 15000 + t);
        const check = purgedSplits(splitters.map((one) => ({ name: one.name, folds: one.split({ sessions, span }), embargo })), days, span);
        expect(check.findings).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('that break their embargo are found', () => {
    const days = Int32Array.from({ length: 60 }, (_, t) => 15000 + t);
    const check = purgedSplits([{ name: 'own', folds: [{ test: Int32Array.of(10, 11), train: Int32Array.of(20, 30) }], embargo: 9 }], days, 5);
    expect(check.findings).toMatchObject([{ code: 'embargo-broken', found: 9, differences: 1 }]);
  });
});

describe('scores', () => {
  it('of noise pass: nothing is learnt, and shuffled labels score nothing', async () => {
    const report = await audit(scorer('noise', ({ features: given }, at) => given.column('noise')[at]), ['learning', 'shuffled labels', 'telling features']);
    expect(report.findings).toEqual([]);
    expect(report.checks.map(({ verdict }) => verdict)).toEqual(['passed', 'passed', 'passed']);
  });

  it('that are made of the labels they are judged on score also when these are shuffled', async () => {
    const leak = scorer('leak', ({ features: given, labels: known }, at) => known.panel.column('label')[at] + 0.02 * given.column('noise')[at]);
    const { findings } = await audit(leak, ['learning', 'shuffled labels']);
    expect([...new Set(findings.map(({ code }) => code))]).toEqual(['learns-from-test-labels', 'shuffled-labels-score']);
    expect(findings.find(({ code }) => code === 'shuffled-labels-score')!.message).toMatch(/^scores by "leak" foretell labels that were permuted within sessions: mean rank IC 0\.\d+ over \d+ sessions, [\d.]+ standard errors from 0, where at most 4 are chance/);
  });

  it('are the same for the same seed', async () => {
    const one = scorer('noise', ({ features: given }, at) => given.column('noise')[at]);
    expect(await audit(one, ['shuffled labels'])).toEqual(await audit(one, ['shuffled labels']));
  });
});
