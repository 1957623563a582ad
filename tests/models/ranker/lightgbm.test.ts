import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

import { ConfigError, DataError } from '../../../src/core/errors.js';
import { collect, result } from '../../../src/core/events.js';
import { createRng } from '../../../src/core/rng.js';
import type { Samples } from '../../../src/dataset/samples.js';
import { mean } from '../../../src/math/stats.js';
import type { FitContext, FitEvent, FittedForecaster } from '../../../src/models/forecaster.js';
import type { LightGbmOptions } from '../../../src/models/ranker/config.js';
import { lightgbm } from '../../../src/models/ranker/lightgbm.js';
import { MODEL_FILE } from '../../../src/models/ranker/model-text.js';
import { sessionRankIcs } from '../../../src/models/session-rank-ics.js';
import { madeUpMarket, pick, withFeatures } from '../made-up-market.js';
import { libraryFor } from './library.js';

const SUITE = 'rankers by LightGBM';
const library = await libraryFor(SUITE);
const context: FitContext = { seed: 5, threads: 1, environment: process.env };
const train = madeUpMarket({ seed: 31, missing: 0.1 });
const validation = madeUpMarket({ seed: 32, sessions: 60, missing: 0.1 });
const none = pick(validation, []);
const SMALL: LightGbmOptions = { objective: 'lambdarank', rounds: 30, minLeaf: 40, earlyStopping: null };

interface Given {
  readonly train?: Samples;
  readonly validation?: Samples;
  readonly context?: Partial<FitContext>;
}

const run = (options: LightGbmOptions, given: Given = {}) => lightgbm(options).fit({ train: given.train ?? train, validation: given.validation ?? validation, horizon: 5 }, { ...context, ...given.context });
const fit = (options: LightGbmOptions, given: Given = {}): Promise<FittedForecaster> => result(run(options, given));
const textOf = async (options: LightGbmOptions, given: Given = {}): Promise<string> => (await (await fit(options, given)).save())[MODEL_FILE] as string;
const rankIc = async (model: FittedForecaster, samples: Samples): Promise<number> => mean(sessionRankIcs(samples, await model.predict(samples)));
const rounds = (events: readonly FitEvent[]) => events.filter((event) => event.kind === 'round');

