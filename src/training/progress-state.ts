import { InvariantError } from '../core/errors.js';
import type { EpochRecord } from './task.js';

/** Where a training stands: all that is needed, beside parameters and moments, to go on as if it had not stopped. */
export interface TrainingState {
  readonly epoch: number;
  /** Batches of the epoch that are done. */
  readonly batch: number;
  readonly step: number;
  /** Sum of the losses of the epoch's batches by their sizes, and of the sizes. */
  readonly lossSum: number;
  readonly sizeSum: number;
  readonly history: readonly EpochRecord[];
}

export const START: TrainingState = { epoch: 0, batch: 0, step: 0, lossSum: 0, sizeSum: 0, history: [] };

/** Value of what is watched in an epoch, the less the better; the training loss where nothing is validated. */
export function watched({ train, validation }: EpochRecord, watch: string): number {
  const name = watch.replace(/^-/, '');
  if (Object.keys(validation).length === 0) return train;
  if (!(name in validation)) throw new InvariantError(`expected "${name}", which is watched, among the figures of an epoch, found ${Object.keys(validation).join(', ')}`);
  const value = validation[name];
  return value === null || Number.isNaN(value) ? Infinity : watch.startsWith('-') ? -value : value;
}

/** The best epoch so far; of equal ones the first. */
export function bestEpoch(history: readonly EpochRecord[], watch: string): EpochRecord | null {
  return history.reduce<EpochRecord | null>((best, one) => (best === null || watched(one, watch) < watched(best, watch) ? one : best), null);
}

/** Epochs since the last that was better than all before by more than `minDelta`. */
export function epochsWithoutGain(history: readonly EpochRecord[], watch: string, minDelta: number): number {
  let [best, since] = [Infinity, 0];
  for (const one of history) {
    const value = watched(one, watch);
    since = value < best - minDelta ? 0 : since + 1;
    best = Math.min(best, value);
  }
  return since;
}
