import { availableParallelism } from 'node:os';

/** Threads that this machine runs at a time; only ever to be used where results do not depend on it. */
export function availableThreads(): number {
  return availableParallelism();
}
