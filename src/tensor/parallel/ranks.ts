import { Worker, parentPort, workerData } from 'node:worker_threads';

import { describeError, InvariantError } from '../../core/errors.js';
import { workerEntry } from '../../core/worker-entry.js';
import { failReduction, Reducer, sharedReduction, type SharedReduction } from './reducer.js';

/** What a rank is told. */
export interface RankContext<Task> {
  readonly rank: number;
  readonly world: number;
  readonly task: Task;
  readonly reducer: Reducer;
}

interface RankData<Task> {
  readonly rank: number;
  readonly task: Task;
  readonly shared: SharedReduction;
}

type Reply<Result> = { readonly result: Result } | { readonly error: string; readonly code: string };

export interface RunRanks<Task> {
  /** Module that calls `serveRank`, by its `.js` address. */
  readonly module: URL;
  readonly world: number;
  /** How many numbers a gradient has. */
  readonly size: number;
  readonly task: Task;
  readonly signal?: AbortSignal;
}

/** Runs one module on several threads that train together, and answers what each returned. The first failure ends all of them and is thrown. */
export async function runRanks<Task, Result>({ module, world, size, task, signal }: RunRanks<Task>): Promise<Result[]> {
  signal?.throwIfAborted();
  const shared = sharedReduction(world, size);
  const workers = Array.from({ length: world }, (_, rank) => new Worker(workerEntry(module), { workerData: { rank, task, shared } satisfies RankData<Task> }));
  const end = (): void => {
    failReduction(shared);
    for (const worker of workers) void worker.terminate();
  };
  signal?.addEventListener('abort', end, { once: true });
  try {
    const outcomes = await Promise.allSettled(workers.map((worker, rank) => resultOf<Result>(worker, rank, shared)));
    signal?.throwIfAborted();
    const failures = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as InvariantError] : []));
    // those that only heard of another's failure say nothing new
    if (failures.length > 0) throw failures.find(({ code }) => code !== 'RANK_FAILED') ?? failures[0];
    return outcomes.map((outcome) => (outcome as PromiseFulfilledResult<Result>).value);
  } finally {
    signal?.removeEventListener('abort', end);
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

function resultOf<Result>(worker: Worker, rank: number, shared: SharedReduction): Promise<Result> {
  return new Promise<Result>((resolve, reject) => {
    const fail = (message: string, code: string): void => {
      failReduction(shared);
      reject(new InvariantError(message, { code }));
    };
    worker.once('message', (reply: Reply<Result>) => ('result' in reply ? resolve(reply.result) : fail(`rank ${rank} failed: ${reply.error}`, reply.code)));
    worker.once('error', (error) => fail(`rank ${rank} failed: ${describeError(error)}`, 'RANK_DIED'));
    worker.once('exit', (code) => fail(`expected rank ${rank} to answer, found that its thread ended with exit code ${code}`, 'RANK_DIED'));
  });
}

/** Does the work of this thread's rank and answers the caller of `runRanks`. */
export async function serveRank<Task, Result>(work: (context: RankContext<Task>) => Promise<Result>): Promise<void> {
  if (parentPort === null) throw new InvariantError('expected a thread that runRanks started, found the main one in serveRank');
  const { rank, task, shared } = workerData as RankData<Task>;
  try {
    parentPort.postMessage({ result: await work({ rank, world: shared.world, task, reducer: new Reducer(shared, rank) }) } satisfies Reply<Result>);
  } catch (error) {
    parentPort.postMessage({ error: describeError(error), code: (error as { code?: string }).code ?? 'RANK_FAILED_ITSELF' } satisfies Reply<Result>);
  }
}
