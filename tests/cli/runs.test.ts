import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';

import { localTracker } from '../../src/tracking/local-tracker.js';
import { runId } from '../../src/tracking/run-id.js';
import type { RunSpec } from '../../src/tracking/tracker.js';
import { folderWith } from '../config/folder.js';
import { SPEC, tickingClock } from '../contracts/tracker.js';
import { swing, type Ended } from './run.js';

const commands = [() => import('../../src/cli/commands/runs.js')];
const run = (...argv: string[]): Promise<Ended> => swing(['runs', ...argv], { cwd: project, commands });

let project: string;
let ids: string[];

const evaluate = async (tracker: ReturnType<typeof localTracker>, spec: RunSpec, metrics: Record<string, number | null>): Promise<string> => {
  const tracked = await tracker.start(spec);
  await tracked.logMetrics(metrics);
  await tracked.logArtifact('plots/decay.html', '<p>');
  await tracked.end('finished');
  return tracked.id;
};

beforeEach(async () => {
  project = await folderWith({ 'config.yaml': 'seed: 7\n' });
  const tracker = localTracker({ folder: join(project, 'runs/tracking'), clock: tickingClock() });
  const first = await evaluate(tracker, SPEC, { ic: 0.0123456, icir: null });
  const second = await evaluate(tracker, { ...SPEC, params: { ...SPEC.params, leaves: 63, extra: 'x' }, data: { ...SPEC.data, bars: 'f'.repeat(64) }, seed: 8 }, { ic: 0.02, turnover: 0.5 });
  await evaluate(tracker, SPEC, { ic: 0.0123456, icir: null });
  const failed = await tracker.start({ ...SPEC, experiment: 'other', name: 'too large' });
  await failed.end('failed', 'out of memory');
  ids = [first, second, failed.id];
});

/** Of a few hundred ids, two begin with the same four digits. */
function seedsThatBeginAlike(): [start: string, seeds: [number, number]] {
  const seen = new Map<string, number>();
  for (let seed = 100; seed < 10_000; seed++) {
    const start = runId({ ...SPEC, seed }).slice(0, 4);
    const before = seen.get(start);
    if (before !== undefined) return [start, [before, seed]];
    seen.set(start, seed);
  }
  throw new Error('expected two ids that begin alike, found none among thousands');
}

describe('swing runs list', () => {
  it('shows every run with its figures, oldest first, and counts trials', async () => {
    const { code, stdout } = await run('list');
    expect(code).toBe(0);
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).toMatch(/^id +experiment +name +seed +status +evaluated +started \(UTC\) +ic +turnover +icir$/);
    expect(lines[1]).toMatch(new RegExp(`^${ids[1]} +ranker +lambdarank +8 +finished +1 +2018-02-08 12:\\d\\d:\\d\\d +0.02 +0.5 +–$`));
    expect(lines[2]).toMatch(new RegExp(`^${ids[0]} +ranker +lambdarank +7 +finished +2 +2018-02-08 12:\\d\\d:\\d\\d +0.012346 +– +–$`));
    expect(lines[3]).toMatch(new RegExp(`^${ids[2]} +other +too large +7 +failed`));
    expect(lines.slice(4)).toEqual(['', 'other: 0 finished trials, each another configuration', 'ranker: 2 finished trials, each another configuration']);
  });

  it('gives the records of one experiment as JSON', async () => {
    const { stdout } = await run('list', 'ranker', '--json');
    expect(JSON.parse(stdout)).toMatchObject([{ id: ids[1], evaluations: 1 }, { id: ids[0], evaluations: 2, metrics: { ic: 0.0123456, icir: null } }]);
  });

  it('says that there are none', async () => {
    expect(await run('list', 'twins')).toEqual({ code: 0, stdout: 'no runs of "twins"; all runs: swing runs list\n', stderr: '' });
    expect((await run('list', 'twins', '--json')).stdout).toBe('[]\n');
    project = await folderWith({});
    expect(await run('list')).toEqual({ code: 0, stdout: 'no runs yet\n', stderr: '' });
    expect(await readdir(project)).toEqual([]);
  });

  it('names a damaged file', async () => {
    const file = join(project, 'runs/tracking/ranker', ids[0], 'run.json');
    await writeFile(file, '{"id": "x"');
    const { code, stdout, stderr } = await run('list');
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(/^error: expected the record of a run in ".*run\.json", found what is no JSON: .*\nhint: move the folder of the run away/);
    expect(stderr).toContain(file);
  });
});

