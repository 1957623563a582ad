import { MessageChannel } from 'node:worker_threads';

import { createWorkerPool, type WorkerPool } from '../../core/worker-pool.js';
import { sharedInt32 } from '../../dataset/shared-array.js';
import type { FitEvent } from '../forecaster.js';
import type { TrainMessage, TrainResult, TrainTask } from './ranker-tasks.js';
import type { RankerTasks } from './train-worker.js';

let thread: WorkerPool<RankerTasks> | null = null;

/**
 * The one thread that calls LightGBM in this process; it starts at first use and does not keep the process alive.
 *
 * There is one because LightGBM keeps the number of its threads for the whole process: training with two while another
 * training, which has made room for one, goes on, would write past that one's end. Within a call all threads that it was given work.
 */
export function rankerThread(): WorkerPool<RankerTasks> {
  thread ??= createWorkerPool<RankerTasks>({ module: new URL('./train-worker.js', import.meta.url), size: 1 });
  return thread;
}

/**
 * Learns a model on the ranker's thread; `push` gets each event while it runs.
 *
 * An abort ends it after the round it is in. The thread is not terminated, as the pool would do, because what LightGBM holds
 * would never be freed.
 * @throws the signal's reason
 */
export async function trainOnThread(task: Omit<TrainTask, 'stop' | 'events'>, push: (event: FitEvent) => void, signal: AbortSignal): Promise<TrainResult> {
  signal.throwIfAborted();
  const stop = sharedInt32(1);
  const tell = (): void => void Atomics.store(stop, 0, 1);
  signal.addEventListener('abort', tell, { once: true });
  const { port1, port2 } = new MessageChannel();
  const delivered = new Promise<void>((resolve) => {
    port1.on('message', (message: TrainMessage) => (message === null ? resolve() : push(message)));
    port1.on('close', () => resolve());
  });
  try {
    const result = await rankerThread().run('train', { ...task, stop, events: port2 }, { transfer: [port2] });
    await delivered; // the result may overtake the last events
    signal.throwIfAborted();
    return result;
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', tell);
    port1.close();
  }
}
