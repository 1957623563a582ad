import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { eveningOf, temporaryFolder, TODAY, writeSmallMarket } from '../pipeline/small-market.js';
import { swing, type Ended } from './run.js';

const commands = [() => import('../../src/cli/commands/graph.js')];
const run = (cwd: string, ...argv: string[]): Promise<Ended> => swing(argv, { cwd, commands, clock: eveningOf(TODAY) });

let place: Awaited<ReturnType<typeof temporaryFolder>>;
/** A project over the small market, thirty names. */
let project: string;

beforeAll(async () => {
  place = await temporaryFolder();
  project = join(place.folder, 'project');
  await writeSmallMarket(join(project, 'bars'));
  await writeFile(join(project, 'config.yaml'), 'data: { source: files, folder: bars }\ngraph: { topK: 4, threshold: 0.2 }\n');
});
afterAll(() => place.remove());

describe('swing graph build', () => {
  it('tells how far it is and what came of it, and nothing new the second time', async () => {
    const build = (...more: string[]): Promise<Ended> => run(project, '--set', 'graph.topK=3', 'graph', 'build', '--start', '2017-11-01', '--end', '2018-01-10', ...more);
    const { code, stdout, stderr } = await build();
    expect(code).toBe(0);
    expect(stderr.trimEnd().split('\n')).toEqual(['89 graphs to build', '2017-q4 built, 1 of 2', '2018-q1 built, 2 of 2']);
    expect(stdout).toMatch(/^89 graphs built, 0 kept from before; in all correlation graphs from 2017-10-02 to 2018-02-07\nfolder: .*graphs.[\da-f]{12}\n$/);
    const again = await build('--json');
    expect(again.stderr).toBe('');
    expect(JSON.parse(again.stdout)).toMatchObject({ computed: 0, kept: 89, quarters: [{ quarter: '2017-q4', first: '2017-10-02', sessions: 63 }, { quarter: '2018-q1', last: '2018-02-07' }] });
  });

  it.each<[string[], number, string]>([
    [['--start', 'soon'], 2, 'expected an existing date as yyyy-mm-dd, found "soon" in --start'],
    [['--end', '1985-01-02'], 2, 'found 1985-01-02 in --end'],
    [['--start', '2030-01-02'], 3, 'to 2018-02-07, found 2030-01-02'],
    [['--end', '2016-06-03'], 3, 'expected sessions from 2016-08-25, the first with 60 returns, to 2018-02-07, found 2016-06-03'],
    [['--start', '2018-01-06'], 2, 'the sessions around it are 2018-01-05 and 2018-01-08'],
    [['--end', '2019-01-04'], 3, 'to 2018-02-07, found 2019-01-04'],
    [['--start', '2016-06-03'], 3, 'the first with 60 returns'],
    [['--start', '2018-01-05', '--end', '2018-01-04'], 2, 'expected a start on or before the end'],
  ])('with %j ends with another code than 0 and says why', async (argv, code, message) => {
    const ended = await run(project, 'graph', 'build', ...argv);
    expect({ code: ended.code, stdout: ended.stdout }).toEqual({ code, stdout: '' });
    expect(ended.stderr).toContain(message);
  });
});

describe('swing graph show', () => {
  it('says who moves with whom at the last session, and draws it', async () => {
    const { code, stdout } = await run(project, 'graph', 'show');
    expect(code).toBe(0);
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).toMatch(/^correlation over 60 sessions up to 2018-02-07: 29 names \(0 of the members left out\), \d+ edges$/);
    expect(lines[2]).toMatch(/^since 2018-02-06: 0\.\d\d of the edges and [01]\.\d\d of the tree stayed$/);
    expect(stdout).toMatch(/^hub +neighbours +mean +sector$/m);
    expect(stdout).toMatch(/^community +names +sectors +best connected$/m);
    const page = await readFile(lines.at(-1)!.replace('page: ', ''), 'utf8');
    expect(page).toContain('Wednesday, 7 February 2018');
    expect(page.match(/<circle class="s\d+"/g)).toHaveLength(29);
  });

  it('counts members of the day that have no bars in the store among those left out', async () => {
    const sparse = join(place.folder, 'sparse');
    await writeSmallMarket(join(sparse, 'bars'));
    await appendFile(join(sparse, 'bars', 'membership.csv'), '\nsp500,ZZA,1996-01-02,\nsp500,AAB,1996-01-02,\nsp500,ZZB,1996-01-02,2017-01-03');
    await writeFile(join(sparse, 'config.yaml'), 'data: { source: files, folder: bars }\n');
    const out = join(place.folder, 'sparse.html');
    const { stdout } = await run(sparse, 'graph', 'show', '--out', out);
    expect(stdout).toContain('29 names (2 of the members left out)');
    expect(await readFile(out, 'utf8')).toContain('of 31 members, 2 left out');
    const { leftOut } = JSON.parse((await run(sparse, 'graph', 'show', '--json')).stdout) as { leftOut: object[] };
    expect(leftOut).toEqual([{ symbol: 'AAB', reason: 'no bars in the window' }, { symbol: 'ZZA', reason: 'no bars in the window' }]);
  });

  it('gives one JSON document of another session, without a page', async () => {
    const { stdout } = await run(project, 'graph', 'show', '2017-12-15', '--json');
    const shown = JSON.parse(stdout) as { session: string; nodes: number; hubs: { symbol: string }[]; communities: { names: string[] }[]; edges: Record<string, number> };
    expect(shown).toMatchObject({ session: '2017-12-15', universe: 'sp500', settings: { topK: 4 }, edges: { sector: 0, 'spanning-tree': shown.nodes - 1 }, change: { since: '2017-12-14' } });
    expect(shown.communities.flatMap(({ names }) => names)).toHaveLength(shown.nodes);
  });

  it('shows the first session that can be shown, which has none before it', async () => {
    const out = join(place.folder, 'first.html');
    const { code, stdout } = await run(project, '--set', 'graph.builder=ledoit-wolf', 'graph', 'show', '2016-08-25', '--out', out);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ledoit-wolf over 60 sessions up to 2016-08-25/);
    expect(await readFile(out, 'utf8')).toContain('There is no graph of the session before.');
  });

  it.each<[string[], number, string]>([
    [['banana'], 2, 'found "banana" in the argument [date]'],
    [['2018-02-03'], 2, 'when the exchange was closed'],
    [['2030-01-02'], 3, 'to 2018-02-07, found 2030-01-02'],
    [['2018-03-01'], 3, 'found 2018-03-01'],
    [['2016-08-24'], 3, 'expected sessions from 2016-08-25'],
  ])('with %j ends with another code than 0 and says why', async (argv, code, message) => {
    const ended = await run(project, 'graph', 'show', ...argv);
    expect({ code: ended.code, stdout: ended.stdout }).toEqual({ code, stdout: '' });
    expect(ended.stderr).toContain(message);
  });

  it('needs data', async () => {
    const empty = join(place.folder, 'empty');
    await mkdir(empty, { recursive: true });
    await writeFile(join(empty, 'config.yaml'), 'data: { source: store }\n');
    const ended = await run(empty, 'graph', 'show');
    expect(ended.code).toBe(3);
    expect(ended.stderr).toContain('expected imported bars in the store');
  });
});
