import { describe, expect, it } from 'vitest';

import { fromEpochDay, isoDate } from '../../src/core/dates.js';
import { collect, result } from '../../src/core/events.js';
import type { Samples } from '../../src/dataset/samples.js';
import { momentum } from '../../src/models/baselines/momentum.js';
import { ridge } from '../../src/models/baselines/ridge.js';
import { fitCalibration } from '../../src/models/calibration.js';
import { describeCard } from '../../src/models/describe-card.js';
import type { FitContext, Forecaster } from '../../src/models/forecaster.js';
import { trainModel, type TrainingPlan } from '../../src/models/train-model.js';
import { between, FEATURES, FIRST_DAY, HORIZON, madeUpMarket, withFeatures } from './made-up-market.js';

const market = madeUpMarket({ seed: 31, sessions: 150 });
const context: FitContext = { seed: 9, threads: 1, environment: {} };
const plan: TrainingPlan = {
  train: between(market, 0, 90),
  validation: between(market, 96, 140),
  horizon: HORIZON,
  label: 'return over 5 sessions',
  usableFrom: isoDate('2017-01-03'),
  provenance: { data: { bars: 'b'.repeat(64) }, code: 'c'.repeat(64), notes: ['survivors only'] },
};

const train = (forecaster: Forecaster, changes: Partial<TrainingPlan> = {}) => result(trainModel(forecaster, { ...plan, ...changes }, context));
const withLabels = (samples: Samples, change: (label: number, at: number) => number): Samples => ({ ...samples, y: samples.y!.map(change) });

describe('trainModel', () => {
  it('writes down what the model is and what it learnt from', async () => {
    const { card } = await train(ridge({ features: ['return-5', 'gap'] }));
    expect(card).toMatchObject({
      schemaVersion: 1, forecaster: 'ridge', learns: true, seed: 9, features: ['return-5', 'gap'], horizon: HORIZON, label: 'return over 5 sessions',
      params: { penalty: null, features: ['return-5', 'gap'] },
      trainedFrom: fromEpochDay(FIRST_DAY), trainedThrough: fromEpochDay(FIRST_DAY + 139), usableFrom: '2017-01-03',
      sessions: 134, samples: 134 * 40, data: { bars: 'b'.repeat(64) }, code: 'c'.repeat(64), notes: ['survivors only'],
    });
    expect(card.validation).toMatchObject({ sessions: 44 });
    expect(card.calibration).toMatchObject({ sessions: 44, coverage: 0.8, horizon: HORIZON });
    expect(card.facts).toMatchObject({ trainingSamples: 3600 });
  });

  it('passes on what the forecaster tells', async () => {
    const { events } = await collect(trainModel(ridge(), plan, context));
    expect(events.map((event) => [event.kind, 'round' in event ? event.round : null])).toEqual([1, 2, 3, 4, 5].map((round) => ['round', round]));
  });

  it('calibrates what learns on the validation sessions only, what does not on all', async () => {
    const learnt = await train(ridge({ penalty: 1 }));
    const { score } = await learnt.predict(plan.validation);
    expect(learnt.card.calibration).toEqual(fitCalibration([{ samples: plan.validation, scores: score }], { horizon: HORIZON, coverage: 0.8 }));
    const { card } = await train(momentum());
    const column = (samples: Samples) => ({ samples, scores: new Float64Array(samples.x.subarray(0, samples.length)) }); // momentum-12-1 comes first
    expect(card.calibration).toEqual(fitCalibration([column(plan.train), column(plan.validation)], { horizon: HORIZON, coverage: 0.8 }));
  });

  it('does without validation sessions where a forecaster learns nothing', async () => {
    const { card } = await train(momentum(), { validation: between(market, 96, 96) });
    expect(card).toMatchObject({ validation: null, sessions: 90, trainedThrough: fromEpochDay(FIRST_DAY + 89) });
    expect(card.calibration?.sessions).toBe(90);
    await expect(train(ridge(), { validation: between(market, 96, 96) })).rejects.toThrow('expected validation samples to choose the penalty');
    expect((await train(ridge({ penalty: 1 }), { validation: between(market, 96, 96) })).card).toMatchObject({ validation: null, calibration: null });
  });

  it('gives scores without expected returns where too few sessions have outcomes', async () => {
    const model = await train(momentum(), { minSessions: 135 });
    expect(model.card.calibration).toBeNull();
    const { score, expected, low, high } = await model.predict(plan.validation);
    expect(score.every(Number.isFinite)).toBe(true);
    for (const values of [expected, low, high]) expect(values.every(Number.isNaN)).toBe(true);
  });

  it('counts only sessions and samples that have a label', async () => {
    const holed = withLabels(plan.validation, (label, at) => (at >= 40 * 40 || at % 40 === 3 ? Number.NaN : label));
    const { card } = await train(ridge({ penalty: 1 }), { validation: holed, train: withLabels(plan.train, (label, at) => (at < 40 ? Number.NaN : label)) });
    expect(card).toMatchObject({ trainedFrom: fromEpochDay(FIRST_DAY + 1), trainedThrough: fromEpochDay(FIRST_DAY + 135), sessions: 89 + 40, samples: 89 * 40 + 40 * 39 });
    expect(card.validation?.sessions).toBe(40);
    const unlabelled = withLabels(plan.train, () => Number.NaN);
    await expect(train(ridge(), { train: unlabelled })).rejects.toThrow('expected labels to train ridge on, found none');
    await expect(train(momentum(), { train: unlabelled, validation: between(market, 96, 96) })).rejects.toThrow('expected samples with labels to train on, found none');
  });

  it('is not usable before the last label is known', async () => {
    const last = FIRST_DAY + 139;
    await expect(train(momentum(), { usableFrom: fromEpochDay(last + HORIZON) })).rejects.toThrow(`expected a model to be usable from 6 sessions after its last label, that of ${fromEpochDay(last)}, found ${fromEpochDay(last + HORIZON)}`);
    expect((await train(momentum(), { usableFrom: fromEpochDay(last + HORIZON + 1) })).card.usableFrom).toBe(fromEpochDay(last + 6));
  });

  it('refuses validation sessions that do not follow', async () => {
    await expect(train(momentum(), { train: plan.validation, validation: plan.train })).rejects.toThrow('expected validation sessions after the training sessions');
  });

  it('sees what it learns from alone: features of the validation sessions change nothing that was learnt', async () => {
    const one = await train(ridge({ penalty: 1 }));
    const other = await train(ridge({ penalty: 1 }), { validation: withFeatures(plan.validation, (value) => -value) });
    const test = between(market, 146, 150);
    expect((await one.predict(test)).score).toEqual((await other.predict(test)).score);
  });

  it('frees what was fitted when a later step fails', async () => {
    let disposed = 0;
    const failing: Forecaster = {
      ...momentum(),
      async *fit() {
        const parts = { features: ['momentum-12-1'], facts: {}, explain: () => Promise.reject(new Error('no')), save: () => Promise.resolve({}), dispose: () => void disposed++ };
        return { ...parts, predict: () => Promise.reject(new Error('broken')) };
      },
    };
    await expect(train(failing)).rejects.toThrow('broken');
    expect(disposed).toBe(1);
  });
});

