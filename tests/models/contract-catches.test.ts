import { describe, expect, it } from 'vitest';

import { momentum } from '../../src/models/baselines/momentum.js';
import { ridge } from '../../src/models/baselines/ridge.js';
import type { FittedForecaster, Forecaster } from '../../src/models/forecaster.js';
import { forecasterChecks } from '../contracts/forecaster.js';

type Change = (model: FittedForecaster, isLoaded: boolean) => Partial<FittedForecaster>;

/** The forecaster with something of its fitted models changed. */
function changed(base: Forecaster, change: Change): Forecaster {
  const faulty = (model: FittedForecaster, isLoaded: boolean): FittedForecaster => ({
    features: model.features, facts: model.facts,
    predict: (samples) => model.predict(samples), explain: (samples) => model.explain(samples), save: () => model.save(), dispose: () => model.dispose(),
    ...change(model, isLoaded),
  });
  return {
    ...base,
    async *fit(data, context) {
      return faulty(yield* base.fit(data, context), false);
    },
    load: async (files, context) => faulty(await base.load(files, context), true),
  };
}

let calls = 0;

/** Forecasters with one fault each, and the promise that it breaks. */
const faults: readonly (readonly [string, string, () => Forecaster])[] = [
  ['scores less the mean over all sessions', 'scores a session alone as it does among others', () => changed(ridge(), (model) => ({
    predict: async (samples) => {
      const scores = await model.predict(samples);
      const centre = scores.reduce((sum, score) => sum + score, 0) / scores.length;
      return scores.map((score) => score - centre);
    },
  }))],
  ['scores that know the next session', 'does not see later sessions, nor labels, when it scores', () => changed(momentum(), (model) => ({
    predict: async (samples) => (await model.predict(samples)).map((score, at, all) => score + 1e-3 * (all[at + 40] ?? 0)),
  }))],
  ['scores that know the label', 'does not see later sessions, nor labels, when it scores', () => changed(momentum(), (model) => ({
    predict: async (samples) => (await model.predict(samples)).map((score, at) => score + 1e-6 * (samples.y?.[at] ?? 0)),
  }))],
  ['scores that know much of the label', 'finds nothing in shuffled labels (seed 21)', () => changed(momentum(), (model) => ({
    predict: async (samples) => (await model.predict(samples)).map((score, at) => score + 0.05 * (samples.y?.[at] ?? 0)),
  }))],
  ['scores by position', 'does not depend on the order of the symbols', () => changed(momentum(), (model) => ({
    predict: async (samples) => (await model.predict(samples)).map((score, at) => score + 1e-9 * (at % 40)),
  }))],
  ['scores that are never the same', 'gives the same bits for the same seed', () => changed(momentum(), (model) => ({
    predict: async (samples) => (await model.predict(samples)).map((score) => score + 1e-12 * ++calls),
  }))],
  ['scores of the wrong sign', 'finds a planted signal on sessions that it has not seen', () => changed(momentum(), (model) => ({ predict: async (samples) => (await model.predict(samples)).map((score) => -score) }))],
  ['files that round', 'comes back from its files as it was', () => changed(ridge(), (model, isLoaded) => ({ predict: async (samples) => (await model.predict(samples)).map((score) => (isLoaded ? Math.fround(score) : score)) }))],
  ['parts that do not sum', 'explains scores by parts that sum to them', () => changed(ridge(), (model) => ({
    explain: async (samples) => {
      const parts = await model.explain(samples);
      return { ...parts, values: parts.values.map((value) => 1.000001 * value) };
    },
  }))],
  ['a change to its samples', 'leaves its data as it was', () => changed(momentum(), (model) => ({
    predict: (samples) => {
      samples.scale[0] *= 1 + 1e-9;
      return model.predict(samples);
    },
  }))],
  ['any feature for its own', 'names the features that are missing', () => changed(momentum(), (model) => ({ predict: (samples) => model.predict({ ...samples, features: model.features, x: samples.x.subarray(0, samples.length) }) }))],
  ['an ear that is deaf', 'stops when it is told to', () => ({ ...momentum(), fit: (data, context) => momentum().fit(data, { ...context, signal: undefined }) })],
  ['files that it does not look at', 'refuses files that are not its own', () => ({ ...momentum(), load: async () => momentum().load({ 'score.json': JSON.stringify({ schemaVersion: 1, forecaster: 'momentum', feature: 'momentum-12-1', sign: 1 }) }, { seed: 1, threads: 1, environment: {} }) })],
  ['scores without end of missing values', 'bears missing features: a score or NaN, and parts that still sum to it', () => changed(momentum(), (model) => ({ predict: async (samples) => (await model.predict(samples)).map((score) => (Number.isNaN(score) ? Infinity : score)) }))],
  ['ties broken by position', 'bears constant features: names it cannot tell apart score the same', () => changed(ridge(), (model) => ({ predict: async (samples) => (await model.predict(samples)).map((score, at) => score + 1e-15 * at) }))],
];

describe('the contract of forecasters', () => {
  it.each(faults)('catches %s', async (_, name, make) => {
    const found = forecasterChecks(make).find((one) => one.name === name);
    expect(found, `a check of the name "${name}"`).toBeDefined();
    await expect(found!.check()).rejects.toThrow();
  });

  it('has nothing against the same forecasters without the fault', async () => {
    for (const make of [() => changed(ridge(), () => ({})), () => changed(momentum(), () => ({}))]) {
      for (const name of new Set(faults.map(([, broken]) => broken))) await forecasterChecks(make).find((one) => one.name === name)!.check();
    }
  });
});
