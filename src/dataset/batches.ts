import { InvariantError } from '../core/errors.js';
import type { Rng } from '../core/rng.js';

export interface BatchOptions {
  /** Samples in a batch; with `by: 'session'` whole sessions in a batch. The last batch may be smaller. */
  readonly batchSize: number;
  /** What is put into batches and shuffled: single samples, or sessions whose samples stay together (ranking losses, graphs). */
  readonly by?: 'sample' | 'session';
  /** Shuffles; in the order of the samples when absent. */
  readonly rng?: Rng;
}

/** Batches of one epoch. */
export function batchCount(counts: Int32Array, { batchSize, by = 'sample' }: BatchOptions): number {
  requireBatchSize(batchSize);
  const units = by === 'session' ? counts.length : counts.reduce((sum, count) => sum + count, 0);
  return Math.ceil(units / batchSize);
}

/**
 * Numbers of the samples of each batch, every sample once an epoch.
 *
 * The order depends on the stream's seed and the epoch only, not on the epochs before: a resumed training goes on as if it had
 * not stopped.
 * @param counts samples of each session, [group]
 * @throws InvariantError for a batch size below one
 */
export function* batchesOf(counts: Int32Array, { batchSize, by = 'sample', rng }: BatchOptions, epoch = 0): Generator<Int32Array, void, void> {
  requireBatchSize(batchSize);
  const units = by === 'session' ? sessionsOf(counts) : null;
  const length = units?.length ?? counts.reduce((sum, count) => sum + count, 0);
  const plain = Array.from({ length }, (_, unit) => unit);
  const order = rng ? rng.fork(`epoch ${epoch}`).shuffle(plain) : plain;
  for (let start = 0; start < length; start += batchSize) {
    const chosen = order.slice(start, start + batchSize);
    yield Int32Array.from(units ? chosen.flatMap((unit) => units[unit]) : chosen);
  }
}

/** Numbers of the samples of each session. */
function sessionsOf(counts: Int32Array): number[][] {
  let next = 0;
  return Array.from(counts, (count) => Array.from({ length: count }, () => next++));
}

function requireBatchSize(batchSize: number): void {
  if (!(Number.isInteger(batchSize) && batchSize >= 1)) throw new InvariantError(`expected a batch of at least one, found ${batchSize}`);
}