describe.runIf(library !== null)(SUITE, () => {
  it.each(['lambdarank', 'regression', 'huber'] as const)('%s: the file does not depend on the number of threads, only on the seed', async (objective) => {
    const one = await textOf({ ...SMALL, objective });
    expect(await textOf({ ...SMALL, objective }, { context: { threads: 2 } })).toBe(one);
    expect(await textOf({ ...SMALL, objective }, { context: { threads: 3 } })).toBe(one);
    expect(await textOf({ ...SMALL, objective }, { context: { seed: 6 } })).not.toBe(one);
  });

  it('bears seeds of more than 31 bits, each another model', async () => {
    const texts = await Promise.all([2 ** 40, 2 ** 40 + 1, -1].map((seed) => textOf({ ...SMALL, rounds: 5 }, { context: { seed } })));
    expect(new Set(texts.map((text) => text.replace(/^\[.*$/gm, ''))).size).toBe(3);
  });

  it('learns what is missing as a value of its own', async () => {
    const rng = createRng(9);
    // the label is high where the first feature is missing, which is half of the time
    const isGone = Array.from({ length: 4000 }, () => rng.float() < 0.5);
    const market = madeUpMarket({ seed: 33, symbols: 40, sessions: 100, signal: {} });
    const holed = { ...withFeatures(market, (value, feature, sample) => (feature === 0 && isGone[sample] ? Number.NaN : value)), y: market.y!.map((label, at) => label + (isGone[at] ? 2 : 0)) };
    const model = await fit({ ...SMALL, objective: 'regression', featureFraction: 1 }, { train: holed });
    const scores = await model.predict(holed);
    const [gone, there] = [true, false].map((kind) => mean(scores.filter((_, at) => isGone[at] === kind)));
    expect(gone - there).toBeGreaterThan(1);
  });

  it('learns classes as classes, not as an order', async () => {
    // 16 classes; those whose code is odd are good: no threshold parts them, one set of classes does
    const planted = (seed: number): Samples => {
      const market = madeUpMarket({ seed, sessions: 150, signal: {} });
      const classes = withFeatures(market, (value, feature) => (feature === 0 ? Math.floor((value + 0.5) * 16) : value));
      return { ...classes, y: market.y!.map((label, at) => label + (classes.x[at] % 2 === 1 ? 0.5 : -0.5)) };
    };
    const [data, judged] = [planted(41), planted(42)];
    const options: LightGbmOptions = { rounds: 1, learningRate: 1, leaves: 2, minLeaf: 40, baggingFraction: 1, featureFraction: 1, earlyStopping: null, objective: 'regression' };
    const ordered = await rankIc(await fit(options, { train: data }), judged);
    const asClasses = await rankIc(await fit({ ...options, categorical: [data.features[0]], extra: { max_cat_to_onehot: 2 } }, { train: data }), judged);
    // half of the variance of the label over classes: 1/4 against a noise of 1
    expect(asClasses).toBeGreaterThan(0.35);
    expect(ordered).toBeLessThan(0.2);
  });

  it('tells each round, and what it is worth, while it learns', async () => {
    const { events, result: model } = await collect(run({ ...SMALL, rounds: 25, earlyStopping: { patience: 100, atLeast: 1 } }));
    expect(rounds(events).map(({ round }) => round)).toEqual(Array.from({ length: 25 }, (_, at) => at + 1));
    const curve = rounds(events).map((event) => event.validation['rankIc']);
    const best = curve.indexOf(Math.max(...curve));
    expect(model.facts).toMatchObject({ rounds: 25, bestRound: best + 1, stopped: null, validation: { rankIc: curve[best] } });
    expect(await rankIc(model, validation)).toBeCloseTo(curve[best], 12);
  });

  it('hands out events before it has ended', async () => {
    const stream = run({ ...SMALL, rounds: 2000 });
    const first = await stream.next();
    expect(first.value).toMatchObject({ kind: 'round', round: 1, rounds: 2000 });
    await stream.return(undefined as never);
  });

  it.each([
    ['rank-ic', 'rankIc'],
    ['loss', 'l2'],
  ] as const)('stops early by %s and keeps the best rounds', async (metric, name) => {
    const options: LightGbmOptions = { ...SMALL, objective: 'regression', rounds: 500, learningRate: 0.3, earlyStopping: { metric, patience: 8, atLeast: 3 } };
    const { events, result: model } = await collect(run(options));
    const curve = rounds(events).map((event) => event.validation[name]).map((value) => (metric === 'loss' ? -value : value));
    const best = curve.indexOf(Math.max(...curve.slice(2)), 2) + 1;
    expect(curve.length).toBe(best + 8);
    expect(events.at(-1)).toEqual({ kind: 'stopped', round: best + 8, best, reason: 'no better value in 8 rounds' });
    expect(model.facts).toMatchObject({ rounds: best + 8, bestRound: best });
    const text = (await model.save())[MODEL_FILE] as string;
    expect(text.match(/^Tree=/gm)).toHaveLength(best);
    expect(text.slice(0, text.indexOf('end of trees'))).toBe((await textOf({ ...options, rounds: best, earlyStopping: null })).split('end of trees')[0]);
  });

  it('watches the first metric of ranking as more is better', async () => {
    const { events, result: model } = await collect(run({ ...SMALL, rounds: 12, truncation: 10, earlyStopping: { metric: 'loss', atLeast: 1, patience: 50 } }));
    const curve = rounds(events).map((event) => event.validation['ndcg@10']);
    expect(model.facts).toMatchObject({ bestRound: curve.indexOf(Math.max(...curve)) + 1 });
  });

  it('learns all rounds where there is nothing to watch', async () => {
    const { events, result: model } = await collect(run({ ...SMALL, earlyStopping: { patience: 1, atLeast: 1 } }, { validation: none }));
    expect(events).toHaveLength(30);
    expect(model.facts).toMatchObject({ rounds: 30, bestRound: 30, validation: {} });
  });

  it('ends soon after an abort, and learns again afterwards', async () => {
    const controller = new AbortController();
    const stream = run({ ...SMALL, rounds: 10_000 }, { context: { signal: controller.signal } });
    await stream.next();
    const started = performance.now();
    controller.abort(new Error('enough'));
    await expect(result(stream)).rejects.toThrow('enough');
    expect(performance.now() - started).toBeLessThan(2000);
    expect(await fit({ ...SMALL, rounds: 2 })).toHaveProperty('features', train.features);
  });

  it('lets several learn at a time, one after the other', async () => {
    const texts = await Promise.all([1, 2, 1].map((seed) => textOf({ ...SMALL, rounds: 5 }, { context: { seed } })));
    expect(texts[2]).toBe(texts[0]);
    expect(texts[1]).not.toBe(texts[0]);
  });

  it('knows which features mattered', async () => {
    const model = await fit({ ...SMALL, objective: 'regression' }, { train: madeUpMarket({ seed: 34, signal: { gap: 2 } }) });
    expect((model.facts['importances'] as { feature: string; gain: number }[])[0].feature).toBe('gap');
  });

  it('has no opinion on a sample without features', async () => {
    const model = await fit(SMALL);
    const blind = withFeatures(validation, (value, _, sample) => (sample === 3 ? Number.NaN : value));
    expect(Array.from((await model.predict(blind)).entries()).filter(([, score]) => Number.isNaN(score)).map(([at]) => at)).toEqual([3]);
    expect((await model.explain(blind)).base[3]).toBeNaN();
  });

  it('predicts more samples than it takes at a time as it does few', async () => {
    const model = await fit(SMALL);
    const scores = await model.predict(train); // 8000 samples, two blocks
    const some = pick(train, [4095, 4096, 7999]);
    expect(Array.from(await model.predict(some))).toEqual([4095, 4096, 7999].map((at) => scores[at]));
  });

  it('takes further parameters of LightGBM', async () => {
    const plain = await fit(SMALL);
    const other = await fit({ ...SMALL, extra: { max_depth: 2, lambda_l1: 0.5, path_smooth: 1 } });
    expect(await other.predict(validation)).not.toEqual(await plain.predict(validation));
    expect((await other.save())[MODEL_FILE]).toContain('[max_depth: 2]');
    await expect(fit({ ...SMALL, extra: { max_dept: 2 } })).rejects.toThrow('expected parameters that LightGBM knows, found "max_dept"');
  });

  it('is not fooled by samples that are views of larger arrays', async () => {
    const wide = (values: Float64Array): Float64Array => {
      const all = new Float64Array(values.length + 10).fill(7);
      all.set(values, 5);
      return all.subarray(5, 5 + values.length);
    };
    expect(await textOf(SMALL, { train: { ...train, y: wide(train.y!) } })).toBe(await textOf(SMALL));
  });

  it.each([
    ['without labels', { ...train, y: null }, 'NO_LABELS', 'samples that have none'],
    ['with a missing label', { ...train, y: train.y!.map((label, at) => (at === 17 ? Number.NaN : label)) }, 'MISSING_LABELS', 'found NaN at sample 17 of the training samples'],
    ['with a name that LightGBM cannot write', { ...train, features: ['a b', ...train.features.slice(1)] }, 'BAD_FEATURE_NAME', 'found "a b"'],
    ['that are none', none, 'NO_LABELS', 'no samples'],
  ])('refuses samples %s', async (_, samples, code, words) => {
    const failure = fit(SMALL, { train: samples, validation: samples });
    await expect(failure).rejects.toThrow(words);
    await expect(failure).rejects.toMatchObject({ code });
  });

  it('refuses classes of a feature that is not there, and names the nearest', async () => {
    await expect(fit({ ...SMALL, categorical: ['return5'] })).rejects.toThrow('found "return5"; did you mean "return-5"?');
  });

  it('reads a model that comes without our file of facts, as other tools write it', async () => {
    const model = await fit(SMALL);
    const files = await model.save();
    const again = await lightgbm().load({ [MODEL_FILE]: files[MODEL_FILE] }, context);
    expect(await again.predict(validation)).toEqual(await model.predict(validation));
    expect(again.facts).toEqual({});
  });

  it('is not to be used after it was disposed of', async () => {
    const model = await fit({ ...SMALL, rounds: 2 });
    model.dispose();
    await expect(model.predict(validation)).rejects.toThrow('found one that was disposed of');
  });

  it('says that the library cannot be had', async () => {
    const failure = fit(SMALL, { context: { environment: { LIGHTGBM_LIB: '/nowhere/lib.so' } } });
    await expect(failure).rejects.toBeInstanceOf(DataError);
    await expect(failure).rejects.toMatchObject({ code: 'NO_LIGHTGBM' });
  });

  it('writes models that the Python package reads, with the same predictions', async ({ skip }) => {
    const python = promisify(execFile);
    const version = await python('python3', ['-c', 'import lightgbm; print(lightgbm.__version__)']).then(({ stdout }) => stdout.trim(), () => null);
    if (version === null) {
      process.stderr.write('skipped "writes models that the Python package reads": python3 has no package lightgbm\n');
      skip('python3 has no package lightgbm');
    }
    const model = await fit(SMALL);
    const folder = await mkdtemp(join(tmpdir(), 'swinglab-test-'));
    try {
      await writeFile(join(folder, 'model.txt'), (await model.save())[MODEL_FILE]);
      await writeFile(join(folder, 'x.bin'), Buffer.from(validation.x.buffer, validation.x.byteOffset, validation.x.byteLength));
      const script = 'import sys, json, numpy as np, lightgbm as l; d = sys.argv[1]; b = l.Booster(model_file=d + "/model.txt"); x = np.fromfile(d + "/x.bin", dtype="f4").reshape(b.num_feature(), -1).T; print(json.dumps(list(b.predict(x))))';
      const { stdout } = await python('python3', ['-c', script, folder], { maxBuffer: 1 << 24 });
      expect(JSON.parse(stdout)).toEqual(Array.from(await model.predict(validation)));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

describe('options of the ranker', () => {
  it('have defaults, all of which are part of its parameters', () => {
    expect(lightgbm().params).toEqual({
      objective: 'regression', rounds: 60, learningRate: 0.05, leaves: 15, minLeaf: 1000, featureFraction: 0.5, baggingFraction: 0.5, lambda: 1, maxBins: 63,
      earlyStopping: null, grades: 10, truncation: 30, categorical: [], extra: {},
    });
  });

  it.each([
    [{ roundz: 3 }, 'Unrecognized key: "roundz"; did you mean "rounds"?'],
    [{ learningRate: 2 }, 'learningRate: '],
    [{ earlyStopping: { patience: 0 } }, 'earlyStopping.patience: '],
    [{ extra: { num_leaves: 3 } }, 'expected "leaves" for this, found "num_leaves"'],
    [{ extra: { seed: 3 } }, 'the same seed must give the same model'],
    [{ extra: { boosting: 'dart' } }, 'expected no "boosting"'],
    [{ extra: { 'Max Depth': 3 } }, 'extra.Max Depth: '],
    [{ extra: { monotone_constraints_method: 'a b=c' } }, 'expected no white space'],
  ])('refuse %j', (options, words) => {
    expect(() => lightgbm(options as LightGbmOptions)).toThrow(ConfigError);
    expect(() => lightgbm(options as LightGbmOptions)).toThrow(words);
  });
});
