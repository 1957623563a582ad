import { type ResourceLimits, type Transferable, Worker } from 'node:worker_threads';
import { reviveError } from './error-transfer.js';
import { AppError, InvariantError } from './errors.js';
import { workerEntry } from './worker-entry.js';
import type { TaskReply, TaskRequest, TaskResult, WorkerTasks } from './worker-tasks.js';

export interface WorkerPoolOptions {
  /** The worker module, which calls `serveTasks`: `new URL('./fit-worker.js', import.meta.url)`. */
  readonly module: URL;
  /** Threads at most; each is started when first needed. */
  readonly size: number;
  /** Given to every worker as `workerData` of `node:worker_threads`. */
  readonly workerData?: unknown;
  /** Memory bounds; a worker that exceeds them counts as crashed. */
  readonly resourceLimits?: ResourceLimits;
}

export interface RunOptions {
  readonly signal?: AbortSignal | undefined;
  /** Buffers of the input that move to the worker instead of being copied. */
  readonly transfer?: readonly Transferable[];
}

/** Threads that run named tasks, one at a time each, first come, first served. */
export interface WorkerPool<Tasks extends WorkerTasks> extends AsyncDisposable {
  readonly size: number;
  /**
   * The result of a task. Errors arrive with class, message, code, fields and causes.
   *
   * An abort rejects at once with the signal's reason and terminates the worker, whatever it is doing. A worker that
   * crashes rejects its task with `WORKER_CRASHED`; another takes its place.
   */
  run<Name extends keyof Tasks & string>(
    task: Name,
    input: Parameters<Tasks[Name]>[0],
    options?: RunOptions,
  ): Promise<TaskResult<ReturnType<Tasks[Name]>>>;
  /** Ends all workers; tasks waiting or running reject with `POOL_CLOSED`. May be called twice. */
  close(): Promise<void>;
}

interface Job {
  readonly request: TaskRequest;
  readonly transfer: readonly Transferable[];
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** A thread and what it is doing. */
interface Seat {
  readonly worker: Worker;
  job: Job | null;
  failure: unknown;
  isEnding: boolean;
}

/** A pool of workers; idle ones do not keep the process alive. */
export function createWorkerPool<Tasks extends WorkerTasks>(options: WorkerPoolOptions): WorkerPool<Tasks> {
  if (!(Number.isInteger(options.size) && options.size >= 1)) {
    throw new InvariantError(`expected a pool size of at least 1, found ${options.size} for ${options.module.href}`);
  }
  const pool = new ThreadPool(options);
  return {
    size: options.size,
    run: (task, input, runOptions = {}) => pool.run(task, input, runOptions) as Promise<never>,
    close: () => pool.close(),
    [Symbol.asyncDispose]: () => pool.close(),
  };
}

class ThreadPool {
  readonly #options: WorkerPoolOptions;
  readonly #entry: URL;
  readonly #seats = new Set<Seat>();
  readonly #queue: Job[] = [];
  #lastId = 0;
  #isClosed = false;

  constructor(options: WorkerPoolOptions) {
    this.#options = options;
    this.#entry = workerEntry(options.module);
  }

  async run(task: string, input: unknown, { signal, transfer = [] }: RunOptions): Promise<unknown> {
    if (this.#isClosed) throw poolClosed(task);
    signal?.throwIfAborted();
    const request = { id: ++this.#lastId, task, input };
    let abort = () => {};
    try {
      return await new Promise<unknown>((resolve, reject) => {
        const job: Job = { request, transfer, resolve, reject };
        abort = () => this.#abandon(job, signal?.reason);
        signal?.addEventListener('abort', abort, { once: true });
        this.#queue.push(job);
        this.#dispatch();
      });
    } finally {
      signal?.removeEventListener('abort', abort);
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const seats = [...this.#seats];
    const jobs = [...this.#queue.splice(0), ...seats.flatMap((seat) => seat.job ?? [])];
    for (const job of jobs) job.reject(poolClosed(job.request.task));
    await Promise.all(seats.map((seat) => end(seat)));
  }

  #dispatch(): void {
    while (this.#queue.length > 0) {
      const seat = this.#freeSeat();
      if (seat === null) return;
      assign(seat, this.#queue.shift()!);
    }
  }

  #freeSeat(): Seat | null {
    for (const seat of this.#seats) if (seat.job === null && !seat.isEnding) return seat;
    // A seat that is ending still counts, so that no more than `size` threads ever compute.
    return this.#seats.size < this.#options.size ? this.#open() : null;
  }

  #open(): Seat {
    const { workerData, resourceLimits } = this.#options;
    const worker = new Worker(this.#entry, { workerData, ...(resourceLimits === undefined ? {} : { resourceLimits }) });
    const seat: Seat = { worker, job: null, failure: undefined, isEnding: false };
    this.#seats.add(seat);
    worker.on('message', (reply: TaskReply) => this.#settle(seat, reply));
    worker.on('messageerror', (error) => this.#unreadable(seat, error));
    worker.on('error', (error: unknown) => void (seat.failure = error));
    worker.on('exit', (exitCode) => this.#vacate(seat, exitCode));
    return seat;
  }

  #settle(seat: Seat, reply: TaskReply): void {
    const { job } = seat;
    if (job === null || job.request.id !== reply.id) return;
    release(seat);
    if (reply.kind === 'done') job.resolve(reply.value);
    else job.reject(reviveError(reply.error));
    this.#dispatch();
  }

  #unreadable(seat: Seat, cause: unknown): void {
    const { job } = seat;
    if (job === null) return;
    release(seat);
    const message = `expected a readable answer to the task "${job.request.task}", found one that cannot be deserialized`;
    job.reject(new AppError(message, { code: 'WORKER_MESSAGE', cause }));
    this.#dispatch();
  }

  #vacate(seat: Seat, exitCode: number): void {
    this.#seats.delete(seat);
    seat.job?.reject(crashed(seat, exitCode, this.#options.module));
    seat.job = null;
    if (!this.#isClosed) this.#dispatch();
  }

  #abandon(job: Job, reason: unknown): void {
    job.reject(reason);
    const waiting = this.#queue.indexOf(job);
    if (waiting >= 0) this.#queue.splice(waiting, 1);
    for (const seat of this.#seats) if (seat.job === job) void end(seat);
  }
}

function assign(seat: Seat, job: Job): void {
  seat.job = job;
  seat.worker.ref();
  try {
    seat.worker.postMessage(job.request, job.transfer);
  } catch (cause) {
    // The worker has not heard of it and is free for the next one.
    release(seat);
    const message = `expected an input that can be sent to a worker, found one that cannot be cloned for the task "${job.request.task}"`;
    job.reject(new InvariantError(message, { code: 'NOT_CLONEABLE', cause }));
  }
}

function release(seat: Seat): void {
  seat.job = null;
  seat.worker.unref();
}

async function end(seat: Seat): Promise<void> {
  seat.isEnding = true;
  seat.job = null;
  // Keeps the process alive until the thread has ended, as tasks may be waiting for its place.
  seat.worker.ref();
  await seat.worker.terminate();
}

function crashed(seat: Seat, exitCode: number, module: URL): AppError {
  const task = seat.job?.request.task;
  return new AppError(`expected the task "${task}" to end, found that its worker crashed with exit code ${exitCode} in ${module.href}`, {
    code: 'WORKER_CRASHED',
    fields: { task, exitCode, module: module.href },
    cause: seat.failure,
  });
}

function poolClosed(task: string): AppError {
  return new AppError(`expected an open worker pool, found it closed while the task "${task}" was waiting or running`, {
    code: 'POOL_CLOSED',
    fields: { task },
  });
}
