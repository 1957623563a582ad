import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';

import { diagnose, ok, warn, type Check, type CheckResult, type DoctorSurroundings } from '../../src/cli/doctor/check.js';
import { lightgbm, tensorBackends } from '../../src/cli/doctor/backends.js';
import { configuration, store } from '../../src/cli/doctor/data.js';
import { calendarToday, folderAndDisk } from '../../src/cli/doctor/machine.js';
import { chromium, tslab } from '../../src/cli/doctor/notebooks.js';
import { keys, mlflow } from '../../src/cli/doctor/services.js';
import { loadConfig } from '../../src/config/load.js';
import { fixedClock } from '../../src/core/clock.js';
import { DATASETS } from '../../src/data/datasets.js';
import { Store } from '../../src/data/store/store.js';
import { folderWith } from '../config/folder.js';
import { swing } from './run.js';

const commands = [() => import('../../src/cli/commands/doctor.js')];
/** 18:00 in New York on Friday 2025-08-22. */
const clock = fixedClock(Date.UTC(2025, 7, 22, 22));

async function surroundings(files: Readonly<Record<string, string | Uint8Array>> = {}, env: NodeJS.ProcessEnv = {}): Promise<DoctorSurroundings> {
  const cwd = await folderWith(files);
  const config = await loadConfig({ cwd }).catch((error: unknown) => error as Error);
  return { cwd, env, clock, signal: new AbortController().signal, config };
}

const run = async (check: Check, files?: Readonly<Record<string, string | Uint8Array>>, env?: NodeJS.ProcessEnv): Promise<CheckResult> => check.run(await surroundings(files, env));

describe('swing doctor', () => {
  it('finds all that is required in a new project and ends with 0', async () => {
    const cwd = await folderWith({ 'config.yaml': '' });
    const { code, stdout, stderr } = await swing(['doctor', '--json'], { cwd, commands, clock });
    const report = JSON.parse(stdout);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(report.ok).toBe(true);
    const required = report.checks.filter((check: { required: boolean }) => check.required);
    expect(required.map(({ name, state }: { name: string; state: string }) => `${name}: ${state}`)).toEqual(['Node: ok', 'DuckDB: ok', 'Bundled sample: ok', 'Configuration: ok', 'Store: warn', 'Project folder: ok', 'Clock and calendar: ok'].map((line) => (line.startsWith('Project folder') ? expect.stringMatching(/^Project folder: (ok|warn)$/) : line)));
    for (const { name, state, mend } of report.checks) if (state !== 'ok') expect(mend, name).not.toBe('');
  });

  it('ends with 7 when something required is missing, and says what', async () => {
    const cwd = await folderWith({ 'config.yaml': 'seed: x\n' });
    const { code, stdout } = await swing(['doctor'], { cwd, commands, clock });
    expect(code).toBe(7);
    expect(stdout).toContain('config.yaml:1:7: seed: expected a whole number');
    expect(stdout).toMatch(/To be mended: Configuration, Store\.\n$/);
  });

  it('never prints a secret', async () => {
    const cwd = await folderWith({});
    const env = { POLYGON_API_KEY: 'super-secret-1', OPENAI_API_KEY: 'super-secret-2', MLFLOW_TRACKING_URI: 'http://me:super-secret-3@127.0.0.1:9' };
    for (const argv of [['doctor'], ['doctor', '--json']]) {
      const { stdout, stderr } = await swing(argv, { cwd, commands, clock, env });
      expect(stdout + stderr).not.toContain('super-secret');
      expect(stdout).toContain('POLYGON_API_KEY');
    }
  });
});

