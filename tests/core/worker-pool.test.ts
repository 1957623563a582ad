import { spawnSync } from 'node:child_process';
import { afterEach, describe, expect, it } from 'vitest';
import { sleep } from '../../src/core/async.js';
import { AppError, InvariantError, ProviderError } from '../../src/core/errors.js';
import { type WorkerPool, createWorkerPool } from '../../src/core/worker-pool.js';
import type { PoolTasks } from './fixtures/pool-worker.js';

// As built code would name it: the source is found beside it.
const module = new URL('./fixtures/pool-worker.js', import.meta.url);
const pools: WorkerPool<PoolTasks>[] = [];

function open(size: number, workerData?: unknown): WorkerPool<PoolTasks> {
  const pool = createWorkerPool<PoolTasks>({ module, size, workerData });
  pools.push(pool);
  return pool;
}

afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()));
});

/** A task that never yields, together with the means to see whether it still runs. */
function spin(pool: WorkerPool<PoolTasks>, signal?: AbortSignal) {
  const flag = new Int32Array(new SharedArrayBuffer(8));
  const running = pool.run('spin', { flag }, { signal });
  running.catch(() => {});
  const started = (async () => {
    while (Atomics.load(flag, 0) === 0) await sleep(1);
  })();
  return { running, started, turns: () => Atomics.load(flag, 1) };
}

describe('run', () => {
  it('runs tasks by name and keeps answers apart', async () => {
    const pool = open(2);
    const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => pool.run('add', { left: index, right: 1 })));
    expect(answers).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  });

  it('runs as many tasks at a time as there are workers, each worker one', async () => {
    const pool = open(2);
    const [first, second] = [spin(pool), spin(pool)];
    await Promise.all([first.started, second.started]);
    const third = pool.run('add', { left: 1, right: 1 }).then(() => 'ran', () => 'rejected');
    expect(await Promise.race([third, sleep(50).then(() => 'waiting')])).toBe('waiting');
  });

  it('keeps a worker and starts a second one only when needed', async () => {
    const pool = open(4);
    for (let call = 1; call <= 3; call++) expect(await pool.run('countCalls', undefined)).toBe(call);
  });

  it('gives data to every worker', async () => {
    expect(await open(1, { threads: 3 }).run('readWorkerData', undefined)).toEqual({ threads: 3 });
  });

  it('moves buffers both ways instead of copying them', async () => {
    const values = Float64Array.of(1, 2, 3);
    const { result, length } = await open(1).run('doubled', values, { transfer: [values.buffer] });
    expect([...result]).toEqual([2, 4, 6]);
    expect(length).toBe(3);
    expect(values.length).toBe(0);
  });

  it('rejects an unknown task, naming those that exist', async () => {
    const pool = open(1);
    const run = (pool.run as (task: string, input: unknown) => Promise<unknown>)('toString', 1);
    await expect(run).rejects.toMatchObject({ name: 'InvariantError', code: 'UNKNOWN_TASK', message: expect.stringMatching(/add, slowly.*found "toString"/) });
  });

  it('rejects an input or a result that cannot be sent, and goes on', async () => {
    const pool = open(1);
    await expect(pool.run('add', { left: 1, right: (() => 1) as never })).rejects.toMatchObject({ name: 'InvariantError', code: 'NOT_CLONEABLE' });
    await expect(pool.run('returnFunction', undefined)).rejects.toThrow(/could not be cloned/);
    expect(await pool.run('countCalls', undefined)).toBe(1);
  });
});

describe('errors', () => {
  it('arrive with class, name, code, fields and causes', async () => {
    const error: unknown = await open(1).run('failWithQuota', undefined).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ProviderError);
    expect(error).toMatchObject({ name: 'QuotaError', message: 'quota used up', code: 'QUOTA', retryable: true });
    const { fields, cause, stack } = error as ProviderError;
    expect(fields).toEqual({ vendor: 'acme', left: 0, callback: '() => 1' });
    expect(stack).toContain('pool-worker');
    expect(cause).toBeInstanceOf(TypeError);
    expect(cause).toMatchObject({ message: 'bad payload', code: 'ENOENT', cause: { message: expect.stringContaining('a text') } });
  });

  it('name what was thrown when it is no error, and leave the worker in place', async () => {
    const pool = open(1);
    await pool.run('countCalls', undefined);
    await expect(pool.run('throwText', undefined)).rejects.toThrow('just a text');
    expect(await pool.run('countCalls', undefined)).toBe(2);
  });

  it('reject the task of a worker that crashes, and another worker takes over', async () => {
    const pool = open(1);
    expect(await pool.run('countCalls', undefined)).toBe(1);
    const crash = pool.run('crash', undefined);
    const next = pool.run('countCalls', undefined);
    await expect(crash).rejects.toMatchObject({
      name: 'AppError',
      code: 'WORKER_CRASHED',
      fields: { task: 'crash', exitCode: 1 },
      cause: expect.objectContaining({ message: 'thrown outside of any task' }),
    });
    expect(await next).toBe(1);
  });

  it('reject the task of a worker that exits', async () => {
    await expect(open(1).run('exit', undefined)).rejects.toMatchObject({ code: 'WORKER_CRASHED', fields: { exitCode: 3 } });
  });

  it('reject every task when the module cannot be loaded', async () => {
    const pool = createWorkerPool<PoolTasks>({ module: new URL('./fixtures/absent.js', import.meta.url), size: 1 });
    const runs = [pool.run('countCalls', undefined), pool.run('countCalls', undefined)];
    for (const outcome of await Promise.allSettled(runs)) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'WORKER_CRASHED', message: expect.stringContaining('absent.js') } });
    }
    await pool.close();
  });
});

