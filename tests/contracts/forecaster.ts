import { expect, it } from 'vitest';

import { addDays, fromEpochDay } from '../../src/core/dates.js';
import { DataError } from '../../src/core/errors.js';
import { collect, result } from '../../src/core/events.js';
import { canonicalJson } from '../../src/core/hash.js';
import { createRng } from '../../src/core/rng.js';
import type { Samples } from '../../src/dataset/samples.js';
import { mean } from '../../src/math/stats.js';
import type { FitContext, FittedForecaster, Forecaster, TrainingData } from '../../src/models/forecaster.js';
import { selectFeatures } from '../../src/models/select-features.js';
import { sessionRankIcs } from '../../src/models/session-rank-ics.js';
import { trainModel, type TrainingPlan } from '../../src/models/train-model.js';
import type { TrainedModel } from '../../src/models/trained-model.js';
import { between, HORIZON, madeUpMarket, pick, withFeatures, withShuffledLabels } from '../models/made-up-market.js';

interface Study extends TrainingData {
  readonly test: Samples;
}

/** The first sessions to learn from, some to validate on, the rest to judge on. */
function study(market: Samples): Study {
  return { train: between(market, 0, 100), validation: between(market, 105, 140), test: between(market, 145, 200), horizon: HORIZON };
}

const planted = study(madeUpMarket({ seed: 11 }));

/** The spread of a mean rank correlation when score and label have nothing to do with each other and labels do not overlap. */
const nullSpread = ({ sessions, counts }: Samples): number => 1 / Math.sqrt((counts[0] - 1) * sessions.length);

const rankIc = (samples: Samples, scores: Float64Array): number => mean(sessionRankIcs(samples, scores));

interface Check {
  readonly name: string;
  readonly check: () => Promise<void>;
}

interface ContractOptions {
  readonly environment?: FitContext['environment'];
}

/** What every kind of model must obey; see `Forecaster`. */
export function forecasterContract(make: () => Forecaster, options: ContractOptions = {}): void {
  for (const { name, check } of forecasterChecks(make, options)) it(name, check);
}

