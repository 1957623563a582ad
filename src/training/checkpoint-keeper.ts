import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';

import { writeFileAtomic } from '../core/atomic-file.js';
import { DataError } from '../core/errors.js';
import { makeFolder } from '../core/make-folder.js';
import { loadCheckpoint, saveCheckpoint } from '../tensor/checkpoint/checkpoint.js';
import type { Adam } from '../tensor/optim/adam.js';
import type { ParameterTree } from '../tensor/parameters.js';
import { watched, type TrainingState } from './progress-state.js';
import type { CheckpointSettings, EpochRecord } from './task.js';

const STATE = 'training';
const INDEX = 'history.json';

/** Files of a training: `last.safetensors` to resume from, `epoch-N.safetensors` of the best epochs, `history.json` for people. */
export class CheckpointKeeper {
  readonly #settings: CheckpointSettings;
  readonly #watch: string;
  readonly #parameters: ParameterTree;
  readonly #optimizer: Adam;

  constructor(settings: CheckpointSettings, watch: string, parameters: ParameterTree, optimizer: Adam) {
    this.#settings = settings;
    this.#watch = watch;
    this.#parameters = parameters;
    this.#optimizer = optimizer;
  }

  get last(): string {
    return join(this.#settings.folder, 'last.safetensors');
  }

  fileOf({ epoch }: EpochRecord): string {
    return join(this.#settings.folder, `epoch-${epoch}.safetensors`);
  }

  /** Puts the last checkpoint into parameters and optimizer and answers where it stands; null when there is none to go on from. */
  async resume(): Promise<TrainingState | null> {
    if (this.#settings.resume !== true || !existsSync(this.last)) return null;
    const { [STATE]: text } = await loadCheckpoint(this.last, { parameters: this.#parameters, optimizer: this.#optimizer });
    if (text === undefined) throw new DataError(`expected the state of a training in ${this.last}, found parameters and moments alone`, { code: 'BAD_CHECKPOINT', fields: { file: this.last } });
    return JSON.parse(text) as TrainingState;
  }

  /** Writes what is resumed from: one file, replaced whole, so that a kill leaves the one before or this one. */
  async keepLast(state: TrainingState): Promise<string> {
    await makeFolder(this.#settings.folder);
    await saveCheckpoint(this.last, { parameters: this.#parameters, optimizer: this.#optimizer, metadata: { ...this.#settings.metadata, [STATE]: JSON.stringify(state) } });
    return this.last;
  }

  /** Writes the parameters of an epoch when it is among the best, and removes those that no longer are. */
  async keepBest(history: readonly EpochRecord[]): Promise<string | null> {
    const [top, now] = [this.#settings.top ?? 1, history[history.length - 1]];
    const ranked = [...history].sort((a, b) => watched(a, this.#watch) - watched(b, this.#watch) || a.epoch - b.epoch);
    await makeFolder(this.#settings.folder);
    const isKept = ranked.indexOf(now) < top;
    if (isKept) await saveCheckpoint(this.fileOf(now), { parameters: this.#parameters, metadata: { ...this.#settings.metadata, epoch: String(now.epoch) } });
    for (const one of ranked.slice(top)) await rm(this.fileOf(one), { force: true });
    await writeFileAtomic(join(this.#settings.folder, INDEX), `${JSON.stringify(history, null, 2)}\n`);
    return isKept ? this.fileOf(now) : null;
  }
}
