import { ConfigError } from '../../core/errors.js';
import type { Forecaster, TrainingLimits } from '../../models/forecaster.js';
import type { ForecasterParams } from '../../models/registry.js';

/** Options of `swing train` that only networks have a use for. */
export interface NetworkFlags {
  /** Seconds. */
  readonly maxTime?: number;
  readonly maxEpochs?: number;
  readonly maxSteps?: number;
  readonly fastDevRun?: boolean;
  readonly overfitBatches?: number;
  readonly resume?: boolean;
}

/** Options of `swing train`. */
export interface TrainFlags extends NetworkFlags {
  readonly useSynthetic?: boolean;
  readonly startDate?: string;
  readonly endDate?: string;
  readonly name?: string;
  readonly alias?: string;
  readonly param: ForecasterParams;
  readonly seed?: number;
  readonly threads?: number;
  readonly json?: boolean;
}

const OPTIONS: Readonly<Record<keyof NetworkFlags, string>> = { maxTime: '--max-time', maxEpochs: '--max-epochs', maxSteps: '--max-steps', fastDevRun: '--fast-dev-run', overfitBatches: '--overfit-batches', resume: '--resume' };

/** Steps between two checkpoints: a Ctrl-C costs no more than these. */
const CHECKPOINT_EVERY = 50;

/**
 * Sees that limits of a training are given to what is trained in epochs, and that they go together.
 * @throws ConfigError `IDLE_OPTION`, `CONFLICTING_OPTIONS`
 */
export function requireNetworkFlags(flags: NetworkFlags, { name, isNetwork = false }: Pick<Forecaster, 'name' | 'isNetwork'>): void {
  const given = (Object.keys(OPTIONS) as (keyof NetworkFlags)[]).filter((key) => flags[key] !== undefined).map((key) => OPTIONS[key]);
  if (!isNetwork && given.length > 0) throw new ConfigError(`expected ${given.join(', ')} only for a network, which learns in epochs, found ${given.length === 1 ? 'it' : 'them'} for ${name}`, { code: 'IDLE_OPTION', fields: { forecaster: name, options: given } });
  const tries = [flags.fastDevRun && '--fast-dev-run', flags.overfitBatches !== undefined && '--overfit-batches'].filter((one) => typeof one === 'string');
  const kept = [flags.resume && '--resume'].filter((one) => typeof one === 'string');
  if (tries.length + kept.length > 1) throw new ConfigError(`expected only one of ${[...tries, ...kept].join(', ')}: a try keeps nothing, and goes on from nothing`, { code: 'CONFLICTING_OPTIONS', fields: { options: [...tries, ...kept] } });
}

/** Whether it is only tried whether a network runs, or can learn a few batches by heart: such a model is worth nothing and is not kept. */
export function isTry({ fastDevRun = false, overfitBatches }: NetworkFlags): boolean {
  return fastDevRun || overfitBatches !== undefined;
}

/** What the trainer is told. */
export function limitsOf(flags: NetworkFlags, folder: string): TrainingLimits {
  const { maxTime, maxEpochs, maxSteps, fastDevRun, overfitBatches, resume = false } = flags;
  return {
    ...(maxTime === undefined ? {} : { maxSeconds: maxTime }),
    ...(maxEpochs === undefined ? {} : { maxEpochs }),
    ...(maxSteps === undefined ? {} : { maxSteps }),
    ...(fastDevRun === undefined ? {} : { fastDevRun }),
    ...(overfitBatches === undefined ? {} : { overfitBatches }),
    ...(isTry(flags) ? {} : { checkpoints: { folder, resume, every: CHECKPOINT_EVERY } }),
  };
}
