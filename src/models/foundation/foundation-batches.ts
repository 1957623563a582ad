import type { EpochDay } from '../../core/dates.js';
import type { Rng } from '../../core/rng.js';
import type { TrainingBatches } from '../../training/task.js';
import { sessionTensors, type SessionTensors } from './session-tensors.js';
import type { SessionReader } from './session-reader.js';
import type { TargetReader } from './session-targets.js';

/** Sessions that are learnt from or judged on, with what came of them. */
export interface TargetedSessions {
  /** Ascending. */
  readonly days: readonly EpochDay[];
  readonly targets: TargetReader;
}

export interface FoundationBatchesOptions {
  readonly reader: SessionReader;
  readonly train: TargetedSessions;
  /** `null`: nothing is watched. */
  readonly validation: TargetedSessions | null;
  /** Sessions from one that an epoch sees to the next. */
  readonly stride: number;
  /** Order of the sessions. */
  readonly rng: Rng;
}

/**
 * A session a batch. An epoch sees every so many sessions, each epoch others, in an order of its own; validation sees always the same.
 *
 * Sessions are cut out of the tables when they are asked for: memory does not grow with their number.
 */
export function foundationBatches({ reader, train, validation, stride, rng }: FoundationBatchesOptions): TrainingBatches<SessionTensors> {
  const every = Math.min(stride, train.days.length);
  const count = Math.floor(train.days.length / every); // the same for every epoch
  const made = (day: EpochDay, { targets }: TargetedSessions): SessionTensors[] => {
    const input = reader.read(day);
    return input === null ? [] : [sessionTensors(input, targets.targets(input))];
  };
  return {
    count,
    *train(epoch, from) {
      const offset = offsetOf(epoch, every);
      const seen = Array.from({ length: count }, (_, i) => train.days[offset + i * every]);
      for (const day of rng.fork(`epoch ${epoch}`).shuffle(seen).slice(from)) yield* made(day, train);
    },
    validation: validation && function* judged() {
      for (let i = 0; i < validation.days.length; i += stride) yield* made(validation.days[i], validation);
    },
  };
}

/** Where an epoch begins: far from the one before, so that two epochs in a row see the least alike sessions. */
function offsetOf(epoch: number, every: number): number {
  const order = Array.from({ length: every }, (_, i) => i).sort((a, b) => (a % 2) - (b % 2) || a - b);
  return order[epoch % every];
}
