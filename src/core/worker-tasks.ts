import { parentPort, type Transferable } from 'node:worker_threads';
import { type ErrorRecord, recordError } from './error-transfer.js';
import { InvariantError } from './errors.js';

/** Functions that a worker module offers by name; one input, one result, both structured-cloneable. */
export type WorkerTasks = Readonly<Record<string, (input: never) => unknown>>;

/** A result whose buffers move to the caller instead of being copied. */
export interface Transferred<Value> {
  readonly value: Value;
  readonly transfer: readonly Transferable[];
  readonly [TRANSFERRED]: true;
}

/** What a task's caller receives. */
export type TaskResult<Returned> = Awaited<Returned> extends Transferred<infer Value> ? Value : Awaited<Returned>;

/** What the pool sends. */
export interface TaskRequest {
  readonly id: number;
  readonly task: string;
  readonly input: unknown;
}

/** What the worker answers. */
export type TaskReply =
  | { readonly kind: 'done'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'failed'; readonly id: number; readonly error: ErrorRecord };

const TRANSFERRED = Symbol('transferred');

/**
 * Answers the tasks of a worker pool; a worker module calls it once, when it is loaded.
 *
 *     export type RankerTasks = typeof tasks;
 *     const tasks = { fit: (input: FitInput) => fit(input) };
 *     serveTasks(tasks);
 *
 * @throws InvariantError on the main thread
 */
export function serveTasks(tasks: WorkerTasks): void {
  const port = parentPort;
  if (port === null) throw new InvariantError('expected a worker thread, found the main thread in serveTasks');
  port.on('message', (request: TaskRequest) => {
    void answer(tasks, request, (reply, transfer) => port.postMessage(reply, transfer));
  });
}

/** Marks buffers of a task's result to be moved: they are empty in the worker afterwards. */
export function transferring<Value>(value: Value, transfer: readonly Transferable[]): Transferred<Value> {
  return { value, transfer, [TRANSFERRED]: true };
}

type Post = (reply: TaskReply, transfer: Transferable[]) => void;

async function answer(tasks: WorkerTasks, { id, task, input }: TaskRequest, post: Post): Promise<void> {
  try {
    const returned = await find(tasks, task)(input as never);
    if (isTransferred(returned)) post({ kind: 'done', id, value: returned.value }, [...returned.transfer]);
    else post({ kind: 'done', id, value: returned }, []);
  } catch (error) {
    // A result that cannot be cloned ends here too.
    post({ kind: 'failed', id, error: recordError(error) }, []);
  }
}

function find(tasks: WorkerTasks, task: string): (input: never) => unknown {
  if (Object.hasOwn(tasks, task)) return tasks[task];
  throw new InvariantError(`expected one of the tasks ${Object.keys(tasks).join(', ')}, found "${task}" in a worker`, {
    code: 'UNKNOWN_TASK',
    fields: { task, known: Object.keys(tasks) },
  });
}

function isTransferred(returned: unknown): returned is Transferred<unknown> {
  return typeof returned === 'object' && returned !== null && TRANSFERRED in returned;
}
