import { availableParallelism } from 'node:os';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { fileStamp } from '../../core/atomic-file.js';
import { codeFingerprint } from '../../core/code-fingerprint.js';
import { fromEpochDay, isoDate, type IsoDate } from '../../core/dates.js';
import type { EventStream } from '../../core/events.js';
import { hashJson } from '../../core/hash.js';
import { ConfigError, DataError, InvariantError } from '../../core/errors.js';
import { makeFolder } from '../../core/make-folder.js';
import { writeFolderManifest } from '../../data/store/folder-manifest.js';
import { takeLock } from '../../data/store/lock.js';
import type { ColumnValues } from '../../table/panel.js';
import { absentInputs } from '../../features/absent-inputs.js';
import type { FeatureInputs } from '../../features/compute/feature-inputs.js';
import { streamFeatures } from '../../features/compute/stream.js';
import type { Feature } from '../../features/feature.js';
import { FEATURES } from '../../features/registry.js';
import { inputHash } from './input-hash.js';
import { readFeatureManifest, type FeatureManifest, type FeaturePart } from './manifest.js';
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
  /** First session of the result: earlier ones only serve as history; the first of the inputs when absent. */
  readonly first?: IsoDate;
  /** Symbols of the result; all of the inputs when absent. */
  readonly symbols?: readonly string[];
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
 * @throws LockError when another process computes into the folder; ConfigError when it holds something else; DataError when there is nothing to compute
 */
export async function* computeFeatureFiles(request: FeatureFilesRequest): EventStream<FeatureFilesEvent, FeatureFilesResult> {
  const { folder, features, inputs } = request;
  const target = targetOf(request);
  if (target.sessions === 0 || target.symbols.length === 0) throw new DataError(`expected bars to compute features from, found ${target.symbols.length} symbols over ${target.sessions} sessions`, { code: 'NO_BARS' });
  await makeFolder(folder);
  const before = await readFeatureManifest(folder);
  if (before === null) await requireOwnFolder(folder);
  const lock = await takeLock(join(folder, LOCK), 'computes features into this folder');
  try {
    const settingsHash = hashJson({ ...request.settings, features: features.map(({ name }) => name), code: await codeFingerprint() });
    const mode = chooseMode(before, inputs, { ...target, settingsHash, whole: request.whole ?? false });
    yield { kind: 'plan', mode, features: features.length, symbols: target.symbols.length, sessions: mode.kind === 'append' ? mode.sessions : target.sessions };
    if (mode.kind === 'current') return { manifest: before!, mode };
    const { part, values, missing } = yield* writePart(request, target.symbols, mode.kind === 'append' ? mode.sessions : target.sessions);
    const kept = mode.kind === 'append' ? before : null;
    const manifest: FeatureManifest = {
      schemaVersion: 1,
      features: features.map(({ name, unit, lookback }) => ({ name, unit, lookback })),
      symbols: target.symbols,
      first: target.first,
      last: sessionAt(inputs, inputs.bars.sessions.length - 1),
      settingsHash,
      inputHash: inputHash(inputs, inputs.bars.sessions.length),
      parts: [...(kept?.parts ?? []), part],
      values: (kept?.values ?? 0) + values,
      missing: missing.map((count, k) => count + (kept?.missing[k] ?? 0)),
      absent: absentInputs(features, inputs, FEATURES),
    };
    await writeFolderManifest(folder, manifest);
    await removeOthers(folder, manifest);
    return { manifest, mode };
  } finally {
    lock.release();
  }
}

const LOCK = 'features.lock';
/** Names that this module gives; nothing else in a folder is ever touched. */
const PART_NAME = /^features-\d{4}-\d{2}-\d{2}-[0-9a-z]+\.npy$/;

/** A folder with other things in it is somebody else's. */
async function requireOwnFolder(folder: string): Promise<void> {
  const foreign = (await readdir(folder)).filter((name) => !PART_NAME.test(name) && !name.startsWith(LOCK));
  if (foreign.length > 0) throw new ConfigError(`expected an empty folder, or one with computed features, found ${foreign.slice(0, 5).map((name) => `"${name}"`).join(', ')} in "${folder}"`, { code: 'FOREIGN_FOLDER', fields: { folder } });
}

