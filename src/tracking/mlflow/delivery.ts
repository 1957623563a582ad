import { join } from 'node:path';

import { AppError, describeError } from '../../core/errors.js';
import { RunFolder } from '../run-folder.js';
import type { Spool, SpoolEntry } from '../spool/spool.js';
import type { CallOptions, MlflowClient } from './client.js';
import { copyModel, copyPromotion } from './copy-model.js';
import { copyRun, type RunProgress } from './copy-run.js';
import { Experiments } from './experiments.js';
import { isWayBlocked } from './failures.js';

export interface DeliveryParts {
  readonly client: MlflowClient;
  readonly spool: Spool;
  /** Where the runs are. */
  readonly runs: string;
  /** What stands before the names of experiments at the server. */
  readonly experimentPrefix: string;
}

export interface DeliverOptions extends CallOptions {
  /** Also what the server did not take before. */
  readonly refusedToo?: boolean;
}

/** An entry that stays in the spool, and why. */
export interface LeftEntry {
  readonly entry: SpoolEntry;
  readonly error: Error;
}

export interface Delivered {
  /** Entries that are done and gone. */
  readonly done: readonly SpoolEntry[];
  /** Entries that the server did not take, or that failed now; those after them went on. */
  readonly left: readonly LeftEntry[];
  /** Why nothing got through from some entry on; `null` when all was tried. */
  readonly blocked: Error | null;
}

/**
 * Tells a server what a spool holds, in its order. What fails for reasons of its own is left where it is, and the others go
 * on, except for later models of the same registered name; where the way to the server fails, everything waits.
 */
export async function deliver(parts: DeliveryParts, { refusedToo = false, ...options }: DeliverOptions): Promise<Delivered> {
  const { spool, client } = parts;
  const experiments = new Experiments(client);
  const [done, left]: [SpoolEntry[], LeftEntry[]] = [[], []];
  const held = new Set<string>();
  for (const entry of await spool.entries()) {
    options.signal?.throwIfAborted();
    const name = entry.job.kind === 'run' ? null : entry.job.registered;
    const isRefused = (await spool.refusal(entry)) !== null;
    if ((isRefused && !refusedToo) || (name !== null && held.has(name))) {
      if (name !== null) held.add(name);
      continue;
    }
    try {
      if (await deliverEntry(parts, entry, { experiments, options })) done.push(entry);
    } catch (error) {
      options.signal?.throwIfAborted();
      const failure = error instanceof Error ? error : new Error(String(error));
      if (blocks(failure, entry)) return { done, left, blocked: failure };
      left.push({ entry, error: failure });
      if (name !== null) held.add(name);
      if (isLasting(failure)) await spool.noteRefusal(entry, describeError(failure));
    }
  }
  return { done, left, blocked: null };
}

/** @returns whether the entry is done and gone */
async function deliverEntry({ client, spool, runs, experimentPrefix }: DeliveryParts, entry: SpoolEntry, { experiments, options }: { readonly experiments: Experiments; readonly options: CallOptions }): Promise<boolean> {
  const { job } = entry;
  const isClosed = await spool.isClosed(entry); // before anything is read, so that nothing comes after it
  const common = { client, experiments, options };
  if (job.kind === 'promotion') await copyPromotion(client, job, options);
  else if (job.kind === 'model') await copyModel({ ...common, experiment: experimentPrefix + job.experiment, job, files: await spool.files(entry), read: (name) => spool.readFile(entry, name) });
  else {
    const progress = (await spool.progress(entry)) as RunProgress | null;
    await copyRun({ ...common, experiment: experimentPrefix + job.experiment, folder: new RunFolder(join(runs, job.experiment, job.id)), progress, isClosed, onProgress: (next) => spool.noteProgress(entry, next) });
  }
  if (isClosed) await spool.remove(entry);
  return isClosed;
}

/** A server of an earlier version knows runs but no logged models: that holds up models only. */
const blocks = (error: Error, { job }: SpoolEntry): boolean => isWayBlocked(error) && !(job.kind !== 'run' && error instanceof AppError && error.code === 'MLFLOW_ABSENT');

/** Whether the same would fail again: the server or the files said so, and did not say that they were in trouble. */
const isLasting = (error: Error): boolean => error instanceof AppError && !error.retryable;
