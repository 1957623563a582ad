import { join } from 'node:path';

import { removeTemporaryFiles, writeFileAtomic } from '../core/atomic-file.js';
import { XNYS } from '../core/calendar.js';
import { lastDecidedSession, type Clock } from '../core/clock.js';
import { codeFingerprint } from '../core/code-fingerprint.js';
import { isoDate, type IsoDate } from '../core/dates.js';
import { ConfigError, DataError } from '../core/errors.js';
import type { EventStream } from '../core/events.js';
import { hashJson } from '../core/hash.js';
import { makeFolder } from '../core/make-folder.js';
import { createRng } from '../core/rng.js';
import type { LoadedConfig } from '../config/load.js';
import { takeLock } from '../data/store/lock.js';
import { MARKET_DATASETS, requireExchangeDay } from '../data/market.js';
import { RECORD_NAMES } from '../data/records.js';
import { requireDataset, Store } from '../data/store/store.js';
import { prepareData } from '../lab/data-source.js';
import { lastBookedSession, readBookBefore, wasImportedOn } from '../lab/paper-book.js';
import type { RecommendationDocument } from '../recommendation/recommendation.js';
import { positionsCsv } from '../report/csv/positions-csv.js';
import { recommendationsCsv } from '../report/csv/recommendations-csv.js';
import { catchUp, type CatchUpEvent } from './catch-up.js';
import { EveningContext } from './evening-context.js';
import { runFlow, type FlowEvent } from './flow.js';
import { interruptedRun, removeOldRuns, writeRunState, type RunState } from './runs.js';
import { explanationStep, readDocument } from './steps/explanation.js';
import { featuresStep } from './steps/features.js';
import { ingestStep } from './steps/ingest.js';
import { outputStep } from './steps/output.js';
import { predictionsStep } from './steps/predictions.js';
import { selectionStep } from './steps/selection.js';

export interface DailyOptions {
  readonly config: LoadedConfig;
  readonly clock: Clock;
  /** Session to stand in; the last one with data that is decided already when absent. */
  readonly asOf?: IsoDate;
  /** Every evening from this session on that the book has not decided yet is decided first, one after the other, without pages. */
  readonly since?: IsoDate;
  /** Compute and report, but keep nothing in the store. */
  readonly dryRun?: boolean;
  /** Go on with the run that was interrupted last, if any, at its session. */
  readonly resume?: boolean;
  readonly signal?: AbortSignal;
}

export interface DailyResult {
  readonly document: RecommendationDocument;
  /** Hash of the document; equal inputs, equal hash. */
  readonly documentHash: string;
  /** Everything was taken from an earlier run with the same inputs. */
  readonly cached: boolean;
  readonly files: { readonly json: string; readonly html: string; readonly recommendationsCsv: string; readonly positionsCsv: string };
}

/**
 * The evening's main job: ingest → features → predictions → selection → explanation → output.
 *
 * One at a time in a project; each step is kept with the hashes of its inputs, so that a run that was killed goes on
 * where it was, and a repeated one gives the same document.
 * @throws LockError when another run is on; ConfigError and DataError saying what to mend
 */
