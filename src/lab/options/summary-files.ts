import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { availableThreads } from '../../core/available-threads.js';
import { codeFingerprint } from '../../core/code-fingerprint.js';
import { fromEpochDay, isoDate, toEpochDay, type EpochDay, type IsoDate } from '../../core/dates.js';
import { hashJson } from '../../core/hash.js';
import { makeFolder } from '../../core/make-folder.js';
import { createWorkerPool } from '../../core/worker-pool.js';
import { writeColumnFile } from '../../data/store/column-file.js';
import { rows as queryRows, withDuckDB } from '../../data/store/duckdb.js';
import type { Store } from '../../data/store/store.js';
import type { OptionsConfig } from '../../options/config.js';
import { conventionOf } from '../../options/exposure/dealers.js';
import { summarizeSession, type SessionSummaries, type SessionTask } from './summarize-session.js';
import { treasuryCurves } from './treasury-curves.js';
import type { SummaryTasks } from './worker.js';

/** Folder beside the datasets of the store: what is there can be made again from them. */
export const SUMMARY_FOLDER = 'derived/option-summaries';

/** Sessions from which on threads are worth their start. */
const WORTH_THREADS = 4;

export interface SummaryRequest {
  readonly start: IsoDate;
  readonly end: IsoDate;
  readonly settings: OptionsConfig;
}

/** A session's figures on disk. */
export interface SummaryFile {
  readonly session: EpochDay;
  readonly path: string;
}

interface Wanted extends SummaryFile {
  readonly task: SessionTask;
}

/**
 * Files with one line of figures for each underlying's chain, one a session of the span that has chains, ascending; those that are not there
 * yet are made, by as many threads as it is worth.
 *
 * A file is named by everything it was made from: the chains, the closes, the yields known then, the conventions and the code.
 */
export async function summaryFiles(store: Store, { start, end, settings }: SummaryRequest): Promise<SummaryFile[]> {
  const manifest = await store.manifest();
  const partitions = (manifest.datasets['option_chains']?.partitions ?? []).filter(({ key }) => key >= start && key <= end).sort((a, b) => (a.key < b.key ? -1 : 1));
  if (partitions.length === 0) return [];
  const sessions = Int32Array.from(partitions, ({ key }) => toEpochDay(isoDate(key)));
  const [curves, closes, code] = [await treasuryCurves(store, sessions, settings.rate), await closeHashes(store, start, end), await codeFingerprint()];
  const convention = conventionOf(settings);
  const folder = join(store.folder, SUMMARY_FOLDER);
  const wanted = partitions.map(({ key, sha256 }, t): Wanted => {
    const name = hashJson({ chains: sha256, closes: closes.get(key) ?? null, curve: curves[t], convention, code });
    return { session: sessions[t], path: join(folder, `${key}-${name.replace(/^.*:/, '').slice(0, 16)}.parquet`), task: { folder: store.folder, session: isoDate(key), curve: curves[t], convention } };
  });
  const missing = wanted.filter(({ path }) => !existsSync(path));
  if (missing.length > 0) {
    await makeFolder(folder);
    await makeFiles(missing);
  }
  return wanted.map(({ session, path }) => ({ session, path }));
}

async function makeFiles(missing: readonly Wanted[]): Promise<void> {
  await withDuckDB(async (connection) => {
    const write = async ({ path, session }: Wanted, { underlyings, columns }: SessionSummaries): Promise<void> => {
      await writeColumnFile(connection, path, {
        underlying: { kind: 'text', values: Int32Array.from(underlyings, (_, i) => i), words: underlyings },
        session: { kind: 'date', values: new Int32Array(underlyings.length).fill(session) },
        ...Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, { kind: 'double', values } as const])),
      });
    };
    if (missing.length < WORTH_THREADS) {
      for (const one of missing) await write(one, await summarizeSession(one.task));
      return;
    }
    await using pool = createWorkerPool<SummaryTasks>({ module: new URL('./worker.js', import.meta.url), size: Math.min(availableThreads(), missing.length) });
    const pending = missing.map((one) => ({ one, summaries: pool.run('summarize', one.task) }));
    for (const { summaries } of pending) summaries.catch(() => undefined); // told when its turn comes
    for (const { one, summaries } of pending) await write(one, await summaries);
  });
}

/** Hash of what is stored of the underlyings on each day of the span, by date. */
async function closeHashes(store: Store, start: IsoDate, end: IsoDate): Promise<ReadonlyMap<string, string>> {
  if ((await store.entry('option_underlyings')) === null) return new Map();
  return store.query(async (connection) => {
    const sql = `select strftime(session, '%Y-%m-%d') as session, md5(string_agg(underlying || ' ' || coalesce(cast(close as varchar), '') || ' ' || coalesce(cast(is_stale as varchar), ''), ',' order by underlying)) as hash from option_underlyings where session between date '${start}' and date '${end}' group by 1`;
    return new Map((await queryRows(connection, sql)).map((row) => [String(row['session']), String(row['hash'])]));
  });
}

/** First and last session with chains in the store, `null` without any. */
export async function chainSpan(store: Store): Promise<{ readonly first: IsoDate; readonly last: IsoDate } | null> {
  const keys = ((await store.manifest()).datasets['option_chains']?.partitions ?? []).map(({ key }) => toEpochDay(isoDate(key)));
  return keys.length === 0 ? null : { first: fromEpochDay(Math.min(...keys)), last: fromEpochDay(Math.max(...keys)) };
}
