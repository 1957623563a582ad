import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createRng } from '../../src/core/rng.js';
import { DataModule } from '../../src/dataset/data-module.js';
import { forwardLabels } from '../../src/dataset/labels/forward-labels.js';
import { samplesOf } from '../../src/dataset/samples-of.js';
import { SCALERS } from '../../src/dataset/scaler/registry.js';
import { standardScaler } from '../../src/dataset/scaler/standard-scaler.js';
import { requirePurged } from '../../src/dataset/split/require-purged.js';
import { walkForward } from '../../src/dataset/split/walk-forward.js';
import { cellFeatures, world } from './world.js';

const SESSIONS = 140;
const market = world({ seed: 12, symbols: 8, sessions: SESSIONS, gaps: 0.03, outsiders: 0.2 });
const labels = forwardLabels(market, { horizon: 4, residual: 'market' });
const features = cellFeatures(market, 2);
const tables = { features, labels };
const splitter = walkForward({ train: 60, test: 20 });

describe('DataModule', () => {
  const [first, second, ...others] = DataModule.folds(tables, splitter, { validationShare: 0.25 });

  it('is one for each fold', () => {
    expect(others.length).toBe(2);
    expect([first.horizon, first.features, second.positions.test[0]]).toEqual([4, ['f0', 'f1'], 84]);
  });

  it('gives labelled samples of its parts, whose labels do not overlap', () => {
    const { train, validation, test } = first.positions;
    expect([train[0], train.at(-1), validation[0], validation.at(-1), test[0], test.at(-1)]).toEqual([0, 40, 45, 59, 64, 83]);
    expect(first.train()).toEqual(samplesOf(tables, train, { labelled: true }));
    expect(first.validation()).toEqual(samplesOf(tables, validation, { labelled: true }));
    expect(first.test()).toEqual(samplesOf(tables, test, { labelled: true }));
  });

  it('gives everything that counts to predict, also where no label is known yet', () => {
    const last = others[others.length - 1];
    expect(last.predict()).toEqual(samplesOf(tables, last.positions.test, { labelled: false }));
    expect(last.predict().length).toBeGreaterThan(last.test().length);
    expect(last.predict().y).toBeNull();
  });

  it('gives windows of the same samples, only those to learn from shuffled', () => {
    const module = new DataModule(tables, splitter.split({ sessions: SESSIONS, span: 5 })[0], { windowLength: 10, batchSize: 32, rng: createRng(3) });
    const values = (name: 'train' | 'validation' | 'test'): number[] => [...module[`${name}Windows`]().batches()].flatMap(({ y }) => [...y!]);
    expect(values('validation')).toEqual([...module.validation().y!]);
    expect(values('test')).toEqual([...module.test().y!]);
    expect(values('train')).not.toEqual([...module.train().y!]);
    expect(values('train').sort()).toEqual([...module.train().y!].sort());
    expect(module.predictWindows().count).toBe(module.predict().length);
    expect(module.trainWindows().length).toBe(10);
  });

  it('refuses a fold whose training labels overlap test labels', () => {
    const fold = { train: Int32Array.from({ length: 60 }, (_, i) => i), test: Int32Array.of(63, 64) };
    expect(() => new DataModule(tables, fold)).toThrow('expected training labels that overlap no test label, found training session 59 and test session 63 with labels that span 5');
    expect(() => new DataModule(tables, { ...fold, test: Int32Array.of(64) })).not.toThrow();
  });

  it('refuses to scale by nothing', () => {
    const nobody = { ...market, member: new Uint8Array(market.member.length) };
    const [module] = DataModule.folds({ features, labels: forwardLabels(nobody, { horizon: 4 }) }, splitter, { scaler: standardScaler() });
    expect(() => module.test()).toThrow('expected training samples for the scaler "standard", found none in 47 sessions');
  });
});

describe.each(SCALERS.map((one) => [one.name, one] as const))('scaled by %s', (_, scaler) => {
  const [module] = DataModule.folds(tables, splitter, { scaler, validationShare: 0.25 });

  it('learns from training samples, whichever part is asked for first', () => {
    const fit = scaler.fit(samplesOf(tables, module.positions.train, { labelled: true }));
    expect(module.test().x).toEqual(fit.apply(samplesOf(tables, module.positions.test, { labelled: true })).x);
    expect(module.train().x).toEqual(fit.apply(samplesOf(tables, module.positions.train, { labelled: true })).x);
    const [again] = DataModule.folds(tables, splitter, { scaler, validationShare: 0.25 });
    expect(again.train().x).toEqual(module.train().x);
    expect(again.scaler()!.save()).toEqual(fit.save());
  });

  it('does not change what is learnt when anything outside the training sessions does', () => {
    const last = module.positions.train.at(-1)!;
    const changed = features.with(Object.fromEntries(features.columnNames.map((name) => [name, features.column(name).map((value, at) => (at % SESSIONS > last ? 1e6 * Math.sin(at) : value))])));
    const [other] = DataModule.folds({ features: changed, labels }, splitter, { scaler, validationShare: 0.25 });
    expect(other.scaler()!.save()).toEqual(module.scaler()!.save());
    expect(other.train().x).toEqual(module.train().x);
    expect(other.validation().x).not.toEqual(module.validation().x);
  });
});

describe('requirePurged', () => {
  it('finds an overlap exactly where a slow search does', () => {
    const some = fc.uniqueArray(fc.nat(80), { minLength: 1, maxLength: 12 }).map((list) => Int32Array.from(list).sort());
    let overlaps = 0;
    fc.assert(
      fc.property(some, some, fc.integer({ min: 1, max: 6 }), (train, test, span) => {
        const isOverlapping = train.some((i) => test.some((j) => Math.abs(i - j) < span));
        overlaps += Number(isOverlapping);
        if (isOverlapping) expect(() => requirePurged({ train, test }, span)).toThrow('expected training labels that overlap no test label');
        else requirePurged({ train, test }, span);
      }),
      { numRuns: 300, seed: 41 },
    );
    expect(overlaps).toBeGreaterThan(50);
    expect(overlaps).toBeLessThan(290);
  });
});
