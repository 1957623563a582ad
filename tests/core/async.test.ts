import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Retry, mapConcurrent, retry, sleep, throwIfAborted } from '../../src/core/async.js';
import { ProviderError } from '../../src/core/errors.js';
import { createRng } from '../../src/core/rng.js';

const busy = () => new ProviderError('the vendor is busy', { code: 'BUSY', retryable: true });

describe('mapConcurrent', () => {
  it('keeps the order of the items and the bound, whatever the durations', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: 4 }), { maxLength: 12 }), fc.integer({ min: 1, max: 5 }), async (durations, concurrency) => {
        let running = 0;
        let most = 0;
        const results = await mapConcurrent(durations, { concurrency }, async (duration, _signal, index) => {
          most = Math.max(most, ++running);
          await sleep(duration);
          running -= 1;
          return `${index}:${duration}`;
        });
        expect(results).toEqual(durations.map((duration, index) => `${index}:${duration}`));
        expect(most).toBe(Math.min(concurrency, durations.length));
      }),
      { numRuns: 20 },
    );
  });

  it('throws the first error, aborts the others, and starts no more', async () => {
    const failure = new Error('third failed');
    const started: number[] = [];
    const aborted: number[] = [];
    const work = mapConcurrent([0, 1, 2, 3, 4, 5], { concurrency: 3 }, async (item, signal) => {
      started.push(item);
      if (item === 2) throw failure;
      await sleep(10_000, signal).catch((error: unknown) => {
        aborted.push(item);
        throw error;
      });
    });
    await expect(work).rejects.toBe(failure);
    expect(started).toEqual([0, 1, 2]);
    expect(aborted).toEqual([0, 1]);
  });

  it('rejects only when nothing runs any more', async () => {
    let ended = false;
    const work = mapConcurrent([0, 1], { concurrency: 2 }, async (item) => {
      if (item === 0) throw new Error('first');
      await sleep(20); // deaf to the signal
      ended = true;
    });
    await expect(work).rejects.toThrow('first');
    expect(ended).toBe(true);
  });

  it('stops with the reason of an abort from outside', async () => {
    const controller = new AbortController();
    const reason = new Error('operator stopped it');
    const work = mapConcurrent([0, 1, 2], { concurrency: 2, signal: controller.signal }, (_item, signal) => sleep(10_000, signal));
    controller.abort(reason);
    await expect(work).rejects.toBe(reason);
    const never = vi.fn();
    await expect(mapConcurrent([1], { concurrency: 1, signal: controller.signal }, never)).rejects.toBe(reason);
    expect(never).not.toHaveBeenCalled();
  });

  it('takes any iterable, and rejects a concurrency below 1', async () => {
    expect(await mapConcurrent(new Set([1, 2]), { concurrency: 8 }, (item) => item * 2)).toEqual([2, 4]);
    for (const concurrency of [0, 1.5, NaN]) await expect(mapConcurrent([], { concurrency }, () => 1)).rejects.toThrow(`found ${concurrency}`);
  });
});