describe('a check', () => {
  it('that throws is missing, with the error as what was found', async () => {
    const checks: Check[] = [
      { name: 'one', required: true, run: () => Promise.reject(new Error('broken')) },
      { name: 'two', required: false, run: async () => ok('fine') },
    ];
    expect(await diagnose(checks, await surroundings())).toEqual([
      { name: 'one', required: true, state: 'missing', found: 'broken', mend: '' },
      { name: 'two', required: false, state: 'ok', found: 'fine', mend: '' },
    ]);
  });

  it('of the configuration repeats every problem', async () => {
    expect(await run(configuration, { 'config.yaml': 'seed: x\nzzz: 1\n' })).toMatchObject({ state: 'missing', found: expect.stringContaining('2 problems') });
    expect(await run(configuration)).toMatchObject({ state: 'warn', found: 'no file, defaults' });
  });

  it('of the store tells what it holds, and that it is damaged', async () => {
    const around = await surroundings({ 'config.yaml': '' });
    const rows = { rowCount: 2, columns: { series_id: ['VIX', 'VIX'], observation_date: Int32Array.of(19_000, 19_001), value: Float64Array.of(20, 21) } };
    const write = { dataset: 'macro', schema: DATASETS.macro, provider: 'files', provenance: { source: 'a test', licence: 'CC0-1.0' }, batches: [rows], mode: 'replace' } as const;
    await (await Store.open(join(around.cwd, 'store'))).commit([write], { clock });
    expect(await store.run(around)).toEqual(ok('macro 2 to 2022-01-09'));
    const [diagnosis] = await diagnose([store], await surroundings({ 'config.yaml': '', 'store/manifest.json': '{' }));
    expect(diagnosis).toMatchObject({ state: 'missing', found: expect.stringContaining('manifest') });
  });

  it('of the folder looks at the nearest one that exists', async () => {
    const around = await surroundings({ 'config.yaml': 'paths: { store: a/b/c }\n' });
    expect((await folderAndDisk.run(around)).found).toContain(`${around.cwd} may be written`);
  });

  it('of the clock tells the session that was decided last', async () => {
    expect((await run(calendarToday)).found).toBe('2025-08-22 in New York, last decided session 2025-08-21, next session 2025-08-25');
    expect((await run(calendarToday, { 'config.yaml': 'clock: { decisionTime: "17:00" }' })).found).toContain('last decided session 2025-08-22');
    const early = { ...(await surroundings()), clock: fixedClock(Date.UTC(1999, 0, 5)) };
    expect((await calendarToday.run(early)).state).toBe('warn');
  });

  it('of a key says set or not set', async () => {
    const [first] = keys;
    expect(first.name).toBe('POLYGON_API_KEY');
    expect(await run(first, {}, { POLYGON_API_KEY: 'abc' })).toEqual(ok('set'));
    expect(await run(first, {}, { POLYGON_API_KEY: '' })).toMatchObject({ state: 'missing', found: 'not set' });
  });

  it('of LightGBM wants a native library where the variable says', async () => {
    const elf = Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0);
    const files = { 'lib.so': elf, 'text.so': 'not a library' };
    expect(await run(lightgbm, files, { LIGHTGBM_LIB: 'lib.so' })).toMatchObject({ state: 'ok', found: expect.stringContaining('lib.so') });
    expect(await run(lightgbm, files, { LIGHTGBM_LIB: 'text.so' })).toMatchObject({ state: 'missing', found: expect.stringContaining('is not a native library') });
    expect(await run(lightgbm, files, { LIGHTGBM_LIB: 'none.so' })).toMatchObject({ state: 'missing', found: expect.stringContaining('none.so') });
  });

  it('of the tensor backend opens it in a process of its own and says why it was taken', { timeout: 60_000 }, async () => {
    const [taken, native, gpu] = await Promise.all(tensorBackends.map((check) => run(check, {})));
    expect(taken).toMatchObject({ state: 'ok', mend: '' });
    expect(taken.found).toMatch(/^(wasm: WebAssembly with own kernels: no GPU to use \(.+\)|gpu: .+) \(@tensorflow\/tfjs-core 4\./);
    for (const one of [native, gpu]) if (one.state !== 'ok') expect(one).toMatchObject({ state: 'missing', found: expect.stringContaining('expected'), mend: expect.stringContaining('npm run native') });
  });

  it('of a program runs the one on the PATH', async () => {
    expect(await run(chromium, {}, { PATH: '/nonexistent' })).toMatchObject({ state: 'missing', found: 'not installed' });
    const around = await surroundings({ 'bin/chromium': '#!/bin/sh\necho "Chromium 99.1 of test"\n' });
    const { chmod } = await import('node:fs/promises');
    await chmod(join(around.cwd, 'bin/chromium'), 0o755);
    const found = await chromium.run({ ...around, env: { PATH: `/nonexistent:${join(around.cwd, 'bin')}:/bin` } });
    expect(found).toEqual(ok(`Chromium 99.1 of test (${join(around.cwd, 'bin/chromium')})`));
  });

  it('of tslab finds it in the project', async () => {
    expect(await run(tslab, { 'notebooks/node_modules/tslab/package.json': '{"version":"1.0.99"}' })).toEqual(ok('1.0.99'));
  });
});

