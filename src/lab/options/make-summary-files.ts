import { availableThreads } from '../../core/available-threads.js';
import type { EpochDay } from '../../core/dates.js';
import type { DataError } from '../../core/errors.js';
import { createWorkerPool } from '../../core/worker-pool.js';
import { writeColumnFile } from '../../data/store/column-file.js';
import { withDuckDB, type Connection } from '../../data/store/duckdb.js';
import { isOvertaken, summarizeSession, type SessionSummaries, type SessionTask } from './summarize-session.js';
import type { SummaryTasks } from './worker.js';

/** A session's figures on disk. */
export interface SummaryFile {
  readonly session: EpochDay;
  readonly path: string;
}

/** A file, and what it is made from. */
export interface WantedSummary extends SummaryFile {
  readonly task: SessionTask;
}

/** Sessions from which on threads are worth their start. */
const WORTH_THREADS = 4;

/**
 * Sums up the chains of sessions and writes a file of each, whole or not at all.
 * @throws DataError `OVERTAKEN` where the store no longer holds what a file is named by, once the files of all other sessions are written
 */
export async function makeSummaryFiles(missing: readonly WantedSummary[]): Promise<void> {
  await withDuckDB(async (connection) => {
    if (missing.length < WORTH_THREADS) return makeEach(missing, { summarize: summarizeSession, connection, lanes: 1 });
    const lanes = Math.min(availableThreads(), missing.length);
    await using pool = createWorkerPool<SummaryTasks>({ module: new URL('./worker.js', import.meta.url), size: lanes });
    await makeEach(missing, { summarize: (task) => pool.run('summarize', task), connection, lanes });
  });
}

interface Making {
  readonly summarize: (task: SessionTask) => Promise<SessionSummaries>;
  readonly connection: Connection;
  /** Sessions that are summed up at a time. */
  readonly lanes: number;
}

/** Ends only when nothing is under way any more: a thread that is stopped while the engine answers it takes the process with it. */
async function makeEach(missing: readonly WantedSummary[], { summarize, connection, lanes }: Making): Promise<void> {
  const waiting = [...missing];
  let writing: Promise<void> = Promise.resolve(); // one at a time, as they share a connection
  let overtaken: DataError | null = null;
  const lane = async (): Promise<void> => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
      try {
        const [wanted, summaries] = [one, await summarize(one.task)];
        await (writing = writing.then(() => write(connection, wanted, summaries)));
      } catch (error) {
        if (!isOvertaken(error)) {
          waiting.length = 0;
          throw error;
        }
        overtaken = error;
      }
    }
  };
  const failed = (await Promise.allSettled(Array.from({ length: lanes }, lane))).find(({ status }) => status === 'rejected');
  if (failed !== undefined) throw (failed as PromiseRejectedResult).reason;
  if (overtaken !== null) throw overtaken as DataError; // set in the lanes, which the compiler does not see
}

async function write(connection: Connection, { path, session }: WantedSummary, { underlyings, columns }: SessionSummaries): Promise<void> {
  await writeColumnFile(connection, path, {
    underlying: { kind: 'text', values: Int32Array.from(underlyings, (_, i) => i), words: underlyings },
    session: { kind: 'date', values: new Int32Array(underlyings.length).fill(session) },
    ...Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, { kind: 'double', values } as const])),
  });
}