describe('abort', () => {
  it('terminates a worker that never yields, and frees its place', async () => {
    const pool = open(1);
    const controller = new AbortController();
    const task = spin(pool, controller.signal);
    await task.started;
    const next = pool.run('add', { left: 2, right: 2 });
    const reason = new Error('enough');
    controller.abort(reason);
    await expect(task.running).rejects.toBe(reason);
    expect(await next).toBe(4);
    const turns = task.turns();
    await sleep(20);
    expect(task.turns()).toBe(turns);
  });

  it('takes a waiting task from the queue and leaves the running one alone', async () => {
    const pool = open(1);
    const controller = new AbortController();
    const running = pool.run('slowly', { ms: 50, value: 'finished' });
    const waiting = pool.run('countCalls', undefined, { signal: controller.signal });
    const last = pool.run('countCalls', undefined);
    controller.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    expect(await running).toBe('finished');
    expect(await last).toBe(1);
    await expect(pool.run('countCalls', undefined, { signal: controller.signal })).rejects.toThrow('enough');
  });

  it('does nothing after the task has ended', async () => {
    const pool = open(1);
    const controller = new AbortController();
    expect(await pool.run('countCalls', undefined, { signal: controller.signal })).toBe(1);
    controller.abort();
    expect(await pool.run('countCalls', undefined)).toBe(2);
  });
});

describe('close', () => {
  it('rejects what runs and what waits, and ends the threads', async () => {
    const pool = open(1);
    const task = spin(pool);
    await task.started;
    const waiting = pool.run('add', { left: 1, right: 1 });
    const outcomes = Promise.allSettled([task.running, waiting, pool.close()]);
    for (const outcome of (await outcomes).slice(0, 2)) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'POOL_CLOSED' } });
      expect((outcome as PromiseRejectedResult).reason).toBeInstanceOf(AppError);
    }
    const turns = task.turns();
    await sleep(20);
    expect(task.turns()).toBe(turns);
    await pool.close();
    await expect(pool.run('add', { left: 1, right: 1 })).rejects.toMatchObject({ code: 'POOL_CLOSED' });
  });

  it('is not needed for the process to end', () => {
    const child = runScript(`
      const { createWorkerPool } = await import(${JSON.stringify(new URL('../../src/core/worker-pool.ts', import.meta.url).href)});
      const pool = createWorkerPool({ module: new URL(${JSON.stringify(module.href)}), size: 2 });
      console.log(await pool.run('add', { left: 1, right: 2 }));
    `);
    expect({ stdout: child.stdout, status: child.status, signal: child.signal }).toEqual({ stdout: '3\n', status: 0, signal: null });
  });
});

describe('wrong use', () => {
  it('is rejected at once', () => {
    for (const size of [0, 1.5]) expect(() => createWorkerPool({ module, size })).toThrow(InvariantError);
  });

  it('includes serving tasks outside of a worker that a pool started', () => {
    // Vitest may run tests in worker threads of its own, where this cannot be seen.
    const child = runScript(`await import(${JSON.stringify(new URL('./fixtures/pool-worker.ts', import.meta.url).href)});`);
    expect(child.stderr).toContain('expected a worker thread, found the main thread in serveTasks');
  });
});

/** Runs a script in a process of its own that finds TypeScript sources under their built names. */
function runScript(script: string) {
  const hooks = `
    import { registerHooks } from 'node:module';
    registerHooks({ resolve: (specifier, context, next) =>
      next(specifier.startsWith('.') ? specifier.replace(/\\.js$/, '.ts') : specifier, context) });
  `;
  return spawnSync(process.execPath, ['--input-type=module', '--eval', hooks + script], { encoding: 'utf8', timeout: 20_000 });
}
