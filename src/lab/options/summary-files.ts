import { mkdtemp, open, rm, stat, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

import { temporaryName } from '../../core/atomic-file.js';
import { systemClock, type Clock } from '../../core/clock.js';
import { codeFingerprint } from '../../core/code-fingerprint.js';
import { isoDate, toEpochDay, type IsoDate } from '../../core/dates.js';
import { DataError } from '../../core/errors.js';
import { hashJson } from '../../core/hash.js';
import { makeFolder } from '../../core/make-folder.js';
import type { Store } from '../../data/store/store.js';
import type { OptionsConfig } from '../../options/config.js';
import { conventionOf } from '../../options/exposure/dealers.js';
import { closeHashes } from './close-hashes.js';
import { makeSummaryFiles, type SummaryFile, type WantedSummary } from './make-summary-files.js';
import { removeSuperseded, UNUSED_FOR } from './remove-superseded.js';
import { isOvertaken } from './summarize-session.js';
import { treasuryCurves } from './treasury-curves.js';

/** Folder beside the datasets of the store: what is there can be made again from them. */
export const SUMMARY_FOLDER = 'derived/option-summaries';

/** Folders with the code that figures come from, reading included; yields and conventions count by their values. */
export const SUMMARY_CODE = ['core', 'math', 'options', 'data/option-chains', 'data/store', 'lab/options'] as const;

export interface SummaryRequest {
  readonly start: IsoDate;
  readonly end: IsoDate;
  readonly settings: OptionsConfig;
  /** Tells how old files are that nobody uses; the system's when absent. */
  readonly clock?: Clock;
}

/**
 * What `use` makes of the files with one line of figures for each underlying's chain, one a session of the span that has chains, ascending;
 * those that are not there yet are made, by as many threads as it is worth, and stay beside the store.
 *
 * A file is named by everything it was made from: the chains, the closes, the yields known then, the conventions and the code. Files of
 * these sessions under other names go once nobody has used them for a day. Where nothing can be written beside the store (EACCES, EPERM,
 * EROFS), figures are made anew each time, in a temporary folder that is gone when `use` has ended.
 * @throws DataError `OVERTAKEN`, retryable, where chains or closes of the span changed twice while they were summed up
 */
export async function withSummaryFiles<T>(store: Store, request: SummaryRequest, use: (files: readonly SummaryFile[]) => Promise<T>): Promise<T> {
  const scratch: string[] = [];
  try {
    const files = await completeFiles(store, request, scratch).catch((error: unknown) => {
      if (!isOvertaken(error)) throw error;
      return completeFiles(store, request, scratch); // by what the store holds now
    });
    return await use(files);
  } finally {
    for (const folder of scratch) await rm(folder, { recursive: true, force: true });
  }
}

/** All files of the span; temporary folders that some of them are in are added to `scratch`. */
async function completeFiles(store: Store, request: SummaryRequest, scratch: string[]): Promise<SummaryFile[]> {
  const { clock = systemClock } = request;
  const wanted = await wantedFiles(store, request);
  const there = await Promise.all(wanted.map(({ path }) => isThere(path, clock)));
  const missing = wanted.filter((_, t) => !there[t]);
  if (missing.length === 0) return wanted;
  const folder = join(store.folder, SUMMARY_FOLDER);
  if (await canWrite(folder)) {
    await makeSummaryFiles(missing);
    await removeSuperseded(folder, wanted.map(({ path }) => basename(path)), clock);
    return wanted;
  }
  const temporary = await mkdtemp(join(tmpdir(), 'swinglab-summaries-'));
  scratch.push(temporary);
  const placed = wanted.map((one, t) => (there[t] ? one : { ...one, path: join(temporary, basename(one.path)) }));
  await makeSummaryFiles(placed.filter((_, t) => !there[t]));
  return placed;
}

async function wantedFiles(store: Store, { start, end, settings }: SummaryRequest): Promise<WantedSummary[]> {
  const manifest = await store.manifest();
  const partitions = (manifest.datasets['option_chains']?.partitions ?? []).filter(({ key }) => key >= start && key <= end).sort((a, b) => (a.key < b.key ? -1 : 1));
  if (partitions.length === 0) return [];
  const sessions = Int32Array.from(partitions, ({ key }) => toEpochDay(isoDate(key)));
  const [curves, closes, code] = [await treasuryCurves(store, sessions, settings.rate), await closeHashes(store, start, end), await codeFingerprint(SUMMARY_CODE)];
  const convention = conventionOf(settings);
  return partitions.map(({ key, sha256 }, t): WantedSummary => {
    const source = { chains: sha256, closes: closes.get(key) ?? null };
    const name = hashJson({ ...source, curve: curves[t], convention, code });
    return { session: sessions[t], path: join(store.folder, SUMMARY_FOLDER, `${key}-${name.replace(/^.*:/, '').slice(0, 16)}.parquet`), task: { folder: store.folder, session: isoDate(key), source, curve: curves[t], convention } };
  });
}

/** Whether a file is there. One that is used is younger than a day from then on, so that whoever removes unused ones leaves it. */
async function isThere(path: string, clock: Clock): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  if (found === null) return false;
  const now = clock.now();
  if (now - found.mtimeMs < UNUSED_FOR / 2) return true;
  return utimes(path, now / 1000, now / 1000).then(() => true, (error: NodeJS.ErrnoException) => error.code !== 'ENOENT'); // where nothing can be written, nothing is removed either
}

const NOT_ALLOWED = new Set(['EACCES', 'EPERM', 'EROFS']);

/** Whether files can be made in a folder, which is made if need be; told by making one. */
async function canWrite(folder: string): Promise<boolean> {
  try {
    await makeFolder(folder);
    const probe = temporaryName(join(folder, 'probe'));
    await (await open(probe, 'wx')).close();
    await rm(probe, { force: true });
    return true;
  } catch (error) {
    const { code } = (error instanceof DataError ? error.cause : error) as NodeJS.ErrnoException;
    if (code !== undefined && NOT_ALLOWED.has(code)) return false;
    throw error;
  }
}
