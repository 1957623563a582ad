import { DataError } from '../../core/errors.js';
import type { Samples } from '../../dataset/samples.js';
import type { LabelledTaskSamples, TaskSamples } from './ranker-tasks.js';

/** What the ranker's thread needs of samples. */
export function taskSamples({ x, length, counts }: Samples): TaskSamples {
  return { x: sendable(x), length, counts: sendable(counts) };
}

/**
 * The same with labels.
 * @throws DataError `NO_LABELS` or `MISSING_LABELS`
 */
export function labelledTaskSamples(samples: Samples, where: string): LabelledTaskSamples {
  const { y, length } = samples;
  if (y === null || length === 0) throw new DataError(`expected labels, found ${y === null ? 'samples that have none' : 'no samples'} in ${where}`, { code: 'NO_LABELS' });
  const missing = y.findIndex((label) => !Number.isFinite(label));
  if (missing >= 0) throw new DataError(`expected a finite label of each sample, found ${y[missing]} at sample ${missing} of ${where}`, { code: 'MISSING_LABELS', fields: { sample: missing } });
  return { ...taskSamples(samples), y: sendable(y) };
}

/** The array, or a copy of it where it is a view: sending one sends all that lies under it. */
function sendable<Values extends Float32Array | Float64Array | Int32Array>(values: Values): Values {
  const isWhole = values.buffer instanceof SharedArrayBuffer || values.byteLength === values.buffer.byteLength;
  return isWhole ? values : (values.slice() as Values);
}
