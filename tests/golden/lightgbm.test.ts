import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { averageRank } from '../../src/math/cross-section.js';
import { correlation } from '../../src/math/correlation.js';
import { mean } from '../../src/math/stats.js';
import { Booster } from '../../src/models/ranker/binding/booster.js';
import type { Parameters } from '../../src/models/ranker/binding/call.js';
import { Dataset, type Matrix } from '../../src/models/ranker/binding/dataset.js';
import { loadNative, type Native } from '../../src/models/ranker/binding/native.js';
import { libraryFor } from '../models/ranker/library.js';
import { goldenFolder, printSkipReason } from './folder.js';

type Curves = Readonly<Record<string, readonly number[]>>;

interface GoldenModel {
  readonly params: Parameters;
  readonly modelText: string;
  readonly predictions: readonly number[];
  readonly trainPredictionsFirst100: readonly number[];
  /** [row][feature + 1] */
  readonly contributionsFirst50TestRows: readonly (readonly number[])[];
  /** Some rounds of each curve: the first, one between, the last. */
  readonly eval: { readonly train: Curves; readonly test: Curves };
  readonly importanceSplit: readonly number[];
  readonly importanceGain: readonly number[];
  readonly testRankIcMean: number;
}

interface Golden {
  readonly data: {
    readonly features: readonly string[];
    readonly rows: number;
    readonly trainRows: number;
    readonly groups: readonly number[];
    readonly trainGroups: number;
    /** [row][feature], null where missing */
    readonly X: readonly (readonly (number | null)[])[];
    readonly targetRegression: readonly number[];
    readonly targetRank: readonly number[];
  };
  readonly tolerance: { readonly predictionsWithThisModel: number; readonly contributions: number };
  readonly models: Readonly<Record<string, GoldenModel>>;
}

/** The file has 12 significant digits. */
const WRITTEN = 1e-11;
/** "model text identical up to the `parameters` block; predictions 1e-9" */
const TRAINED = 1e-9;

const SUITE = 'LightGBM against its Python package';
const folder = goldenFolder();
printSkipReason('golden', SUITE);
const library = folder === null ? null : await libraryFor(SUITE);
const golden = folder === null ? null : (JSON.parse(readFileSync(join(folder, 'lightgbm.json'), 'utf8')) as Golden);
const models = Object.entries(golden?.models ?? {});

/** Some rows, each feature contiguous, as samples are kept. */
function matrixOf({ data }: Golden, from: number, to: number): Matrix {
  const [rows, columns] = [to - from, data.features.length];
  const values = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++) data.X[from + row].forEach((value, column) => (values[column * rows + row] = value ?? Number.NaN));
  return { values, rows, columns, major: 'feature' };
}

function datasetOf(native: Native, { data }: Golden, matrix: Matrix, { params, train, reference }: { params: Parameters; train: boolean; reference?: Dataset }): Dataset {
  const [from, to] = train ? [0, data.trainRows] : [data.trainRows, data.rows];
  const isRanking = params['objective'] === 'lambdarank';
  const label = Float32Array.from((isRanking ? data.targetRank : data.targetRegression).slice(from, to));
  const groups = train ? data.groups.slice(0, data.trainGroups) : data.groups.slice(data.trainGroups);
  return new Dataset(native, matrix, { parameters: params, label, names: data.features, ...(isRanking ? { group: Int32Array.from(groups) } : {}), ...(reference === undefined ? {} : { reference }) });
}

interface Trained {
  readonly text: string;
  readonly predictions: Float64Array;
  readonly train: Curves;
  readonly test: Curves;
}

function trainHere(native: Native, given: Golden, { params }: GoldenModel): Trained {
  const { trainRows, rows } = given.data;
  const testMatrix = matrixOf(given, trainRows, rows);
  using data = datasetOf(native, given, matrixOf(given, 0, trainRows), { params, train: true });
  using validation = datasetOf(native, given, testMatrix, { params, train: false, reference: data });
  using booster = Booster.create(native, data, params, [validation]);
  const names = booster.metrics();
  const curves = [0, 1].map(() => Object.fromEntries(names.map((name): [string, number[]] => [name, []])));
  for (let round = 0; round < Number(params['num_iterations']); round++) {
    booster.update();
    curves.forEach((curve, dataset) => booster.evaluate(dataset).forEach((value, at) => curve[names[at]].push(value)));
  }
  return { text: booster.text(), predictions: booster.predict(testMatrix), train: curves[0], test: curves[1] };
}

