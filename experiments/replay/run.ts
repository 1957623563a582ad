/**
 * The paper book of 250 sessions of the bundled sample, evening by evening through `swing daily --since` and in one pass:
 * `node experiments/replay/run.ts`, after a build. Prints one JSON line; fails unless both books are the same to the cent.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { open } from '../../dist/index.js';

const SINCE = '2017-02-10';
const UNTIL = '2018-02-07';
const run = promisify(execFile);
const swing = async (cwd: string, ...args: string[]): Promise<string> => (await run(process.execPath, [join(import.meta.dirname, '../../dist/cli/main.js'), ...args], { cwd, maxBuffer: 1 << 28 })).stdout;
const seconds = (started: number): number => Number(((performance.now() - started) / 1000).toFixed(1));

const project = await mkdtemp(join(tmpdir(), 'swinglab-replay-'));
try {
  await swing(project, 'init', '.');
  await swing(project, 'train', 'lightgbm', '--end-date', '2017-02-08', '--name', 'replay');
  let started = performance.now();
  await swing(project, 'daily', '--since', SINCE, '--as-of', UNTIL, '--quiet');
  const daily = seconds(started);
  const shown = JSON.parse(await swing(project, 'book', 'show', '--json')) as { cash: number; equity: number; positions: { symbol: string; shares: number; entryPrice?: number }[] };
  started = performance.now();
  const lab = await open({ data: project });
  const { book, equity, fills } = await lab.replay({ since: SINCE, until: UNTIL });
  const onePass = seconds(started);
  const same = JSON.stringify(shown.positions.map(({ symbol, shares }) => [symbol, shares])) === JSON.stringify(book.positions.map(({ symbol, shares }) => [symbol, shares])) && Math.round(100 * shown.cash) === book.cash;
  console.log(JSON.stringify({ sessions: equity.length, fills: fills.length, same, equity: shown.equity, equityInOnePass: equity.at(-1)?.equity, cash: shown.cash, positions: shown.positions.length, dailySeconds: daily, onePassSeconds: onePass }));
  if (!same) process.exitCode = 1;
} finally {
  await rm(project, { recursive: true, force: true });
}
