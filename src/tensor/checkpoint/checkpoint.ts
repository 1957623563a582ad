import { readFile } from 'node:fs/promises';

import { writeFileAtomic } from '../../core/atomic-file.js';
import { DataError } from '../../core/errors.js';
import type { Adam } from '../optim/adam.js';
import { flatten, type ParameterTree } from '../parameters.js';
import { decodeSafetensors, encodeSafetensors, type StoredTensor } from './safetensors.js';

/** What is saved with the parameters: configuration, features, scalers, seeds, whatever makes a file usable by itself. */
export type CheckpointMetadata = Readonly<Record<string, string>>;

export interface Checkpoint {
  readonly parameters: ParameterTree;
  /** To go on training from; absent: the parameters alone. */
  readonly optimizer?: Adam;
  readonly metadata: CheckpointMetadata;
}

const OPTIMIZER = 'optimizer.';
const STEP = 'optimizer.step';

/** Writes a checkpoint as one safetensors file, whole or not at all. */
export async function saveCheckpoint(file: string, { parameters, optimizer, metadata }: Checkpoint): Promise<void> {
  const tensors = new Map<string, StoredTensor>();
  for (const [name, tensor] of flatten(parameters)) tensors.set(name, { shape: tensor.shape, values: Float32Array.from(await tensor.data()) });
  const state = await optimizer?.state();
  if (state) for (const moment of ['m', 'v'] as const) tensors.set(OPTIMIZER + moment, { shape: [state[moment].length], values: state[moment] });
  await writeFileAtomic(file, encodeSafetensors({ tensors, metadata: { ...metadata, ...(state ? { [STEP]: String(state.step) } : {}) } }));
}

/** Metadata of a checkpoint, with its number of optimizer steps taken away. */
export async function readCheckpointMetadata(file: string): Promise<CheckpointMetadata> {
  const { [STEP]: _, ...metadata } = decodeSafetensors(await readFile(file), file).metadata;
  return metadata;
}

/**
 * Puts the values of a checkpoint into variables and, where given, an optimizer. Throws `DataError` `BAD_CHECKPOINT` unless names and shapes
 * are the same, or when the state of an optimizer is asked for that was not saved.
 */
export async function loadCheckpoint(file: string, { parameters, optimizer }: Omit<Checkpoint, 'metadata'>): Promise<CheckpointMetadata> {
  const { tf } = await import('../tensorflow.js');
  const { tensors, metadata } = decodeSafetensors(await readFile(file), file);
  const flat = flatten(parameters);
  const unknown = [...tensors.keys()].filter((name) => !name.startsWith(OPTIMIZER) && !flat.has(name));
  if (unknown.length > 0) throw bad(file, 'only parameters of the model', `"${unknown[0]}"`);
  for (const [name, tensor] of flat) {
    const stored = tensors.get(name);
    if (!stored || !tf.util.arraysEqual([...stored.shape], tensor.shape)) throw bad(file, `"${name}" [${tensor.shape.join(', ')}]`, stored ? `[${stored.shape.join(', ')}]` : 'none');
  }
  for (const [name, tensor] of flat) {
    const { shape, values } = tensors.get(name) as StoredTensor;
    const next = tf.tensor(values, [...shape]);
    (tensor as InstanceType<typeof tf.Variable>).assign(next);
    next.dispose();
  }
  const { [STEP]: step, ...rest } = metadata;
  if (optimizer) {
    const [m, v] = [tensors.get(`${OPTIMIZER}m`), tensors.get(`${OPTIMIZER}v`)];
    if (!m || !v || step === undefined) throw bad(file, 'the state of an optimizer', 'parameters alone');
    optimizer.restore({ step: Number(step), m: m.values as Float32Array, v: v.values as Float32Array });
  }
  return rest;
}

const bad = (file: string, expected: string, found: string): DataError => new DataError(`expected ${expected} in the checkpoint ${file}, found ${found}`, { code: 'BAD_CHECKPOINT', fields: { file } });
