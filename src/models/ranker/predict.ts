import { Booster, type PredictionKind } from './binding/booster.js';
import { loadNative } from './binding/native.js';
import type { PredictTask, TaskSamples } from './ranker-tasks.js';

/** Samples at a time: their values, row by row, fit into the processor's cache. */
const BLOCK = 4096;

/** Sums of the leaves, [sample]; NaN where all features are missing. */
export function predictScores(task: PredictTask): Float64Array {
  const scores = new Float64Array(task.samples.length);
  forEachBlock(task, 'raw', ({ start, rows, predicted, isKnown }) => {
    for (let row = 0; row < rows; row++) scores[start + row] = isKnown[row] === 1 ? predicted[row] : Number.NaN;
  });
  return scores;
}

/** SHAP contributions (Lundberg et al., 2020, TreeSHAP): by feature [feature, sample], and the base [sample], NaN where all features are missing. */
export function predictContributions(task: PredictTask): { values: Float64Array; base: Float64Array } {
  const { x, length } = task.samples;
  const features = length === 0 ? 0 : x.length / length;
  const values = new Float64Array(x.length);
  const base = new Float64Array(length);
  forEachBlock(task, 'contributions', ({ start, rows, predicted, isKnown }) => {
    for (let row = 0; row < rows; row++) {
      const from = row * (features + 1);
      for (let feature = 0; feature < features; feature++) values[feature * length + start + row] = predicted[from + feature];
      base[start + row] = isKnown[row] === 1 ? predicted[from + features] : Number.NaN;
    }
  });
  return { values, base };
}

interface Block {
  readonly start: number;
  readonly rows: number;
  readonly predicted: Float64Array;
  /** 1 where a feature is there, [row]. */
  readonly isKnown: Uint8Array;
}

function forEachBlock({ library, text, samples, threads }: PredictTask, kind: PredictionKind, use: (block: Block) => void): void {
  using booster = Booster.parse(loadNative(library), text);
  const columns = booster.features;
  for (let start = 0; start < samples.length; start += BLOCK) {
    const rows = Math.min(BLOCK, samples.length - start);
    const { values, isKnown } = rowsOf(samples, columns, { start, rows });
    use({ start, rows, isKnown, predicted: booster.predict({ values, rows, columns, major: 'row' }, { kind, parameters: { num_threads: threads } }) });
  }
}

/** Some samples, [row, feature]. */
function rowsOf({ x, length }: TaskSamples, columns: number, { start, rows }: { readonly start: number; readonly rows: number }): { values: Float32Array; isKnown: Uint8Array } {
  const values = new Float32Array(rows * columns);
  const isKnown = new Uint8Array(rows);
  for (let column = 0; column < columns; column++) {
    const from = column * length + start;
    for (let row = 0; row < rows; row++) {
      const value = x[from + row];
      values[row * columns + column] = value;
      if (value === value) isKnown[row] = 1;
    }
  }
  return { values, isKnown };
}
