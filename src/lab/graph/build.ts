import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';

import { fileStamp } from '../../core/atomic-file.js';
import { XNYS } from '../../core/calendar.js';
import { isoDate, toEpochDay, type IsoDate } from '../../core/dates.js';
import { ConfigError, DataError } from '../../core/errors.js';
import type { EventStream } from '../../core/events.js';
import { hashJson } from '../../core/hash.js';
import { makeFolder } from '../../core/make-folder.js';
import type { QualityPolicies } from '../../data/quality/inspect.js';
import { openDuckDB, type OpenDuckDB } from '../../data/store/duckdb.js';
import { writeFolderManifest } from '../../data/store/folder-manifest.js';
import { takeLock } from '../../data/store/lock.js';
import type { Store } from '../../data/store/store.js';
import { buildGraphs } from '../../graph/build-graphs.js';
import type { GraphConfig } from '../../graph/config.js';
import { quarterOf } from '../../graph/correlation-days.js';
import type { Graph } from '../../graph/graph.js';
import type { GraphInputs } from '../../graph/graph-inputs.js';
import { readGraphInputs } from './inputs.js';
import { quarterHash, quartersFrom, type Quarter } from './quarter.js';
import { quarterFiles, writeGraphs } from './snapshot-files.js';
import { readSnapshotManifest, type QuarterEntry, type SnapshotManifest } from './snapshot-manifest.js';

/** Changes when the same settings and data would make other graphs, or files are laid out otherwise. */
const LAYOUT = 2;

export interface GraphStoreRequest {
  readonly store: Store;
  readonly universe: string;
  readonly settings: GraphConfig;
  readonly policies: QualityPolicies;
}

export interface BuildRequest extends GraphStoreRequest {
  /** First session; the first with a whole window when absent. */
  readonly start?: IsoDate;
  /** Last session; the last with bars when absent. */
  readonly end?: IsoDate;
  readonly signal?: AbortSignal;
}

export type GraphBuildEvent =
  | { readonly kind: 'plan'; readonly quarters: number; readonly sessions: number; readonly kept: number }
  | { readonly kind: 'quarter-end'; readonly quarter: string; readonly done: number; readonly total: number };

export interface GraphBuildResult {
  readonly folder: string;
  readonly manifest: SnapshotManifest;
  /** Sessions computed now; the others were there. */
  readonly computed: number;
  readonly kept: number;
}

/** Where the graphs of these settings are kept. */
export function graphFolder({ store, universe, settings, policies }: GraphStoreRequest): string {
  return join(store.folder, 'graphs', hashJson(keyOf(universe, settings, policies)).slice(0, 12));
}

const keyOf = (universe: string, settings: GraphConfig, policies: QualityPolicies): Record<string, unknown> => ({ layout: LAYOUT, universe, quality: policies, ...settings });

/**
 * Builds the graphs of a span of sessions and keeps them as Parquet, whole quarters at a time; only those that are not
 * there yet or whose data has changed since.
 *
 * After each quarter the manifest names its files: a kill at any moment leaves what was finished before.
 * @throws LockError when another process builds the same; ConfigError or DataError on a span that the data does not cover
 */
export async function* buildGraphSnapshots(request: BuildRequest): EventStream<GraphBuildEvent, GraphBuildResult> {
  const { store, universe, settings, policies } = request;
  const { start, end } = await spanOf(request);
  const inputs = await readGraphInputs(store, { universe, start, end, window: settings.window, policies });
  const folder = graphFolder(request);
  await makeFolder(folder);
  const lock = await takeLock(join(folder, 'graphs.lock'), 'builds these graphs');
  const engine = await openDuckDB({ threads: 1, memoryLimit: '512MB' });
  try {
    let manifest = (await readSnapshotManifest(folder)) ?? { schemaVersion: 1, settings: keyOf(universe, settings, policies), quarters: {} };
    const wanted = quartersFrom(inputs, start).map((quarter) => ({ quarter, inputHash: quarterHash(inputs, quarter, settings.window) }));
    const missing = wanted.filter(({ quarter, inputHash }) => manifest.quarters[quarter.name]?.inputHash !== inputHash);
    const sessions = (some: typeof wanted): number => some.reduce((sum, { quarter }) => sum + quarter.to - quarter.from + 1, 0);
    const counts = { computed: sessions(missing), kept: sessions(wanted) - sessions(missing) };
    yield { kind: 'plan', quarters: missing.length, sessions: counts.computed, kept: counts.kept };
    for (const [done, { quarter, inputHash }] of missing.entries()) {
      const entry = await writeQuarter(engine, { folder, inputs, settings, quarter, inputHash, signal: request.signal });
      manifest = { ...manifest, quarters: Object.fromEntries(Object.entries({ ...manifest.quarters, [quarter.name]: entry }).sort(([a], [b]) => (a < b ? -1 : 1))) };
      await writeFolderManifest(folder, manifest);
      yield { kind: 'quarter-end', quarter: quarter.name, done: done + 1, total: missing.length };
    }
    await removeUnnamed(folder, manifest);
    return { folder, manifest, ...counts };
  } finally {
    engine.close();
    lock.release();
  }
}

