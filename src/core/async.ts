import { AppError, InvariantError } from './errors.js';
import type { Rng } from './rng.js';

export interface MapOptions {
  /** How many calls may run at a time, at least 1. */
  readonly concurrency: number;
  readonly signal?: AbortSignal | undefined;
}

/** How often, and after which waits, a call is tried. */
export interface RetryPolicy {
  /** Calls in all, at least 1. */
  readonly attempts: number;
  /** Wait after the first failure. */
  readonly baseDelayMs: number;
  /** No wait is longer. */
  readonly maxDelayMs: number;
  /** By how much each wait exceeds the one before, at least 1. */
  readonly factor: number;
  /** When given, each wait is shortened by a random part of up to one half, so that many clients do not return at once. */
  readonly jitter?: Rng;
}

export interface Retry {
  /** The call that failed, counted from 1. */
  readonly attempt: number;
  readonly delayMs: number;
  readonly error: AppError;
}

export interface RetryOptions {
  readonly signal?: AbortSignal | undefined;
  /** Least wait after an error, such as the one that a server asked for; it may exceed the policy's longest. */
  readonly leastDelayMs?: (error: AppError) => number;
  readonly onRetry?: (retry: Retry) => void;
}

const MAX_TIMER_MS = 2 ** 31 - 1;

/** Throws the signal's reason when it has been aborted. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  signal?.throwIfAborted();
}

/** Waits `ms` milliseconds; rejects with the signal's reason, and leaves no timer, when aborted. */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  if (!(ms >= 0 && ms <= MAX_TIMER_MS)) throw new InvariantError(`expected 0 to ${MAX_TIMER_MS} milliseconds, found ${ms} in sleep`);
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason as Error);
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal?.addEventListener('abort', stop, { once: true });
  });
}

/**
 * The results of `fn` for every item, in the order of the items, at most `concurrency` calls at a time.
 *
 * The first error, or an abort, starts no further call and aborts the signal that the running calls received. The
 * promise rejects when these have ended, so nothing runs on behind it.
 */
export async function mapConcurrent<Item, Result>(
  items: Iterable<Item>,
  options: MapOptions,
  fn: (item: Item, signal: AbortSignal, index: number) => Promise<Result> | Result,
): Promise<Result[]> {
  const { concurrency, signal } = options;
  requireCount(concurrency, 'concurrency of mapConcurrent');
  throwIfAborted(signal);
  const controller = new AbortController();
  const forward = () => controller.abort(signal?.reason);
  signal?.addEventListener('abort', forward, { once: true });
  try {
    return await drain(Array.from(items), { concurrency, controller }, fn);
  } finally {
    signal?.removeEventListener('abort', forward);
  }
}

async function drain<Item, Result>(
  items: readonly Item[],
  options: { readonly concurrency: number; readonly controller: AbortController },
  fn: (item: Item, signal: AbortSignal, index: number) => Promise<Result> | Result,
): Promise<Result[]> {
  const { concurrency, controller } = options;
  const { signal } = controller;
  const results = new Array<Result>(items.length);
  let next = 0;
  const lane = async () => {
    while (next < items.length && !signal.aborted) {
      const index = next++;
      try {
        results[index] = await fn(items[index], signal, index);
      } catch (error) {
        // Only the first abort sets the reason: errors that it causes elsewhere do not hide it.
        controller.abort(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, items.length) }, lane));
  throwIfAborted(signal);
  return results;
}

/**
 * The result of `fn`, tried again after errors that say `retryable`; any other error, and the last one, is thrown on.
 * Waits grow geometrically from `baseDelayMs` to `maxDelayMs`; an abort ends a wait at once.
 */
export async function retry<Result>(
  fn: (attempt: number) => Promise<Result> | Result,
  policy: RetryPolicy,
  options: RetryOptions = {},
): Promise<Result> {
  requirePolicy(policy);
  for (let attempt = 1; ; attempt++) {
    throwIfAborted(options.signal);
    try {
      return await fn(attempt);
    } catch (error) {
      throwIfAborted(options.signal);
      if (!(error instanceof AppError && error.retryable) || attempt >= policy.attempts) throw error;
      const delayMs = Math.max(delayAfter(attempt, policy), options.leastDelayMs?.(error) ?? 0);
      options.onRetry?.({ attempt, delayMs, error });
      await sleep(delayMs, options.signal);
    }
  }
}

function delayAfter(attempt: number, policy: RetryPolicy): number {
  const full = Math.min(policy.maxDelayMs, policy.baseDelayMs * policy.factor ** (attempt - 1));
  return policy.jitter === undefined ? full : full * (1 - 0.5 * policy.jitter.float());
}

function requirePolicy(policy: RetryPolicy): void {
  const { attempts, baseDelayMs, maxDelayMs, factor } = policy;
  requireCount(attempts, 'attempts of a retry policy');
  if (!(baseDelayMs >= 0 && maxDelayMs >= baseDelayMs && maxDelayMs <= MAX_TIMER_MS && factor >= 1)) {
    const found = JSON.stringify({ baseDelayMs, maxDelayMs, factor });
    throw new InvariantError(`expected 0 <= baseDelayMs <= maxDelayMs and factor >= 1, found ${found} in a retry policy`);
  }
}

function requireCount(count: number, where: string): void {
  if (Number.isInteger(count) && count >= 1) return;
  throw new InvariantError(`expected a whole number of at least 1, found ${count} in ${where}`);
}
