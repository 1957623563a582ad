import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { literal, rows, withDuckDB } from '../../src/data/store/duckdb.js';
import { Store } from '../../src/data/store/store.js';
import { makeBaseProject, run } from './base-project.js';
import { swingChild } from './child.js';
import { MALFORMED_FILES, put, type Fault } from './malformed-files.js';
import { DAMAGED_STORES, MALFORMED_SETTINGS } from './malformed-settings.js';
import { hashTree, readState } from './store-state.js';

let root: string;
let project: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'swinglab-malformed-'));
  project = join(root, 'project');
  await makeBaseProject(join(root, 'base'));
});

beforeEach(() => cp(join(root, 'base'), project, { recursive: true }));
afterEach(() => rm(project, { recursive: true, force: true }));
afterAll(() => rm(root, { recursive: true, force: true }));

/** One error line that says what it must, perhaps what to do about it, and nothing besides. */
function expectOneError(stderr: string, says: readonly string[]): void {
  const lines = stderr.split('\n').filter((line) => line !== '');
  const errors = lines.filter((line) => line.startsWith('error: '));
  expect(errors, stderr).toHaveLength(1);
  for (const words of says) expect(errors[0]).toContain(words);
  expect(stderr).not.toMatch(/^ +at |This is a bug/m);
  const others = lines.filter((line) => !/^(error: |hint: |\[\d\/\d\] |\()/.test(line));
  expect(others).toEqual([]);
}

async function expectRefused({ arrange, argv, code, says }: Fault): Promise<void> {
  await arrange?.(project);
  const before = await hashTree(join(project, 'store'));
  const ended = await run(argv, project);
  expectOneError(ended.stderr, says);
  expect(ended.code).toBe(code);
  expect(ended.stdout).toBe('');
  expect(await hashTree(join(project, 'store'))).toEqual(before);
}

describe('an input that is refused leaves the store as it was, byte for byte', () => {
  it.each(MALFORMED_FILES.map((fault) => [fault.name, fault] as const))('import: %s', async (_, fault) => expectRefused(fault));
  it.each(MALFORMED_SETTINGS.map((fault) => [fault.name, fault] as const))('settings: %s', async (_, fault) => expectRefused(fault));
  it.each(DAMAGED_STORES.map((fault) => [fault.name, fault] as const))('store: %s', async (_, fault) => expectRefused(fault));
});

describe('in a process of its own', () => {
  const own: readonly Fault[] = [
    ...MALFORMED_FILES.filter(({ name }) => ['a Parquet file cut off', 'a negative price', 'an infinite price'].includes(name)),
    ...MALFORMED_SETTINGS.filter(({ name }) => ['an unknown key', 'an --as-of on a Sunday'].includes(name)),
    ...DAMAGED_STORES.filter(({ name }) => ['a manifest that is cut off', 'a file of the store cut off, in the daily run'].includes(name)),
  ];

  it.each(own.map((fault) => [fault.name, fault] as const))('the exit code and the streams tell of %s', async (_, { arrange, argv, code, says }) => {
    await arrange?.(project);
    const before = await hashTree(join(project, 'store'));
    const ended = await swingChild(argv, project).ended;
    expectOneError(ended.stderr, says);
    expect(ended).toMatchObject({ code, signal: null, stdout: '' });
    expect(await hashTree(join(project, 'store'))).toEqual(before);
  });
});

describe('what can be used is used, and the rest is told', () => {
  it('rows that contradict each other are all set aside, and the row that was stored stays', async () => {
    await put('in.csv', 'symbol,session,open,high,low,close,volume\nAAPL,2018-02-07,1,1,1,1,1\nAAPL,2018-02-07,2,2,2,2,2\nGE,2018-02-07,15,15,15,15,7\n')(project);
    const ended = await run(['data', 'import', 'in.csv', '--json'], project);
    expect(ended.code, ended.stderr).toBe(0);
    const { datasets } = JSON.parse(ended.stdout) as { datasets: { findings: { rule: string; count: number }[]; quarantine: string }[] };
    expect(datasets[0].findings).toMatchObject([{ rule: 'duplicate-bar', count: 1 }]);
    const stored = await (await Store.open(join(project, 'store'))).query((connection) => rows(connection, `select symbol, close, volume from bars where session = date '2018-02-07' and symbol in ('AAPL', 'GE') order by symbol`));
    expect(stored).toEqual([{ symbol: 'AAPL', close: 159.54, volume: 51608580 }, { symbol: 'GE', close: 15, volume: 7 }]);
    const aside = await withDuckDB((connection) => rows(connection, `select close from read_parquet(${literal(join(project, 'store', datasets[0].quarantine))}) order by close`));
    expect(aside).toEqual([{ close: 1 }, { close: 2 }]);
  });

  it('a damaged file is mended by importing its dataset again', async () => {
    const state = await readState(join(project, 'store'));
    for (const name of await readdir(join(project, 'store/bars'))) await writeFile(join(project, 'store/bars', name), 'garbage');
    expect((await run(['data', 'check'], project)).code).toBe(3);
    const ended = await run(['data', 'import', 'bars.parquet', '--mode', 'replace'], project);
    expect(ended.code, ended.stderr).toBe(0);
    expect(await readState(join(project, 'store'))).toEqual(state);
    expect((await run(['data', 'check'], project)).code).toBe(0);
  });

  it('a session that was refused is not what --resume goes on with', async () => {
    expect((await run(['daily', '--as-of', '2018-02-04'], project)).code).toBe(2);
    const ended = await run(['daily', '--resume', '--json'], project);
    expect(ended.code, ended.stderr).toBe(0);
    expect(JSON.parse(ended.stdout)).toMatchObject({ asOf: '2018-02-07' });
  });

  it('an interrupted run is not resumed once another evening has been run', async () => {
    const interrupted = join(project, 'runs/daily/2018-02-05-0123456789');
    await run(['daily'], project);
    await cp(join(project, 'runs/daily', (await readdir(join(project, 'runs/daily')))[0]), interrupted, { recursive: true });
    const state = JSON.parse(await readFile(join(interrupted, 'run.json'), 'utf8')) as Record<string, unknown>;
    const resumed = async (startedAt: string): Promise<unknown> => {
      await writeFile(join(interrupted, 'run.json'), JSON.stringify({ ...state, state: 'running', asOf: '2018-02-05', startedAt }));
      return (JSON.parse((await run(['daily', '--resume', '--json'], project)).stdout) as { asOf: unknown }).asOf;
    };
    expect(await resumed('2018-02-05T23:00:00.000Z')).toBe('2018-02-07');
    expect(await resumed('2018-02-08T13:00:00.000Z')).toBe('2018-02-05');
  });
});
