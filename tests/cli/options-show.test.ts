import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { fixedClock } from '../../src/core/clock.js';
import { own } from '../report/visible.js';
import { swing, type Ended } from './run.js';

const commands = [() => import('../../src/cli/commands/options.js')];
const clock = fixedClock(Date.parse('2026-07-30T22:30:00Z'));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'swinglab-options-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const run = (argv: readonly string[], { cwd = folder, env = {} }: { cwd?: string; env?: NodeJS.ProcessEnv } = {}): Promise<Ended> => swing(['options', ...argv], { cwd, commands, clock, env });

describe('swing options on the bundled chains', () => {
  it('tells whose chains there are when no underlying is named', async () => {
    const { code, stdout, stderr } = await run([]);
    expect(code).toBe(0);
    expect(stderr).toContain('these are the bundled ones');
    expect(stdout).toMatch(/GME +1 +2025-04-10 +2025-04-10 +1,286\n/);
    expect(stdout).toMatch(/SPY +252 +2021-01-04 +2021-12-31 +20\n/);
  });

  it('writes a page and tells the key figures, marked as the sample', async () => {
    const { code, stdout, stderr } = await run(['gme']);
    expect([code, stderr]).toEqual([0, '']);
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).toBe('GME at the close of 2025-04-10, bundled sample; open interest settled on 2025-04-09');
    expect(lines.length).toBeLessThanOrEqual(20);
    expect(stdout).toMatch(/Price +25\.21 /);
    expect(stdout).not.toMatch(/NaN|undefined/);
    const file = lines.at(-1)!.replace('page: ', '');
    expect(file).toBe(join(folder, '.swing', 'runs', 'options', 'GME-2025-04-10.html'));
    const page = await readFile(file, 'utf8');
    expect(page).toContain('licence MIT');
    expect(page).toContain('<span class="badge reduce">sample</span>');
    expect(own(page)).not.toMatch(/NaN|undefined/);
  });

  it('prints one JSON document of the same', async () => {
    const { code, stdout } = await run(['GME', '--json']);
    expect(code).toBe(0);
    const told = JSON.parse(stdout) as { session: string; openInterestOf: string; isSample: boolean; features: unknown[]; panel: { spot: number; session: string } };
    expect(told).toMatchObject({ session: '2025-04-10', openInterestOf: '2025-04-09', isSample: true, panel: { spot: 25.21, session: '2025-04-10' } });
    expect(told.features).toHaveLength(40);
  });

  it('stands in an earlier session and writes where it is told, and lets a program open it', async () => {
    const opened = join(folder, 'opened.txt');
    const program = join(folder, 'browser.sh');
    await writeFile(program, `#!/bin/sh\necho "$1" >"${opened}"\n`);
    await chmod(program, 0o755);
    const { code, stdout } = await run(['SPY', '--as-of', '2021-01-06', '--out', 'spy.html', '--open'], { env: { BROWSER: program } });
    expect(code).toBe(0);
    expect(stdout).toContain('SPY at the close of 2021-01-06');
    expect(stdout).toContain(`page: ${join(folder, 'spy.html')}`);
    for (let tries = 0; tries < 50 && !(await readFile(opened, 'utf8').catch(() => '')).includes('spy.html'); tries++) await setTimeout(40);
    expect(await readFile(opened, 'utf8')).toMatch(/^file:.*spy\.html\n$/);
  });

  it.each([['--out', ['--out', 'x.html']], ['--open', ['--open']], ['--as-of', ['--as-of', '2021-01-06']]] as const)('takes no %s without an underlying', async (option, argv) => {
    expect(await run([...argv])).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(`expected an underlying with ${option}, found none`) as string });
  });

  it('knows a slip in the name of a subcommand, and no options there that are of the page', async () => {
    expect(await run(['recrod'])).toMatchObject({ code: 2, stderr: expect.stringContaining('found "recrod"; did you mean: swing options record') as string });
    expect(await run(['record', '--from', 'chains.csv', '--as-of', '2021-01-06'])).toMatchObject({ code: 2, stderr: expect.stringContaining("unknown option '--as-of' of record") as string });
  });

  it('names what exists when it is asked for what does not', async () => {
    expect(await run(['SPX'])).toMatchObject({ code: 2, stderr: expect.stringContaining('expected an underlying with option chains (GME, HOOD, LUNR, OKLO, SPY, VXX), found "SPX"; did you mean "SPY"?') as string });
    expect(await run(['SPY', '--as-of', '2021-02-06'])).toMatchObject({ code: 2, stderr: expect.stringContaining('the nearest are 2021-02-05 and 2021-02-08') as string });
    expect(await run(['GME', '--as-of', '2025-04-11'])).toMatchObject({ code: 2, stderr: expect.stringContaining('the nearest is 2025-04-10') as string });
    expect(await run(['GME', '--json', '--open'])).toMatchObject({ code: 2, stderr: expect.stringContaining('found it with --json') as string });
    expect(await swing(['--set', 'options.enabled=false', 'options', 'GME'], { cwd: folder, commands, clock })).toMatchObject({ code: 2, stderr: expect.stringContaining('expected options.enabled to be true') as string });
  });
});

describe('swing options on chains of the store', () => {
  it('prefers them to the bundled ones, and stands on a chain that is no chain', async () => {
    const cwd = join(folder, 'own');
    await mkdir(cwd);
    await writeFile(join(cwd, 'config.yaml'), 'data: { source: store }\n');
    const header = 'date,underlying,expiration,strike,cp,last_price,iv,volume,open_interest';
    await writeFile(join(cwd, 'chains.csv'), `${header}\n2026-07-30,ODD,2026-07-30,5,C,,,0,0\n2026-07-30,ODD,2026-08-21,1e-9,P,1,99,0,3\n`);
    expect((await run(['record', '--from', 'chains.csv'], { cwd })).code).toBe(0);
    const { code, stdout, stderr } = await run(['ODD'], { cwd });
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).not.toMatch(/sample|NaN|undefined|Infinity/);
    expect((await run(['GME'], { cwd })).stderr).toContain('expected an underlying with option chains (ODD), found "GME"');
  });
});
