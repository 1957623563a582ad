import { ConfigError } from '../../core/errors.js';
import { ashaPruner } from '../../training/tuner/pruners/asha.js';
import { medianPruner } from '../../training/tuner/pruners/median.js';
import { noPruner, type Pruner } from '../../training/tuner/pruners/pruner.js';
import { randomSampler } from '../../training/tuner/samplers/random.js';
import type { Sampler } from '../../training/tuner/samplers/sampler.js';
import { tpeSampler } from '../../training/tuner/samplers/tpe.js';
import type { NetworkFlags } from './training-flags.js';

/** Options of `swing train` that search parameters first. */
export interface TuneFlags {
  /** Trials. */
  readonly tune?: number;
  /** File of the space, YAML or JSON. */
  readonly space?: string;
  readonly pruner?: string;
  readonly sampler?: string;
}

const PRUNERS: Readonly<Record<string, () => Pruner>> = { median: () => medianPruner(), asha: () => ashaPruner(), none: noPruner };
const SAMPLERS: Readonly<Record<string, () => Sampler>> = { random: randomSampler, tpe: () => tpeSampler() };

export const PRUNER_NAMES = Object.keys(PRUNERS);
export const SAMPLER_NAMES = Object.keys(SAMPLERS);

export function prunerOf({ pruner = 'median' }: TuneFlags): Pruner {
  return PRUNERS[pruner]();
}

export function samplerOf({ sampler = 'random' }: TuneFlags): Sampler {
  return SAMPLERS[sampler]();
}

/**
 * Sees that options of a search are given to a search, which begins anew each time.
 * @throws ConfigError `IDLE_OPTION`, `CONFLICTING_OPTIONS`
 */
export function requireTuneFlags({ tune, space, pruner, sampler, resume }: TuneFlags & NetworkFlags): void {
  const idle = [...(space === undefined ? [] : ['--space']), ...(pruner === undefined ? [] : ['--pruner']), ...(sampler === undefined ? [] : ['--sampler'])];
  if (tune === undefined && idle.length > 0) throw new ConfigError(`expected ${idle.join(', ')} with --tune, found no --tune`, { code: 'IDLE_OPTION', fields: { options: idle } });
  if (tune !== undefined && resume === true) throw new ConfigError('expected only one of --tune, --resume: a search begins anew; to go on with the training after it, give its parameters by --param as the hint of an interrupted one does', { code: 'CONFLICTING_OPTIONS', fields: { options: ['--tune', '--resume'] } });
}