/** The contract check by check, so that a test can see each of them fail. */
export function forecasterChecks(make: () => Forecaster, { environment = {} }: ContractOptions = {}): readonly Check[] {
  const checks: Check[] = [];
  const holds = (name: string, check: () => Promise<void>): void => void checks.push({ name, check });
  const context: FitContext = { seed: 5, threads: 1, environment };
  const forecaster = make();
  const own = (samples: Samples): Samples => (forecaster.features === null ? samples : selectFeatures(samples, forecaster.features, 'the contract'));
  const fit = (data: TrainingData, settings: Partial<FitContext> = {}): Promise<FittedForecaster> =>
    result(make().fit({ train: own(data.train), validation: own(data.validation), horizon: data.horizon }, { ...context, ...settings }));
  const trained = (data: TrainingData, plan: Partial<TrainingPlan> = {}): Promise<TrainedModel> =>
    result(trainModel(make(), { ...data, label: 'made up', usableFrom: addDays(fromEpochDay(data.validation.sessions.at(-1)!), 20), provenance: { data: {}, code: 'test' }, ...plan }, context));
  const test = own(planted.test);
  const explained = between(test, 0, 15); // of networks, parts cost many times what scores do
  let known: Promise<FittedForecaster> | null = null;
  const fitted = (): Promise<FittedForecaster> => (known ??= fit(planted));

  holds('says what it is, in values that JSON can hold', async () => {
    expect(forecaster.name).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(forecaster.describe.length).toBeGreaterThan(10);
    expect(canonicalJson(make().params)).toBe(canonicalJson(forecaster.params));
    expect(() => canonicalJson(forecaster.params)).not.toThrow();
    const model = await fitted();
    expect(() => canonicalJson(model.facts)).not.toThrow();
    expect(model.features).toEqual(own(planted.train).features);
  });

  holds('gives a score for each sample and parts for each score', async () => {
    const model = await fitted();
    const scores = await model.predict(test);
    expect(scores).toBeInstanceOf(Float64Array);
    expect(scores).toHaveLength(test.length);
    const { features, values, base } = await model.explain(explained);
    expect(features).toEqual(model.features);
    expect(values).toHaveLength(features.length * explained.length);
    expect(base).toHaveLength(explained.length);
    expect(await model.predict(pick(test, []))).toHaveLength(0);
  });

  holds('gives the same bits for the same seed', async () => {
    const again = await fit(planted);
    expect(await again.predict(test)).toEqual(await (await fitted()).predict(test));
    expect(await again.save()).toEqual(await (await fitted()).save());
  });

  holds('finds a planted signal on sessions that it has not seen', async () => {
    expect(rankIc(test, await (await fitted()).predict(test))).toBeGreaterThan(5 * nullSpread(test));
  });

  // Null: labels are dealt among all samples, so every rank correlation has mean 0 and variance 1 / (names − 1).
  for (const seed of [21, 22, 23]) holds(`finds nothing in shuffled labels (seed ${seed})`, async () => {
    const shuffled = study(withShuffledLabels(madeUpMarket({ seed }), seed));
    const judged = own(shuffled.test);
    const found = sessionRankIcs(judged, await (await fit(shuffled)).predict(judged));
    // a score that is the same for all names has no correlation and so finds nothing either
    if (found.length > 0) expect(Math.abs(mean(found))).toBeLessThan(3.5 * nullSpread(pick(judged, Array.from({ length: 40 * found.length }, (_, at) => at))));
  });

  holds('scores a session alone as it does among others', async () => {
    const model = await fitted();
    const all = await model.predict(test);
    const part = between(test, 20, 31);
    expect(await model.predict(part)).toEqual(all.subarray(20 * 40, 31 * 40));
    expect(await model.predict(between(test, 7, 8))).toEqual(all.subarray(7 * 40, 8 * 40));
  });

  holds('does not see later sessions, nor labels, when it scores', async () => {
    const model = await fitted();
    const rng = createRng(3).fork('future');
    const changed = withFeatures(test, (value, _, sample) => (sample < 30 * 40 ? value : rng.normal() * 100));
    expect((await model.predict(changed)).subarray(0, 30 * 40)).toEqual((await model.predict(test)).subarray(0, 30 * 40));
    expect(await model.predict({ ...test, y: null, returns: null })).toEqual(await model.predict(test));
    expect(await model.predict({ ...test, y: test.y!.map(() => Number.NaN), returns: test.returns!.map((value) => -value) })).toEqual(await model.predict(test));
  });

  holds('does not depend on the order of the symbols', async () => {
    const model = await fitted();
    const rng = createRng(4).fork('order');
    const order = Array.from(test.counts).flatMap((count, group) => rng.shuffle(Array.from({ length: count }, (_, name) => group * 40 + name)));
    const scores = await model.predict(test);
    expect(await model.predict(pick(test, order))).toEqual(Float64Array.from(order, (at) => scores[at]));
  });

  holds('bears missing features: a score or NaN, and parts that still sum to it', async () => {
    const holed = madeUpMarket({ seed: 12, missing: 0.3 });
    const model = await fit(study(holed));
    const judged = withFeatures(own(study(holed).test), (value, _, sample) => (sample % 40 === 7 || sample < 40 ? Number.NaN : value));
    const scores = await model.predict(judged);
    expect(scores.every((score) => Number.isNaN(score) || Number.isFinite(score))).toBe(true);
    expect(scores.some((score) => Number.isFinite(score))).toBe(true);
    await expectSums(model, between(judged, 0, 15));
  });

  holds('explains scores by parts that sum to them', async () => {
    await expectSums(await fitted(), explained);
  });

  async function expectSums(model: FittedForecaster, samples: Samples): Promise<void> {
    const scores = await model.predict(samples);
    const { values, base, features } = await model.explain(samples);
    for (let at = 0; at < samples.length; at++) {
      let sum = base[at];
      for (let feature = 0; feature < features.length; feature++) sum += values[feature * samples.length + at];
      if (Number.isNaN(scores[at])) expect(sum).toBeNaN();
      else expect(Math.abs(sum - scores[at])).toBeLessThan(1e-9);
    }
  }

  holds('names the features that are missing', async () => {
    const model = await fitted();
    const gone = model.features[0];
    const rest = planted.test.features.filter((name) => name !== gone);
    const without = selectFeatures(planted.test, rest, 'the contract');
    for (const ask of [() => model.predict(without), () => model.explain(without)]) {
      await expect(ask()).rejects.toThrow(DataError);
      await expect(ask()).rejects.toThrow(`without "${gone}"`);
    }
    const renamed = { ...test, features: test.features.map((name) => `${name}-other`) };
    await expect(model.predict(renamed)).rejects.toThrow(`without "${gone}"`);
    const more = selectFeatures({ ...planted.test, features: planted.test.features.map((name) => (model.features.includes(name) ? name : 'one-more')) }, [...model.features.slice(1), gone].reverse(), 'the contract');
    if (model.features.length > 1) await expect(model.predict(more)).rejects.toThrow('in another order');
    if (forecaster.features !== null) await expect(trained({ ...planted, train: selectFeatures(planted.train, rest, 'the contract') })).rejects.toThrow(`without "${gone}"`);
  });

  holds('comes back from its files as it was', async () => {
    const model = await fitted();
    const files = await model.save();
    const again = await make().load(files, context);
    expect(await again.predict(test)).toEqual(await model.predict(test));
    expect(await again.explain(explained)).toEqual(await model.explain(explained));
    expect(again.features).toEqual(model.features);
    expect(again.facts).toEqual(model.facts);
    expect(await again.save()).toEqual(files);
    again.dispose();
  });

  holds('refuses files that are not its own', async () => {
    const files = await (await fitted()).save();
    await expect(make().load({}, context)).rejects.toThrow(DataError);
    for (const name of Object.keys(files)) {
      const half = files[name].slice(0, files[name].length / 2);
      for (const text of ['', '{"schemaVersion":1}']) {
        await expect(make().load({ ...files, [name]: text }, context)).rejects.toThrow(DataError);
        await expect(make().load({ ...files, [name]: new TextEncoder().encode(text) }, context)).rejects.toThrow(DataError);
      }
      await expect(make().load({ ...files, [name]: half }, context)).rejects.toThrow(DataError);
    }
  });

  holds('gives intervals that are ordered and hold about the share of outcomes that they are meant to', async () => {
    const model = await trained(planted, { coverage: 0.8 });
    const { score, expected, low, high } = await model.predict(planted.test);
    expect(score).toEqual(await (await fitted()).predict(test));
    let inside = 0;
    for (let at = 0; at < planted.test.length; at++) {
      expect(low[at]).toBeLessThanOrEqual(expected[at]);
      expect(expected[at]).toBeLessThanOrEqual(high[at]);
      if (low[at] <= planted.test.returns![at] && planted.test.returns![at] <= high[at]) inside++;
    }
    // quantiles of 1400 errors and a share of 2200 outcomes: a deviation of 0.014
    expect(Math.abs(inside / planted.test.length - 0.8)).toBeLessThan(0.05);
    model.dispose();
  });

  holds('leaves its data as it was', async () => {
    const data = study(madeUpMarket({ seed: 13, missing: 0.1 }));
    const parts = [data.train, data.validation, data.test];
    const copy = (samples: Samples): unknown[] => [samples.features, samples.x, samples.y!, samples.returns!, samples.scale, samples.symbolRows, samples.sessions, samples.counts].map((values) => values.slice());
    const before = parts.map(copy);
    const model = await trained(data);
    await model.predict(data.test);
    await model.explain(data.test);
    expect(parts.map(copy)).toEqual(before);
    model.dispose();
  });

  holds('stops when it is told to', async () => {
    const reason = new Error('enough');
    await expect(fit(planted, { signal: AbortSignal.abort(reason) })).rejects.toThrow('enough');
    const { events } = await collect(make().fit({ ...planted, train: own(planted.train), validation: own(planted.validation) }, context));
    if (events.length === 0) return; // it is done at once
    const controller = new AbortController();
    const stream = make().fit({ ...planted, train: own(planted.train), validation: own(planted.validation) }, { ...context, signal: controller.signal });
    await stream.next();
    controller.abort(reason);
    await expect(result(stream)).rejects.toThrow('enough');
  });

  holds('bears constant features: names it cannot tell apart score the same', async () => {
    const flat = (samples: Samples): Samples => withFeatures(samples, () => 0.25);
    const model = await fit({ train: flat(planted.train), validation: flat(planted.validation), horizon: HORIZON });
    const scores = await model.predict(flat(test));
    expect(new Set(scores).size).toBe(1);
    expect(scores[0]).toSatisfy(Number.isFinite);
  });

  holds('bears constant labels', async () => {
    const flat = (samples: Samples): Samples => ({ ...samples, y: samples.y!.map(() => 0.01), returns: samples.returns!.map(() => 0.01) });
    const model = await trained({ train: flat(planted.train), validation: flat(planted.validation), horizon: HORIZON });
    const { score, expected } = await model.predict(planted.test);
    expect(score.every(Number.isFinite)).toBe(true);
    expect(expected.every(Number.isFinite)).toBe(true);
    expect(model.card.validation).toMatchObject({ sessions: 0, rankIc: null, icir: null, t: null });
    model.dispose();
  });

  holds('bears a feature that is missing throughout', async () => {
    const holed = (samples: Samples): Samples => withFeatures(samples, (value, feature) => (feature === samples.features.length - 1 ? Number.NaN : value));
    const model = await fit({ train: holed(own(planted.train)), validation: holed(own(planted.validation)), horizon: HORIZON });
    expect(await model.predict(holed(test))).toHaveLength(test.length);
  });

  return checks;
}
