import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import type { RecommendationDocument } from '../../src/recommendation/recommendation.js';
import { takeLock } from '../../src/data/store/lock.js';
import { eveningOf, temporaryFolder, TODAY, writeSmallMarket } from '../pipeline/small-market.js';
import { complaints } from '../recommendation/schema.js';
import { swing, type Ended } from './run.js';

const CONFIG = `data: { source: files, folder: bars, history: 300 }
forecast: { window: 60, minSessions: 20 }
strategy: { priority: { top: 5, keepWithin: 10 } }
`;

const commands = [() => import('../../src/cli/commands/daily.js'), () => import('../../src/cli/commands/ingest.js')];
const run = (cwd: string, ...argv: string[]): Promise<Ended> => swing(argv, { cwd, commands, clock: eveningOf(TODAY) });

let place: Awaited<ReturnType<typeof temporaryFolder>>;
let pattern: string;
let projects = 0;
let said: string;

beforeAll(async () => {
  place = await temporaryFolder();
  pattern = join(place.folder, 'pattern');
  await writeSmallMarket(join(pattern, 'bars'));
  await writeFile(join(pattern, 'config.yaml'), CONFIG);
  await run(pattern, '-q', 'ingest');
});
afterAll(() => place.remove());

// what is drawn while it works goes to the process, past the streams of a command
beforeEach(() => {
  said = '';
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said += String(text);
    return true;
  });
});
afterEach(() => vi.restoreAllMocks());

async function project(): Promise<string> {
  const folder = join(place.folder, `project-${++projects}`);
  await cp(pattern, folder, { recursive: true });
  return folder;
}

describe('swing daily --json', () => {
  it('prints exactly one JSON document, which the published schema accepts, and nothing else', async () => {
    const cwd = await project();
    const { code, stdout, stderr } = await run(cwd, 'daily', '--json', '--as-of', '2018-01-22');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const document = JSON.parse(stdout) as RecommendationDocument;
    expect(stdout).toBe(`${JSON.stringify(document, null, 2)}\n`);
    expect(complaints(document)).toEqual([]);
    expect(document.asOf).toBe('2018-01-22');
    expect(document.recommendations).toHaveLength(5);
    expect(await readFile(join(cwd, 'runs', 'latest', 'recommendations.json'), 'utf8')).toBe(stdout);
  });

  it('prints the same bytes again', async () => {
    const cwd = await project();
    const first = await run(cwd, 'daily', '--json', '--as-of', '2018-01-22');
    expect(await run(cwd, 'daily', '--json', '--as-of', '2018-01-22')).toEqual(first);
  });

  it('tells its progress on stderr, one line a step, and nothing when quiet', async () => {
    const cwd = await project();
    await run(cwd, 'daily', '--json', '--as-of', '2018-01-22');
    expect(said).toMatch(/^\[1\/6\] ingest +kept from before|^\[1\/6\] ingest +\d+\.\d s/);
    expect(said.trimEnd().split('\n')).toHaveLength(6);
    said = '';
    await run(cwd, 'daily', '-q', '--json', '--as-of', '2018-01-22');
    expect(said).toBe('');
  });

  it.each([
    [['--as-of', '2018-02-30'], 2, 'expected an existing date as yyyy-mm-dd, found "2018-02-30" in --as-of'],
    [['--as-of', 'yesterday'], 2, 'found "yesterday" in --as-of'],
    [['--as-of', '2018-01-21'], 2, 'expected an XNYS session, found 2018-01-21'],
    [['--as-of', '2018-03-02'], 2, 'expected a session whose decision time has come'],
    [['--as-of', '2015-06-01'], 3, 'found bars from 2016-06-01 to 2018-02-07'],
    [['--set', 'data.symbols=[NOSUCH]'], 2, 'found "NOSUCH"'],
    [['--set', 'data.folder=nowhere'], 3, 'nowhere'],
    [['--set', 'strategy.priority.top=0'], 2, 'strategy.priority.top'],
    [['--as-off', '2018-01-22'], 2, 'unknown option'],
  ] as const)('with %j prints nothing on stdout, one error on stderr, and ends with %d', async (argv, code, message) => {
    const ended = await run(await project(), 'daily', '--json', ...argv);
    expect({ code: ended.code, stdout: ended.stdout }).toEqual({ code, stdout: '' });
    expect(ended.stderr).toContain(message);
    expect(ended.stderr).toMatch(/^error: /);
    expect(ended.stderr).not.toMatch(/\n\s+at /);
  });

  it('ends with 5 while another run is on', async () => {
    const cwd = await project();
    const lock = await takeLock(join(cwd, 'runs', 'daily.lock'), 'runs swing daily in this project');
    const ended = await run(cwd, 'daily', '--json');
    lock.release();
    expect({ code: ended.code, stdout: ended.stdout }).toEqual({ code: 5, stdout: '' });
    expect(ended.stderr).toContain('expected to be the only process that runs swing daily in this project');
  });
});

describe('swing daily', () => {
  it('prints what to do, and where the files are', async () => {
    const cwd = await project();
    const { code, stdout } = await run(cwd, 'daily', '--as-of', '2018-01-22');
    expect(code).toBe(0);
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).toBe('As of 2018-01-22, for the open of 2018-01-23: 0 to exit, 0 to reduce, 5 to enter, 0 to hold');
    expect(lines[1]).toMatch(/^Model: LightGBM, learnt through 2017-\d\d-\d\d; its ranks paid/);
    expect(lines[2]).toBe('Equity 1000000.00, cash 1000000.00; 28 of 28 members priced, 28 eligible');
    expect(lines.filter((line) => line.startsWith('enter '))).toHaveLength(5);
    expect(stdout).toContain(`json:   ${join(cwd, 'runs', 'latest', 'recommendations.json')}`);
    expect(await readFile(join(cwd, 'runs', 'latest', 'report.html'), 'utf8')).toContain('2018-01-23');
  });

  it('goes on from one evening to the next', async () => {
    const cwd = await project();
    const alone = ['--set', 'forecast.network=none']; // whose stop is touched is known of the ranker alone
    await run(cwd, 'daily', '--as-of', '2018-01-22', ...alone);
    const { stdout } = await run(cwd, 'daily', '--as-of', '2018-01-23', ...alone);
    expect(stdout).toMatch(/^As of 2018-01-23, for the open of 2018-01-24: \d to exit, 0 to reduce, \d to enter, 4 to hold\n/);
    // bought at the open, and sold by the stop that rested in the market the same session
    const again = await run(cwd, 'daily', '--as-of', '2018-01-23', '--json', ...alone);
    expect((JSON.parse(again.stdout) as RecommendationDocument).portfolio.fills.filter(({ reason }) => reason === 'stop').map(({ symbol }) => symbol)).toEqual(['JNJ']);
  });

  it('keeps nothing on a dry run', async () => {
    const cwd = await project();
    const manifest = (): Promise<string> => readFile(join(cwd, 'store', 'manifest.json'), 'utf8');
    const before = await manifest();
    const { code, stdout } = await run(cwd, 'daily', '--dry-run', '--json', '--as-of', '2018-01-22');
    expect(code).toBe(0);
    expect((JSON.parse(stdout) as RecommendationDocument).caveats).toContain('The paper book was not changed by this run.');
    expect(await manifest()).toBe(before);
  });
});