interface Target {
  readonly symbols: readonly string[];
  readonly first: IsoDate;
  /** Sessions of the result. */
  readonly sessions: number;
}

function targetOf({ inputs, symbols, first }: FeatureFilesRequest): Target {
  const { bars } = inputs;
  const from = first === undefined ? 0 : bars.indexOf(first);
  if (from < 0) throw new InvariantError(`expected a session of the inputs, found ${first} as the first of computed features`);
  return { symbols: symbols ?? bars.symbols, first: bars.sessions.length === 0 ? isoDate('1970-01-01') : sessionAt(inputs, from), sessions: bars.sessions.length - from };
}

function chooseMode(before: FeatureManifest | null, inputs: FeatureInputs, { symbols, first, settingsHash, whole }: Target & { readonly settingsHash: string; readonly whole: boolean }): FeatureFilesMode {
  const { bars } = inputs;
  if (before === null) return { kind: 'whole', why: 'nothing was computed before' };
  if (whole) return { kind: 'whole', why: 'asked for' };
  if (before.settingsHash !== settingsHash) return { kind: 'whole', why: 'features, settings or code changed' };
  if (before.first !== first || before.symbols.join() !== symbols.join()) return { kind: 'whole', why: 'other symbols or another first session' };
  const end = bars.indexOf(before.last) + 1;
  if (end === 0) return { kind: 'whole', why: `sessions up to ${before.last} were computed, the data ends earlier` };
  if (inputHash(inputs, end) !== before.inputHash) return { kind: 'whole', why: `data up to ${before.last} changed` };
  return end === bars.sessions.length ? { kind: 'current' } : { kind: 'append', sessions: bars.sessions.length - end };
}

/** Values of a batch: some 64 MB, several of which are under way at a time. */
const BATCH_VALUES = 16_000_000;

interface WrittenPart {
  readonly part: FeaturePart;
  /** Bars of the symbols in the part, and by feature how many values are missing there. */
  readonly values: number;
  readonly missing: readonly number[];
}

async function* writePart({ folder, features, inputs, threads = availableParallelism(), signal }: FeatureFilesRequest, symbols: readonly string[], last: number): EventStream<FeatureFilesEvent, WrittenPart> {
  const { sessions } = inputs.bars;
  const from = sessions.length - last;
  const file = `features-${sessionAt(inputs, from)}-${fileStamp()}.npy`; // a name of its own: what the manifest names now must stay until the next one is there
  const array = await NpyWriter.create(join(folder, file), [features.length, symbols.length, last]);
  const missing = features.map(() => 0);
  let values = 0;
  try {
    const batchSymbols = Math.max(1, Math.floor(BATCH_VALUES / (features.length * last)));
    let row = 0;
    for await (const event of streamFeatures(inputs, features, { threads, last, symbols, batchSymbols, ...(signal ? { signal } : {}) })) {
      if (event.kind !== 'batch') continue;
      const { columns, symbols: batch } = event.batch;
      await Promise.all(features.map(({ name }, k) => array.write((k * symbols.length + row) * last, columns[name])));
      const bars = batch.reduce((sum, symbol) => sum + presentIn(inputs.bars.series('close', symbol).subarray(from)), 0);
      values += bars;
      features.forEach(({ name }, k) => (missing[k] += bars - presentIn(columns[name])));
      row += batch.length;
      yield { kind: 'progress', done: event.done, total: event.total };
    }
    await array.close();
  } catch (error) {
    await array.close();
    await rm(join(folder, file), { force: true });
    throw error;
  }
  return { part: { first: sessionAt(inputs, from), last: sessionAt(inputs, sessions.length - 1), file, sessions: Array.from(sessions.subarray(from), (day) => fromEpochDay(day)) }, values, missing };
}

function presentIn(values: ColumnValues): number {
  let present = 0;
  for (const value of values) if (value === value) present++;
  return present;
}

const sessionAt = ({ bars }: FeatureInputs, t: number): IsoDate => fromEpochDay(bars.sessions[t]);

/** What earlier computations, or killed ones, left. */
async function removeOthers(folder: string, { parts }: FeatureManifest): Promise<void> {
  const named = new Set(parts.map(({ file }) => file));
  for (const name of await readdir(folder)) if (PART_NAME.test(name) && !named.has(name)) await rm(join(folder, name), { force: true });
}
