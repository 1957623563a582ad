import { availableParallelism } from 'node:os';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { fromEpochDay, type IsoDate } from '../../core/dates.js';
import type { EventStream } from '../../core/events.js';
import { hashJson } from '../../core/hash.js';
import { DataError } from '../../core/errors.js';
import { takeLock } from '../../data/store/lock.js';
import { absentInputs } from '../../features/absent-inputs.js';
import type { FeatureInputs } from '../../features/compute/feature-inputs.js';
import { streamFeatures } from '../../features/compute/stream.js';
import type { Feature } from '../../features/feature.js';
import { FEATURES } from '../../features/registry.js';
import { codeFingerprint } from '../code-fingerprint.js';
import { inputHash } from './input-hash.js';
import { readFeatureManifest, writeFeatureManifest, type FeatureManifest, type FeaturePart } from './manifest.js';
import { NpyWriter } from './npy.js';

export type FeatureFilesEvent =
  | { readonly kind: 'plan'; readonly mode: FeatureFilesMode; readonly features: number; readonly symbols: number; readonly sessions: number }
  | { readonly kind: 'progress'; readonly done: number; readonly total: number };

/** `current`: nothing to do; `append`: only new sessions; `whole`: everything, and why. */
export type FeatureFilesMode = { readonly kind: 'current' } | { readonly kind: 'append'; readonly sessions: number } | { readonly kind: 'whole'; readonly why: string };

export interface FeatureFilesRequest {
  readonly folder: string;
  readonly features: readonly Feature[];
  readonly inputs: FeatureInputs;
  /** Settings besides features and code that decide the values, such as universe and benchmark. */
  readonly settings: Readonly<Record<string, string>>;
  /** Computes everything again. */
  readonly whole?: boolean;
  readonly threads?: number;
  readonly signal?: AbortSignal;
}

export interface FeatureFilesResult {
  readonly manifest: FeatureManifest;
  readonly mode: FeatureFilesMode;
}

/**
 * Computes features into arrays in a folder, one file for what is computed in one go, only what is new where the data before it is what it was.
 *
 * Files are named by the manifest that is written last: a kill at any moment leaves what was there.
 * @throws LockError when another process computes into the folder
 */
export async function* computeFeatureFiles(request: FeatureFilesRequest): EventStream<FeatureFilesEvent, FeatureFilesResult> {
  const { folder, features, inputs } = request;
  if (inputs.bars.sessions.length === 0) throw new DataError('expected bars to compute features from, found no session', { code: 'NO_SESSION' });
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw new DataError(`expected to write to the folder "${folder}"`, { code: 'WRITE_FAILED', fields: { folder }, cause: error });
  });
  const lock = await takeLock(join(folder, 'features.lock'), 'computes features into this folder');
  try {
    const before = await readFeatureManifest(folder);
    const settingsHash = hashJson({ ...request.settings, features: features.map(({ name }) => name), code: await codeFingerprint() });
    const mode = chooseMode(before, inputs, settingsHash, request.whole ?? false);
    const width = inputs.bars.sessions.length;
    yield { kind: 'plan', mode, features: features.length, symbols: inputs.bars.symbols.length, sessions: mode.kind === 'append' ? mode.sessions : width };
    if (mode.kind === 'current') return { manifest: before!, mode };
    const last = mode.kind === 'append' ? mode.sessions : width;
    const part = yield* writePart(request, last);
    const manifest: FeatureManifest = {
      schemaVersion: 1,
      features: features.map(({ name, unit, lookback }) => ({ name, unit, lookback })),
      symbols: inputs.bars.symbols,
      first: sessionAt(inputs, 0),
      last: sessionAt(inputs, width - 1),
      settingsHash,
      inputHash: inputHash(inputs, width),
      parts: mode.kind === 'append' ? [...before!.parts, part] : [part],
      absent: absentInputs(features, inputs, FEATURES),
    };
    await writeFeatureManifest(folder, manifest);
    await removeOthers(folder, manifest);
    return { manifest, mode };
  } finally {
    lock.release();
  }
}

function chooseMode(before: FeatureManifest | null, inputs: FeatureInputs, settingsHash: string, whole: boolean): FeatureFilesMode {
  const { bars } = inputs;
  if (before === null) return { kind: 'whole', why: 'nothing was computed before' };
  if (whole) return { kind: 'whole', why: 'asked for' };
  if (before.settingsHash !== settingsHash) return { kind: 'whole', why: 'features, settings or code changed' };
  if (before.first !== bars.first || before.symbols.join() !== bars.symbols.join()) return { kind: 'whole', why: 'other symbols or another first session' };
  const end = bars.indexOf(before.last) + 1;
  if (end === 0) return { kind: 'whole', why: `sessions up to ${before.last} were computed, the data ends earlier` };
  if (inputHash(inputs, end) !== before.inputHash) return { kind: 'whole', why: `data up to ${before.last} changed` };
  return end === bars.sessions.length ? { kind: 'current' } : { kind: 'append', sessions: bars.sessions.length - end };
}

/** Values of a batch: some 64 MB, several of which are under way at a time. */
const BATCH_VALUES = 16_000_000;

async function* writePart({ folder, features, inputs, threads = availableParallelism(), signal }: FeatureFilesRequest, last: number): EventStream<FeatureFilesEvent, FeaturePart> {
  const { symbols, sessions } = inputs.bars;
  const from = sessions.length - last;
  const file = `${sessionAt(inputs, from)}-${process.hrtime.bigint().toString(36)}.npy`; // a name of its own: what the manifest names now must stay until the next one is there
  const array = await NpyWriter.create(join(folder, file), [features.length, symbols.length, last]);
  try {
    const batchSymbols = Math.max(1, Math.floor(BATCH_VALUES / (features.length * last)));
    let row = 0;
    for await (const event of streamFeatures(inputs, features, { threads, last, batchSymbols, ...(signal ? { signal } : {}) })) {
      if (event.kind !== 'batch') continue;
      const { columns } = event.batch;
      await Promise.all(features.map(({ name }, k) => array.write((k * symbols.length + row) * last, columns[name])));
      row += event.batch.symbols.length;
      yield { kind: 'progress', done: event.done, total: event.total };
    }
  } finally {
    await array.close();
  }
  return { first: sessionAt(inputs, from), last: sessionAt(inputs, sessions.length - 1), file, sessions: Array.from(sessions.subarray(from), (day) => fromEpochDay(day)) };
}

const sessionAt = ({ bars }: FeatureInputs, t: number): IsoDate => fromEpochDay(bars.sessions[t]);

/** What earlier computations, or killed ones, left. */
async function removeOthers(folder: string, { parts }: FeatureManifest): Promise<void> {
  const named = new Set(parts.map(({ file }) => file));
  for (const name of await readdir(folder)) if (name.endsWith('.npy') && !named.has(name)) await rm(join(folder, name), { force: true });
}
