import { describe, expect, it } from 'vitest';

import { createRng } from '../../../src/core/rng.js';
import { sharedFloat32 } from '../../../src/dataset/shared-array.js';
import { Booster } from '../../../src/models/ranker/binding/booster.js';
import { parameterText } from '../../../src/models/ranker/binding/call.js';
import { Dataset, type Matrix } from '../../../src/models/ranker/binding/dataset.js';
import { listenToLog } from '../../../src/models/ranker/binding/log.js';
import { loadNative, type Native } from '../../../src/models/ranker/binding/native.js';
import { libraryFor } from './library.js';

const library = await libraryFor("binding to LightGBM's C API");
const parameters = { objective: 'regression', num_leaves: 7, min_data_in_leaf: 5, seed: 1, deterministic: true, force_row_wise: true, num_threads: 1, verbosity: -1 };

const [rows, columns] = [400, 3];
const rng = createRng(8);
const byFeature = Float32Array.from({ length: rows * columns }, () => rng.float());
const label = Float32Array.from({ length: rows }, (_, row) => byFeature[row] - byFeature[rows + row]);
const matrix: Matrix = { values: byFeature, rows, columns, major: 'feature' };

function withModel<Result>(native: Native, use: (booster: Booster, data: Dataset) => Result, options: { matrix?: Matrix; weight?: Float32Array } = {}): Result {
  using data = new Dataset(native, options.matrix ?? matrix, { parameters, label, names: ['a', 'b', 'c'], ...(options.weight === undefined ? {} : { weight: options.weight }) });
  using booster = Booster.create(native, data, parameters);
  for (let round = 0; round < 10; round++) booster.update();
  return use(booster, data);
}

describe.runIf(library !== null)("binding to LightGBM's C API", () => {
  const native = loadNative(library!);

  it('reads values by feature, by row, in single and double precision, and on shared memory alike', () => {
    const byRow = Float32Array.from({ length: rows * columns }, (_, at) => byFeature[(at % columns) * rows + Math.floor(at / columns)]);
    const shared = sharedFloat32(byFeature.length);
    shared.set(byFeature);
    const text = withModel(native, (booster) => booster.text());
    for (const other of [{ ...matrix, values: byRow, major: 'row' as const }, { ...matrix, values: Float64Array.from(byFeature) }, { ...matrix, values: shared }]) {
      expect(withModel(native, (booster) => booster.text(), { matrix: other })).toBe(text);
    }
  });

  it('learns from weights', () => {
    const predict = (weight?: Float32Array): Float64Array => withModel(native, (booster) => booster.predict(matrix), weight === undefined ? {} : { weight });
    expect(predict(new Float32Array(rows).fill(1))).toEqual(predict());
    expect(predict(label.map((value) => (value > 0 ? 5 : 0.1)))).not.toEqual(predict());
  });

  it('knows its own size, names and leaves', () => {
    withModel(native, (booster) => {
      expect([booster.rounds, booster.features, booster.metrics()]).toEqual([10, 3, ['l2']]);
      expect(booster.text()).toContain('feature_names=a b c');
      const leaves = booster.predict(matrix, { kind: 'leaf' });
      expect(leaves).toHaveLength(rows * 10);
      expect(leaves.every((leaf) => Number.isInteger(leaf) && leaf >= 0 && leaf < 7)).toBe(true);
      expect(booster.currentPredictions(0)).toEqual(booster.predict(matrix));
      expect(booster.evaluate(0)[0]).toBeCloseTo(booster.predict(matrix).reduce((sum, value, row) => sum + (value - label[row]) ** 2, 0) / rows, 9);
    });
  });

  it('predicts by the first rounds only where that is asked, and keeps them in its text', () => {
    withModel(native, (booster) => {
      using short = Booster.parse(native, booster.text(4));
      expect(short.rounds).toBe(4);
      expect(short.predict(matrix)).toEqual(booster.predict(matrix, { rounds: 4 }));
      expect(short.predict(matrix)).not.toEqual(booster.predict(matrix));
      expect(short.importance('split')).toEqual(booster.importance('split', 4));
    });
  });

  it('tells what LightGBM says of a wrong call', () => {
    expect(() => new Dataset(native, matrix, { parameters, label: label.subarray(1) })).toThrow(/expected LightGBM to take 399 values as "label", found ".+"/);
    const ranking = { ...parameters, objective: 'lambdarank' };
    using data = new Dataset(native, matrix, { parameters: ranking, label, group: Int32Array.of(rows) });
    expect(() => Booster.create(native, data, ranking)).toThrow(/label should be int type/);
  });

  it('does not let C read beyond the end of values', () => {
    expect(() => new Dataset(native, { ...matrix, rows: rows + 1 }, { parameters, label })).toThrow('expected 401 × 3 values, found 1200');
    withModel(native, (booster) => {
      expect(() => booster.predict({ ...matrix, columns: 2, values: byFeature.subarray(rows) })).toThrow('expected 3 features, found 2');
      expect(() => booster.evaluate(1)).toThrow('expected the number of a dataset from 0 to 0, found 1');
      expect(() => booster.currentPredictions(1)).toThrow('expected the number of a dataset from 0 to 0, found 1');
    });
  });

  it('refuses what was freed, and frees it once', () => {
    const [booster, data] = withModel(native, (one, other) => [one, other]);
    booster[Symbol.dispose]();
    data[Symbol.dispose]();
    expect(() => booster.rounds).toThrow('found one that was freed');
    expect(() => data.handle).toThrow('found one that was freed');
  });

  it('hears what LightGBM says, line by line', () => {
    const lines: string[] = [];
    const loud = { ...parameters, verbosity: 1, no_such_parameter: 3 };
    {
      using _log = listenToLog(native, (line) => lines.push(line));
      using _data = new Dataset(native, matrix, { parameters: loud, label });
    }
    expect(lines.some((line) => line.includes('[Warning] Unknown parameter: no_such_parameter'))).toBe(true);
  });

  it('says which file is no library', () => {
    expect(() => loadNative({ path: import.meta.filename, openmp: null })).toThrow(`found "${import.meta.filename}", which cannot be loaded`);
  });

  it('does not grow with what is made and freed', () => {
    const [count, width, turns] = [150_000, 20, 12];
    const values = sharedFloat32(count * width).map((_, at) => (at * 7919) % 101);
    const make = (): void => {
      using data = new Dataset(native, { values, rows: count, columns: width, major: 'feature' }, { parameters: { ...parameters, bin_construct_sample_cnt: 1000 }, label: new Float32Array(count) });
      expect(data.handle).toBeTypeOf('bigint');
    };
    for (let turn = 0; turn < 3; turn++) make();
    const before = process.memoryUsage().rss;
    for (let turn = 0; turn < turns; turn++) make();
    // bins take a byte each
    expect(process.memoryUsage().rss - before).toBeLessThan(0.5 * turns * count * width);
  });
});

describe('parameters of LightGBM', () => {
  it('are text', () => {
    expect(parameterText({ a: 1, b: true, c: [1, 2], d: 'x' })).toBe('a=1 b=true c=1,2 d=x');
  });
});
