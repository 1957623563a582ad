import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { makeBaseProject } from './base-project.js';
import { MAIN, start } from './child.js';
import { filesOf, hashTree, readState, type StoreState } from './store-state.js';

/** Mounts made in a name space of their own vanish with it, however the test ends. */
const APART = ['--map-root-user', '--mount'];

const probe = spawnSync('unshare', [...APART, 'mount', '-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', tmpdir()], { encoding: 'utf8' });
const refused = probe.status === 0 ? null : (probe.error?.message ?? probe.stderr.trim());
if (refused !== null) console.log(`full and read-only disks are not tested: this machine does not let us mount one (${refused})`);

interface Tried {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Of the same command once there is room. */
  readonly again: number;
  /** Copies of what stood on the disk after the first try, and after the second. */
  readonly first: string;
  readonly second: string;
}

let root: string;
let base: string;
let baseState: StoreState;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'swinglab-disk-'));
  base = join(root, 'base');
  await makeBaseProject(base);
  baseState = (await readState(join(base, 'store')))!;
});

afterAll(() => rm(root, { recursive: true, force: true }));

/** Runs `swing` in a project that lies on a disk of its own, prepared by a shell command, and again after another one. */
async function onDisk(prepare: string, relieve: string, args: readonly string[]): Promise<Tried> {
  const place = await mkdtemp(join(root, 'case-'));
  await mkdir(join(place, 'disk'));
  const script = `
    mount -t tmpfs -o size=4m tmpfs disk && cp -r '${base}/.' disk || exit 99
    (cd disk && ${prepare}) || exit 98
    (cd disk && "$@") >stdout 2>stderr; echo $? >code
    cp -r disk first; ${relieve}
    (cd disk && "$@") >/dev/null 2>stderr2; echo $? >again
    cp -r disk second`;
  const end = await start('unshare', [...APART, 'sh', '-c', script, 'sh', process.execPath, MAIN, ...args], place).ended;
  expect(end.code, end.stderr).toBe(0);
  const read = (name: string): Promise<string> => readFile(join(place, name), 'utf8');
  return { code: Number(await read('code')), stdout: await read('stdout'), stderr: await read('stderr'), again: Number(await read('again')), first: join(place, 'first'), second: join(place, 'second') };
}

/** Leaves so many kibibytes. */
const fill = (free: number): string => `{ room=$(df -k . | awk 'NR == 2 { print $4 }'); [ $room -gt ${free} ] && dd if=/dev/zero of=filler bs=1k count=$((room - ${free})) 2>/dev/null; }`;

function expectOneError({ code, stderr, stdout }: Tried, ...says: string[]): void {
  expect(code, stderr).toBe(3);
  expect(stdout).toBe('');
  const errors = stderr.split('\n').filter((line) => line.startsWith('error: '));
  expect(errors, stderr).toHaveLength(1);
  for (const words of says) expect(errors[0]).toContain(words);
  expect(stderr).not.toMatch(/^ +at |This is a bug/m);
}

async function expectRefused(tried: Tried, ...says: string[]): Promise<void> {
  expectOneError(tried, ...says);
  expect(await hashTree(join(tried.first, 'store'))).toEqual(await hashTree(join(base, 'store')));
}

describe.skipIf(refused !== null)('a full disk', () => {
  it.each([0, 24, 48])('an import with %i KiB left changes nothing, and succeeds when there is room', async (free) => {
    const tried = await onDisk(fill(free), 'rm disk/filler', ['data', 'import', 'bars.parquet', 'membership.csv', '--mode', 'replace', '--source', 'again', '--json']);
    await expectRefused(tried, 'expected to ', 'No space left on device');
    expect(tried.again).toBe(0);
    expect(await readState(join(tried.second, 'store'))).toEqual(baseState);
  });

  it.each([0, 40, 80, 160])('a daily run with %i KiB left keeps the whole evening or nothing of it, and succeeds when there is room', async (free) => {
    const tried = await onDisk(fill(free), 'rm disk/filler', ['daily', '--json']);
    expectOneError(tried, 'expected to ', 'pace left on device');
    expect(tried.again).toBe(0);
    const after = (await readState(join(tried.second, 'store')))!;
    const found = (await readState(join(tried.first, 'store')))!;
    expect([baseState, after]).toContainEqual(found);
    expect(Object.keys(after)).toContain('paper_account');
    expect(Object.keys(await hashTree(join(tried.first, 'store')))).toEqual(filesOf(found));
    expect(Object.keys(await hashTree(join(tried.second, 'runs'))).filter((name) => name.includes('.tmp'))).toEqual([]);
  });

  it('an export leaves no part of a file', async () => {
    const tried = await onDisk(fill(16), 'rm disk/filler', ['data', 'export', 'bars', 'out.csv']);
    await expectRefused(tried, 'to write "out.csv"', 'No space left on device');
    expect(Object.keys(await hashTree(tried.first)).filter((name) => name.startsWith('out'))).toEqual([]);
    expect(tried.again).toBe(0);
  });
});

describe.skipIf(refused !== null)('a disk that may only be read', () => {
  const readOnly = 'mount -o remount,ro .';
  const writable = 'mount -o remount,rw disk';

  it('refuses an import, and lets it pass when it may be written again', async () => {
    const tried = await onDisk(readOnly, writable, ['data', 'import', 'bars.parquet', '--json']);
    await expectRefused(tried, 'store', 'ead-only file system');
    expect(tried.again).toBe(0);
  });

  it('refuses a daily run whose records it would hold', async () => {
    const tried = await onDisk(readOnly, writable, ['daily', '--json']);
    await expectRefused(tried, 'run records', '/disk/runs');
    expect(tried.again).toBe(0);
  });

  it('refuses a daily run that would be booked there, with its records elsewhere', async () => {
    const tried = await onDisk(readOnly, writable, ['--set', `paths.runs=${join(root, 'runs-elsewhere')}`, 'daily', '--json']);
    await expectRefused(tried, 'store', 'ead-only file system');
    expect(tried.again).toBe(0);
  });

  it('lets the store be read', async () => {
    const tried = await onDisk(readOnly, 'rm exported.csv', ['data', 'export', 'bars', '../exported.csv']);
    expect(tried.code, tried.stderr).toBe(0);
    expect(tried.again).toBe(0);
  });
});

describe.skipIf(!existsSync('/dev/full'))('an output that is full', () => {
  it('fails a command whose result could not be written', async () => {
    const { code, stderr } = await start('sh', ['-c', '"$@" >/dev/full', 'sh', process.execPath, MAIN, 'data', 'status', '--json'], base).ended;
    expect(code, stderr).toBe(3);
    expect(stderr).toMatch(/^error: .*ENOSPC/);
  });
});
