import { readFile } from 'node:fs/promises';

import { writeFileAtomic } from '../../core/atomic-file.js';
import { DataError } from '../../core/errors.js';
import type { Adam, AdamState } from '../optim/adam.js';
import { flatten, type ParameterTree } from '../parameters.js';
import { tf, type Tensor } from '../tensorflow.js';
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
const MOMENTS = ['m', 'v'] as const;

/** Writes a checkpoint as one safetensors file, whole or not at all. */
export async function saveCheckpoint(file: string, checkpoint: Checkpoint): Promise<void> {
  await writeFileAtomic(file, await encodeCheckpoint(checkpoint));
}

/** A checkpoint as the bytes of a safetensors file. */
export async function encodeCheckpoint({ parameters, optimizer, metadata }: Checkpoint): Promise<Uint8Array> {
  const tensors = new Map<string, StoredTensor>();
  for (const [name, tensor] of flatten(parameters)) tensors.set(name, { shape: tensor.shape, values: Float32Array.from(await tensor.data()) });
  const state = await optimizer?.state();
  for (const moment of state ? MOMENTS : []) {
    let at = 0;
    // by name, so that a model whose parts stand in another order still goes on from them
    for (const name of optimizer?.names ?? []) {
      const { shape, values } = tensors.get(name) as StoredTensor;
      tensors.set(`${OPTIMIZER}${moment}.${name}`, { shape, values: (state as AdamState)[moment].subarray(at, at + values.length) });
      at += values.length;
    }
  }
  return encodeSafetensors({ tensors, metadata: { ...metadata, ...(state ? { [STEP]: String(state.step) } : {}) } });
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
export async function loadCheckpoint(file: string, into: Omit<Checkpoint, 'metadata'>): Promise<CheckpointMetadata> {
  return restoreCheckpoint(await readFile(file), into, file);
}

/** The same from the bytes of a file; `file` names them in errors. */
export function restoreCheckpoint(bytes: Uint8Array, { parameters, optimizer }: Omit<Checkpoint, 'metadata'>, file: string): CheckpointMetadata {
  const { tensors, metadata } = decodeSafetensors(bytes, file);
  const flat = flatten(parameters);
  const unknown = [...tensors.keys()].find((name) => !name.startsWith(OPTIMIZER) && !flat.has(name));
  if (unknown !== undefined) throw bad(file, 'only parameters of the model', `"${unknown}"`);
  const { [STEP]: step, ...rest } = metadata;
  // all is looked at before anything is changed
  const values = new Map([...flat].map(([name, { shape }]) => [name, valuesOf(tensors, name, shape, file)]));
  const state = optimizer ? stateOf(optimizer, { tensors, flat, step, file }) : null;
  for (const [name, tensor] of flat) {
    const next = tf.tensor(values.get(name) as Float32Array, tensor.shape);
    (tensor as tf.Variable).assign(next);
    next.dispose();
  }
  if (state) optimizer?.restore(state);
  return rest;
}

interface StoredState {
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  readonly flat: ReadonlyMap<string, Tensor>;
  readonly step: string | undefined;
  readonly file: string;
}

function stateOf(optimizer: Adam, { tensors, flat, step, file }: StoredState): AdamState {
  if (step === undefined) throw bad(file, 'the state of an optimizer', 'parameters alone');
  const moment = (which: (typeof MOMENTS)[number]): Float32Array => {
    const parts = optimizer.names.map((name) => valuesOf(tensors, `${OPTIMIZER}${which}.${name}`, (flat.get(name) as Tensor).shape, file));
    const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const part of parts) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  };
  if (!/^\d+$/.test(step)) throw bad(file, 'a whole number of steps', `"${step}"`);
  return { step: Number(step), m: moment('m'), v: moment('v') };
}

function valuesOf(tensors: ReadonlyMap<string, StoredTensor>, name: string, shape: readonly number[], file: string): Float32Array {
  const stored = tensors.get(name);
  const isSame = stored?.values instanceof Float32Array && tf.util.arraysEqual([...stored.shape], [...shape]);
  if (!isSame) throw bad(file, `"${name}" [${shape.join(', ')}] in single precision`, stored ? `[${stored.shape.join(', ')}]${stored.values instanceof Int32Array ? ' of int32' : ''}` : 'none');
  return stored.values;
}

const bad = (file: string, expected: string, found: string): DataError => new DataError(`expected ${expected} in the checkpoint ${file}, found ${found}`, { code: 'BAD_CHECKPOINT', fields: { file } });