const upToParameters = (text: string): string => text.slice(0, text.indexOf('\nparameters:'));

function expectClose(found: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  expect(found).toHaveLength(expected.length);
  for (let at = 0; at < expected.length; at++) expect(Math.abs(found[at] - expected[at]), `at ${at}: ${found[at]} instead of ${expected[at]}`).toBeLessThanOrEqual(tolerance);
}

const relative = (values: readonly number[], tolerance: number): number => tolerance * Math.max(...values.map(Math.abs));

it.skipIf(golden === null)(`${SUITE}: there are models to compare`, () => expect(models.length).toBeGreaterThan(0));

describe.runIf(library !== null && golden !== null).each(models)(`${SUITE}: %s`, (_, model) => {
  const given = golden!;
  const native = loadNative(library!);
  const { trainRows, rows, features } = given.data;
  const testMatrix = matrixOf(given, trainRows, rows);
  const tolerance = given.tolerance;

  it('predicts by the given text as it does', () => {
    using booster = Booster.parse(native, model.modelText);
    expectClose(booster.predict(testMatrix), model.predictions, tolerance.predictionsWithThisModel);
    const first = model.trainPredictionsFirst100.length;
    expectClose(booster.predict(matrixOf(given, 0, first)), model.trainPredictionsFirst100, tolerance.predictionsWithThisModel);
  });

  it('explains by the given text as it does, and the parts sum to the raw score', () => {
    using booster = Booster.parse(native, model.modelText);
    const count = model.contributionsFirst50TestRows.length;
    const some = matrixOf(given, trainRows, trainRows + count);
    const found = booster.predict(some, { kind: 'contributions' });
    expectClose(found, model.contributionsFirst50TestRows.flat(), tolerance.contributions);
    const raw = booster.predict(some, { kind: 'raw' });
    const width = features.length + 1;
    expectClose(Array.from(raw, (_score, row) => found.subarray(row * width, (row + 1) * width).reduce((sum, value) => sum + value, 0)), raw, 1e-12);
  });

  it('tells the importance of features of the given text as it does', () => {
    using booster = Booster.parse(native, model.modelText);
    expect(Array.from(booster.importance('split'))).toEqual(model.importanceSplit);
    expectClose(booster.importance('gain'), model.importanceGain, relative(model.importanceGain, WRITTEN));
  });

  it('learns the identical model', () => {
    const { text, predictions } = trainHere(native, given, model);
    expect(upToParameters(text)).toBe(upToParameters(model.modelText));
    expectClose(predictions, model.predictions, TRAINED);
  });

  it('has the same metrics on the way', () => {
    const trained = trainHere(native, given, model);
    for (const part of ['train', 'test'] as const) {
      const [found, expected] = [trained[part], model.eval[part]];
      expect(Object.keys(found)).toEqual(Object.keys(expected));
      for (const [name, values] of Object.entries(expected)) {
        const near = (value: number, other: number): boolean => Math.abs(value - other) <= TRAINED;
        expect(values.length).toBeGreaterThan(1);
        expect(near(found[name][0], values[0]), `${part} ${name} first`).toBe(true);
        expect(near(found[name].at(-1)!, values.at(-1)!), `${part} ${name} last`).toBe(true);
        const rounds = values.map((value, at) => found[name].findIndex((other, round) => round >= at && near(other, value)));
        expect(rounds.every((round, at) => round >= 0 && (at === 0 || round > rounds[at - 1])), `${part} ${name}: rounds ${rounds.join(', ')}`).toBe(true);
      }
    }
  });

  it('orders names within sessions as it does', () => {
    using booster = Booster.parse(native, model.modelText);
    const scores = booster.predict(testMatrix);
    const labels = given.data.targetRegression.slice(trainRows);
    let start = 0;
    const correlations = given.data.groups.slice(given.data.trainGroups).map((count) => {
      const [from, to] = [start, (start += count)];
      return correlation(averageRank(scores.subarray(from, to)), averageRank(labels.slice(from, to)))!;
    });
    expect(mean(correlations)).toBeCloseTo(model.testRankIcMean, 9);
  });
});