describe('swing runs show', () => {
  it('shows all of a run, by the beginning of its id', async () => {
    const { code, stdout } = await run('show', ids[0].slice(0, 6));
    expect(code).toBe(0);
    for (const line of [`run +id +${ids[0]}`, ' +status +finished', ' +evaluated +2 times', 'chosen +seed +7', ' +rate +0.05', ' +seedOfBagging +null', `from +code +${'c'.repeat(64)}`, ` +bars +${'a'.repeat(64)}`, 'tags +author +test', 'figures +ic +0.012346', ' +icir +–', 'artifacts +plots/decay.html']) {
      expect(stdout).toMatch(new RegExp(`^${line}$`, 'm'));
    }
  });

  it('gives one JSON document', async () => {
    const { stdout } = await run('show', ids[2], '--json');
    expect(JSON.parse(stdout)).toMatchObject({ id: ids[2], status: 'failed', reason: 'out of memory', artifacts: [], folder: join(project, 'runs/tracking/other', ids[2]) });
  });

  it.each([['0123456789abcdef'], ['abc'], [''], ['../../x']])('does not know %j', async (id) => {
    const { code, stdout, stderr } = await run('show', id);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(`expected the id of a run, or its first 4 digits or more, found ${JSON.stringify(id)}`);
  });

  it('asks for more digits where several runs begin alike', async () => {
    const tracker = localTracker({ folder: join(project, 'runs/tracking'), clock: tickingClock() });
    const [start, seeds] = seedsThatBeginAlike();
    for (const seed of seeds) await evaluate(tracker, { ...SPEC, seed }, {});
    const { code, stderr } = await run('show', start);
    expect(code).toBe(2);
    expect(stderr).toContain(`found "${start}", with which 2 begin: `);
  });
});

describe('swing runs compare', () => {
  it('puts what differs side by side', async () => {
    const { code, stdout } = await run('compare', ids[0], ids[1]);
    expect(code).toBe(0);
    const lines = stdout.trimEnd().split('\n').map((line) => line.split(/ {2,}/));
    expect(lines).toEqual([
      ['chosen', ids[0], ids[1]],
      ['seed', '7', '8'],
      ['params.leaves', '31', '63'],
      ['params.extra', '–', 'x'],
      ['data bars', 'a'.repeat(64), 'f'.repeat(64)],
      [''],
      ['figure', ids[0], ids[1], 'change'],
      ['ic', '0.012346', '0.02', '0.0076544'],
      ['icir', '–', '–', '–'],
      ['turnover', '–', '0.5', '–'],
    ]);
  });

  it('gives one JSON document', async () => {
    const { stdout } = await run('compare', ids[1], ids[0], '--json');
    expect(JSON.parse(stdout)).toMatchObject({ runs: [ids[1], ids[0]], chosen: [{ name: 'seed', first: 8, second: 7 }, { name: 'params.leaves', first: 63, second: 31 }, { name: 'params.extra', first: 'x' }, { name: 'data bars' }], figures: [{ name: 'ic', first: 0.02, second: 0.0123456, change: 0.0123456 - 0.02 }, { name: 'turnover', first: 0.5, second: null, change: null }, { name: 'icir', first: null, second: null, change: null }] });
  });

  it('of a run with itself finds nothing', async () => {
    const { stdout } = await run('compare', ids[0], ids[0]);
    expect(stdout).toMatch(/^nothing was chosen otherwise\n\nfigure/);
  });
});