/** First and last session that a graph can be built of: a whole window of returns before the first, bars up to the last. */
async function coveredSpan({ store, settings }: GraphStoreRequest): Promise<{ first: IsoDate; last: IsoDate }> {
  const entry = await store.entry('bars');
  if (!entry?.firstDate || !entry.lastDate) throw new DataError(`expected bars in the store "${store.folder}", found none; import them with: swing data import <files>`, { code: 'NO_DATASET', fields: { dataset: 'bars' } });
  return { first: XNYS.shift(isoDate(entry.firstDate), settings.window), last: isoDate(entry.lastDate) };
}

/**
 * The span that a graph can be built of, which the sessions lie in.
 * @param asked  as a person gave them, so that the error names no other
 * @throws DataError `NO_SESSION`
 */
export async function requireCovered(request: GraphStoreRequest, asked: readonly IsoDate[]): Promise<{ first: IsoDate; last: IsoDate }> {
  const { first, last } = await coveredSpan(request);
  for (const session of asked) {
    if (session < first || session > last) throw new DataError(`expected sessions from ${first}, the first with ${request.settings.window} returns, to ${last}, found ${session}`, { code: 'NO_SESSION', fields: { session, first, last } });
  }
  return { first, last };
}

/** The sessions asked for, from the first of a quarter to the last of one that has bars. */
async function spanOf({ start, end, ...request }: BuildRequest): Promise<{ start: IsoDate; end: IsoDate }> {
  const { first, last } = await requireCovered(request, [start, end].filter((session) => session !== undefined));
  if (first > last) throw new DataError(`expected bars of more than ${request.settings.window} sessions, found them only up to ${last}`, { code: 'NO_SESSION', fields: { first, last } });
  const [from, to] = [start ?? first, end ?? last];
  if (from > to) throw new ConfigError(`expected a start on or before the end, found ${from} and ${to}`, { code: 'BAD_SPAN', fields: { start: from, end: to } });
  return { start: quarterEdge(from, -1, first), end: quarterEdge(to, 1, last) };
}

/** The outermost session of a session's quarter in a direction, not beyond a limit. */
function quarterEdge(session: IsoDate, direction: 1 | -1, limit: IsoDate): IsoDate {
  let edge = session;
  while (edge !== limit) {
    const next = XNYS.shift(edge, direction);
    if (quarterOf(toEpochDay(next)) !== quarterOf(toEpochDay(edge))) break;
    edge = next;
  }
  return edge;
}

interface QuarterWork {
  readonly folder: string;
  readonly inputs: GraphInputs;
  readonly settings: GraphConfig;
  readonly quarter: Quarter;
  readonly inputHash: string;
  readonly signal: AbortSignal | undefined;
}

async function writeQuarter({ connection }: OpenDuckDB, { folder, inputs, settings, quarter, inputHash, signal }: QuarterWork): Promise<QuarterEntry> {
  const graphs: Graph[] = [];
  for (const graph of buildGraphs(inputs, settings, { start: quarter.first, end: quarter.last })) {
    graphs.push(graph);
    signal?.throwIfAborted();
    await setImmediate(); // lets signals in
  }
  const files = quarterFiles(quarter.name, fileStamp());
  await writeGraphs(connection, folder, files, graphs);
  return { first: quarter.first, last: quarter.last, sessions: graphs.length, inputHash, files };
}

/** Removes what earlier builds, or killed ones, left. */
async function removeUnnamed(folder: string, { quarters }: SnapshotManifest): Promise<void> {
  const named = new Set(Object.values(quarters).flatMap(({ files }) => Object.values(files) as string[]));
  for (const name of await readdir(folder)) if (name.includes('.parquet') && !named.has(name)) await rm(join(folder, name), { force: true });
}