describe('the check of MLflow', () => {
  const serve = async (answer: (path: string, authorization: string | undefined) => number | null): Promise<string> => {
    const server = createServer((request, response) => {
      const status = answer(request.url ?? '', request.headers.authorization);
      if (status !== null) response.writeHead(status).end('{}');
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    return `127.0.0.1:${(server.address() as AddressInfo).port}`;
  };

  it('asks the server what changes nothing, with the login of the address', async () => {
    const asked: unknown[] = [];
    const host = await serve((...question) => {
      asked.push(question);
      return 200;
    });
    expect(await run(mlflow, {}, { MLFLOW_TRACKING_URI: `http://me:pa%20ss@${host}/base/` })).toEqual(ok(`answers at http://***@${host}/base/`));
    expect(asked).toEqual([['/base/api/2.0/mlflow/experiments/search?max_results=1', `Basic ${Buffer.from('me:pa ss').toString('base64')}`]]);
  });

  it('tells another server from one that does not answer in time', async () => {
    const other = await serve(() => 404);
    expect(await run(mlflow, {}, { MLFLOW_TRACKING_URI: `http://${other}` })).toMatchObject({ state: 'warn', found: expect.stringContaining('status 404') });
    const silent = await serve(() => null);
    const started = performance.now();
    expect(await run(mlflow, {}, { MLFLOW_TRACKING_URI: `http://${silent}` })).toMatchObject({ state: 'missing', found: expect.stringContaining('no answer') });
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it('takes the address of the configuration, says what to do where the server keeps one out, and what waits', async () => {
    const guarded = await serve((_, authorization) => (authorization === undefined ? 401 : 200));
    const files = { 'config.yaml': `tracking: { mlflow: { url: "http://${guarded}" } }\n` };
    expect(await run(mlflow, files, { MLFLOW_TRACKING_URI: 'http://127.0.0.1:9' })).toMatchObject({ state: 'warn', found: `http://${guarded} answers with status 401`, mend: expect.stringContaining('set MLFLOW_TRACKING_USERNAME') });
    const waiting = { ...files, 'runs/tracking/spool/000001/job.json': JSON.stringify({ job: { kind: 'promotion', registered: 'a', model: 'b', alias: 'c' }, writer: null }) };
    expect(await run(mlflow, waiting, { MLFLOW_TRACKING_TOKEN: 'x' })).toEqual(warn(`answers at http://${guarded}; one record waits to be sent`, 'send them with: swing runs sync'));
    expect(await run(mlflow, { 'config.yaml': 'tracking: { mlflow: { enabled: false } }\n' }, { MLFLOW_TRACKING_URI: `http://${guarded}` })).toMatchObject({ state: 'missing', found: 'tracking.mlflow.enabled is false' });
  });

  it.each([[undefined, /not set/], ['file:///tmp/mlruns', /"file:\/\/\/tmp\/mlruns"/]])('is missing when the address is %s', async (uri, found) => {
    expect(await run(mlflow, {}, uri === undefined ? {} : { MLFLOW_TRACKING_URI: uri })).toMatchObject({ state: 'missing', found: expect.stringMatching(found) });
  });
});