describe('sleep', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('waits as long as asked', async () => {
    let awake = false;
    const waiting = sleep(1000).then(() => (awake = true));
    await vi.advanceTimersByTimeAsync(999);
    expect(awake).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await waiting;
    expect(awake).toBe(true);
  });

  it('ends at once on an abort and leaves no timer behind', async () => {
    const controller = new AbortController();
    const waiting = sleep(1_000_000, controller.signal);
    expect(vi.getTimerCount()).toBe(1);
    controller.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    expect(vi.getTimerCount()).toBe(0);
    await expect(sleep(5, controller.signal)).rejects.toThrow('enough');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('rejects a wait that a timer cannot hold', () => {
    for (const ms of [-1, NaN, 2 ** 31]) expect(() => sleep(ms)).toThrow(`found ${ms}`);
  });
});

describe('retry', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());
  const policy = { attempts: 5, baseDelayMs: 100, maxDelayMs: 350, factor: 2 };

  it('tries again with growing waits until it succeeds', async () => {
    const retries: Retry[] = [];
    const calls: number[] = [];
    const work = retry(
      (attempt) => {
        calls.push(Date.now());
        if (attempt < 4) throw busy();
        return 'done';
      },
      policy,
      { onRetry: (event) => retries.push(event) },
    );
    await vi.runAllTimersAsync();
    expect(await work).toBe('done');
    expect(retries.map(({ attempt, delayMs }) => [attempt, delayMs])).toEqual([[1, 100], [2, 200], [3, 350]]);
    expect(calls.slice(1).map((time, index) => time - calls[index])).toEqual([100, 200, 350]);
    expect(retries[0].error.code).toBe('BUSY');
  });

  it('throws the last error when all attempts fail', async () => {
    const fn = vi.fn((attempt: number) => Promise.reject(new ProviderError(`failure ${attempt}`, { code: 'BUSY', retryable: true })));
    const work = expect(retry(fn, policy)).rejects.toThrow('failure 5');
    await vi.runAllTimersAsync();
    await work;
    expect(fn).toHaveBeenCalledTimes(5);
  });

  it('does not retry other errors', async () => {
    for (const error of [new ProviderError('no such key', { code: 'UNAUTHORIZED' }), new TypeError('bug')]) {
      const fn = vi.fn(() => Promise.reject(error));
      await expect(retry(fn, policy)).rejects.toBe(error);
      expect(fn).toHaveBeenCalledTimes(1);
    }
  });

  it('stops waiting when aborted', async () => {
    const controller = new AbortController();
    const fn = vi.fn(() => Promise.reject(busy()));
    const work = retry(fn, policy, { signal: controller.signal });
    await vi.advanceTimersByTimeAsync(50);
    controller.abort(new Error('enough'));
    await expect(work).rejects.toThrow('enough');
    expect(fn).toHaveBeenCalledTimes(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('shortens waits at random by up to one half, the same way for the same seed', async () => {
    const waits = async (seed: number) => {
      const delays: number[] = [];
      const flat = { attempts: 40, baseDelayMs: 100, maxDelayMs: 100, factor: 1, jitter: createRng(seed) };
      const work = retry(() => Promise.reject(busy()), flat, { onRetry: ({ delayMs }) => delays.push(delayMs) }).catch(() => delays);
      await vi.runAllTimersAsync();
      return (await work);
    };
    const delays = await waits(1);
    expect(delays).toHaveLength(39);
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(50);
    expect(Math.max(...delays)).toBeLessThanOrEqual(100);
    expect(new Set(delays).size).toBe(39);
    expect(await waits(1)).toEqual(delays);
    expect(await waits(2)).not.toEqual(delays);
  });

  it('waits at least as long as an error asks for, also longer than the policy would', async () => {
    const delays: number[] = [];
    const asked = [1000, 0, 150];
    const work = retry((attempt) => (attempt < 4 ? Promise.reject(new ProviderError('later', { code: 'BUSY', retryable: true, fields: { pause: asked[attempt - 1] } })) : 'done'), policy, { leastDelayMs: ({ fields }) => Number(fields['pause']), onRetry: ({ delayMs }) => delays.push(delayMs) });
    await vi.runAllTimersAsync();
    expect(await work).toBe('done');
    expect(delays).toEqual([1000, 200, 350]);
  });

  it('rejects a policy that makes no sense', async () => {
    for (const wrong of [{ attempts: 0 }, { baseDelayMs: -1 }, { maxDelayMs: 50 }, { factor: 0.5 }, { maxDelayMs: NaN }]) {
      await expect(retry(() => 1, { ...policy, ...wrong })).rejects.toThrow(/retry policy/);
    }
  });
});

describe('throwIfAborted', () => {
  it('throws the reason of an aborted signal only', () => {
    expect(() => throwIfAborted(undefined)).not.toThrow();
    expect(() => throwIfAborted(new AbortController().signal)).not.toThrow();
    expect(() => throwIfAborted(AbortSignal.abort(new Error('enough')))).toThrow('enough');
  });
});