export async function* runDaily(options: DailyOptions): EventStream<FlowEvent | CatchUpEvent, DailyResult> {
  const { config, clock } = options;
  const daily = join(config.paths.runs, 'daily');
  await makeFolder(daily).catch((error: unknown) => {
    throw new DataError(`expected to write run records under "${config.paths.runs}"`, { code: 'WRITE_FAILED', cause: error });
  });
  const lock = await takeLock(join(config.paths.runs, 'daily.lock'), 'runs swing daily in this project');
  try {
    const interrupted = options.resume ? await interruptedRun(daily) : null;
    const store = await Store.open(config.paths.store);
    const wanted = options.asOf ?? interrupted?.asOf;
    if (wanted !== undefined) requireDecided(wanted, clock, config);
    const last = await lastSessionWithData(store, options); // before the book is read, as data coming in may take it along
    await store.verify([...MARKET_DATASETS, ...RECORD_NAMES]);
    const asOf = wanted ?? last;
    const dryRun = options.dryRun ?? interrupted?.dryRun ?? false;
    const missed = missedEvenings(options, { asOf, dryRun, lastBooked: await lastBookedSession(store) });
    if (missed !== null) yield* catchUp({ store, config, clock, ...missed, ...(options.signal ? { signal: options.signal } : {}) });
    const lastBooked = await lastBookedSession(store);
    // an account that a person put in place after this evening stands, whatever is computed again
    const booked = !dryRun && (lastBooked === null || lastBooked < asOf || (lastBooked === asOf && !(await wasImportedOn(store, asOf))));
    const context = new EveningContext({ asOf, store, config, clock, book: await readBookBefore(store, asOf), booked });
    const folder = join(daily, `${asOf}-${hashJson({ configuration: config.hash, booked, code: await codeFingerprint() }).slice(0, 10)}`);
    const state: RunState = { state: 'running', asOf, dryRun, configHash: config.hash, startedAt: new Date(clock.now()).toISOString(), finishedAt: null, documentHash: null };
    await writeRunState(folder, state);
    const steps = [ingestStep(context), featuresStep(context), predictionsStep(context), selectionStep(context), explanationStep(context), outputStep(context)];
    const { retries, retryDelayMs, keepRuns } = config.config.pipeline;
    const policy = { attempts: retries + 1, baseDelayMs: retryDelayMs, maxDelayMs: 60_000, factor: 2, jitter: createRng(config.config.seed).fork('pipeline/retry') };
    const flow = yield* runFlow(steps, { folder, retry: policy, ...(options.signal ? { signal: options.signal } : {}) });
    const document = await readDocument(flow.read);
    const documentHash = hashJson(document);
    const files = await publish(booked ? join(config.paths.runs, 'latest') : folder, {
      json: await flow.read('explanation', 'recommendations.json'),
      html: await flow.read('output', 'report.html'),
      recommendationsCsv: recommendationsCsv(document),
      positionsCsv: positionsCsv(document),
    });
    await writeRunState(folder, { ...state, state: 'done', finishedAt: new Date(clock.now()).toISOString(), documentHash });
    await removeOldRuns(daily, keepRuns);
    await removeTemporaryFiles(config.paths.runs);
    return { document, documentHash, cached: flow.cached, files };
  } finally {
    lock.release();
  }
}

/** The last session that the store has bars for, brought in first when need be, and whose decision time has come. */
async function lastSessionWithData(store: Store, { config, clock, signal }: DailyOptions): Promise<IsoDate> {
  await prepareData(store, config.config.data, { clock, root: config.root, ...(signal ? { signal } : {}) });
  const last = isoDate(requireDataset(await store.manifest(), 'bars', store.folder).lastDate!);
  const decided = lastDecidedSession(clock, XNYS, { time: config.config.clock.decisionTime });
  return last < decided ? last : decided;
}

/** The evenings before the one that is run which are to be decided first; `null` for none. */
function missedEvenings({ since }: DailyOptions, { asOf, dryRun, lastBooked }: { readonly asOf: IsoDate; readonly dryRun: boolean; readonly lastBooked: IsoDate | null }): { readonly from: IsoDate; readonly to: IsoDate } | null {
  if (since === undefined) return null;
  requireExchangeDay(since);
  if (since > asOf) throw new ConfigError(`expected --since not after the evening of ${asOf}, found ${since}`, { code: 'BAD_DATE', fields: { since, asOf } });
  if (dryRun) throw new ConfigError('expected --since without --dry-run: evenings build on the book of the evening before, which a dry run does not keep', { code: 'BAD_OPTION' });
  const from = lastBooked !== null && lastBooked >= since ? XNYS.next(lastBooked) : since;
  const to = XNYS.previous(asOf);
  return from > to ? null : { from, to };
}

/** A session that was asked for is checked before anything is done, so that a slip leaves no run to resume. */
function requireDecided(asOf: IsoDate, clock: Clock, config: LoadedConfig): void {
  const decided = lastDecidedSession(clock, XNYS, { time: config.config.clock.decisionTime });
  if (asOf > decided) throw new ConfigError(`expected a session whose decision time has come (the last is ${decided}), found ${asOf} in --as-of`, { code: 'FUTURE_SESSION', fields: { asOf, decided } });
  requireExchangeDay(asOf);
}

/** Copies of the results at a place that does not change: `latest` for what was booked, the run's own folder for the rest. */
async function publish(folder: string, texts: Readonly<Record<keyof DailyResult['files'], string>>): Promise<DailyResult['files']> {
  const files = { json: join(folder, 'recommendations.json'), html: join(folder, 'report.html'), recommendationsCsv: join(folder, 'recommendations.csv'), positionsCsv: join(folder, 'positions.csv') };
  for (const [name, path] of Object.entries(files)) await writeFileAtomic(path, texts[name as keyof DailyResult['files']]);
  return files;
}