describe('a trained model', () => {
  it('reads its features wherever they stand among others', async () => {
    const model = await train(ridge({ features: ['return-5', 'gap'], penalty: 1 }));
    const test = between(market, 146, 150);
    const turned = { ...test, features: [...FEATURES].reverse(), x: Float32Array.from({ length: test.x.length }, (_, at) => test.x[(FEATURES.length - 1 - Math.floor(at / test.length)) * test.length + (at % test.length)]) };
    expect(await model.predict(turned)).toEqual(await model.predict(test));
    expect((await model.explain(turned)).features).toEqual(['return-5', 'gap']);
    await expect(model.predict({ ...test, features: FEATURES.map((name) => (name === 'gap' ? 'other' : name)) })).rejects.toThrow('expected samples with "return-5", "gap", found samples without "gap" in the samples to predict by ridge');
  });
});

describe('describeCard', () => {
  it('says it in words', async () => {
    const words = describeCard((await train(momentum())).card).join('\n');
    expect(words).toContain('momentum: return from 252 to 21 sessions ago');
    expect(words).toContain('measured on 134 sessions from 2016-07-18 through 2016-12-04, 5360 samples in all; usable from 2017-01-03');
    expect(words).toMatch(/on 44 validation sessions rank correlation 0\.\d{4}/);
    expect(words).toContain('survivors only');
    expect(describeCard((await train(ridge(), { minSessions: 99 })).card).join('\n')).toContain('too few sessions with outcomes');
    expect(describeCard((await train(momentum(), { validation: between(market, 96, 96) })).card).join('\n')).toContain('no validation sessions');
  });
});
