import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { EXIT } from '../../src/cli/exit-codes.js';
import { eveningOf, temporaryFolder, TODAY, writeSmallMarket } from '../pipeline/small-market.js';
import { swing, type Ended } from './run.js';

const CONFIG = `data: { source: files, folder: bars, history: 300 }
training: { features: [momentum, volatility], residual: market, train: 120, test: 60 }
forecast: { window: 60, minSessions: 20 }
`;
const EXPERIMENT = `strategy: { name: priority, priority: { top: 5 } }
experiment:
  name: small
  describe: does a ridge regression trade better with fewer names?
  model: ridge
  params: { penalty: 1 }
  grid:
    strategy.priority.top: [3, 6]
    strategy.priority.horizon: [4, 10]
`;

interface Told {
  readonly name: string;
  readonly trials: readonly { readonly id: string; readonly values: Readonly<Record<string, number>>; readonly figures: { readonly finalEquity: number; readonly performance: { readonly sharpeRatio: number } } }[];
  readonly best: { readonly id: string; readonly values: Readonly<Record<string, number>>; readonly luck: { readonly trials: { readonly count: number } } };
  readonly page: string;
}

let place: Awaited<ReturnType<typeof temporaryFolder>>;
let ran: Ended;
let listing: Ended;
const commands = [() => import('../../src/cli/commands/experiment.js'), () => import('../../src/cli/commands/runs.js')];
const run = (...argv: string[]): Promise<Ended> => swing(['-q', ...argv], { cwd: place.folder, commands, clock: eveningOf(TODAY) });
const write = (name: string, text: string): Promise<void> => writeFile(join(place.folder, name), text);
const told = ({ stdout }: Ended): Told => JSON.parse(stdout) as Told;

beforeAll(async () => {
  place = await temporaryFolder();
  await writeSmallMarket(join(place.folder, 'bars'));
  await write('config.yaml', CONFIG);
  await write('small.yaml', EXPERIMENT);
  ran = await run('experiment', 'run', 'small.yaml', '--threads', '1', '--json');
  // now: threads of another test write by the machine's clock, which is later than that of this one
  listing = await run('runs', 'list', 'small', '--json');
});
afterAll(() => place.remove());

describe('swing experiment run', () => {
  it('runs every combination, records each, and judges the best with all of them counted', async () => {
    expect([ran.code, ran.stderr]).toEqual([EXIT.ok, '']);
    const { name, trials, best, page } = told(ran);
    expect(name).toBe('small');
    expect(trials.map(({ values }) => [values['strategy.priority.top'], values['strategy.priority.horizon']])).toEqual([[3, 4], [3, 10], [6, 4], [6, 10]]);
    expect(new Set(trials.map(({ figures }) => figures.finalEquity)).size).toBe(4);
    const highest = trials.reduce((found, trial) => (trial.figures.performance.sharpeRatio > found.figures.performance.sharpeRatio ? trial : found));
    expect(best).toMatchObject({ id: highest.id, values: highest.values, luck: { trials: { count: 4 } } });
    expect(page).toBe(join(place.folder, 'runs', 'experiments', 'small.html'));
    expect(await readFile(page, 'utf8')).toContain('<!doctype html>');
    const listed = JSON.parse(listing.stdout) as { id: string; metrics: Record<string, number> }[];
    expect(listed.map(({ id }) => id).sort()).toEqual(trials.map(({ id }) => id).sort());
    for (const { id, metrics } of listed) {
      expect(metrics['sharpe']).toBe(trials.find((trial) => trial.id === id)!.figures.performance.sharpeRatio);
      expect(metrics['trials']).toBe(id === best.id ? 4 : undefined); // judged once, after all
    }
  });

  it('prints a table of what was tried, the same in several threads', async () => {
    const { code, stdout, stderr } = await run('experiment', 'run', 'small.yaml', '--threads', '2', '--out', 'best.html');
    expect([code, stderr]).toEqual([EXIT.ok, '']);
    expect(stdout).toMatch(/^small: does a ridge regression trade better with fewer names\?$/m);
    expect(stdout).toMatch(/^run +strategy\.priority\.top +strategy\.priority\.horizon +Sharpe +return a year/m);
    for (const { id, values, figures } of told(ran).trials) {
      expect(stdout).toMatch(new RegExp(`^${id.slice(0, 8)} +${values['strategy.priority.top']} +${values['strategy.priority.horizon']} +${figures.performance.sharpeRatio.toFixed(3)} `, 'm'));
    }
    expect(stdout).toContain('Of 4 combinations the one with the highest Sharpe ratio');
    expect(stdout).toContain(`page of the best: ${join(place.folder, 'best.html')}`);
    expect(await readFile(join(place.folder, 'best.html'), 'utf8')).toContain('<!doctype html>');
  });

  it.each([
    ['a key that is none', EXPERIMENT.replace('model: ridge', 'modle: ridge'), 'slip.yaml:5:3: experiment.modle: expected a known key, found "modle"; did you mean "model"?'],
    ['a path that leads nowhere', EXPERIMENT.replace('priority.horizon:', 'priority.horzion:'), 'experiment.grid: strategy.priority.horzion: expected a known key, found "horzion"; did you mean "horizon"?'],
    ['a value that is not allowed, though the last', EXPERIMENT.replace('[4, 10]', '[4, ten]'), 'experiment.grid: strategy.priority.horizon: expected a whole number from 3 to 10, found "ten"'],
    ['a path that may not vary', EXPERIMENT.replace('strategy.priority.top:', 'paths.store:'), 'found "paths.store"'],
    ['a model that is none', EXPERIMENT.replace('model: ridge', 'model: rigde'), 'found "rigde"; did you mean "ridge"?'],
  ])('refuses %s before anything is run', async (_, text, message) => {
    await write('slip.yaml', text.replace('name: small', 'name: slip'));
    const { code, stdout, stderr } = await run('experiment', 'run', 'slip.yaml', '--threads', '1');
    expect([code, stdout]).toEqual([EXIT.usage, '']);
    expect(stderr).toContain(message);
    expect((await run('runs', 'list')).stdout).not.toContain('slip');
  });

  it('refuses a file that is not there', async () => {
    expect(await run('experiment', 'run', 'nowhere.yaml')).toMatchObject({ code: EXIT.usage, stderr: expect.stringContaining('nowhere.yaml: expected a configuration file, found no such file') });
  });
});

describe('swing experiment compare', () => {
  it('takes runs by how their ids begin, and an experiment for its best', async () => {
    const { trials, best } = told(ran);
    const other = trials.find(({ id }) => id !== best.id)!;
    const { code, stdout, stderr } = await run('experiment', 'compare', 'small', other.id.slice(0, 8), '--json');
    expect([code, stderr]).toEqual([EXIT.ok, '']);
    const { a, b, comparison, leftOut } = JSON.parse(stdout) as { a: object; b: object; leftOut: number; comparison: { sharpe: { a: number; b: number; pValue: number } } };
    expect([a, b]).toMatchObject([{ id: best.id, experiment: 'small' }, { id: other.id, experiment: 'small' }]);
    const sharpeOf = (sought: string): number => trials.find(({ id }) => id === sought)!.figures.performance.sharpeRatio;
    expect(comparison.sharpe.a).toBeCloseTo(sharpeOf(best.id), 10);
    expect(comparison.sharpe.b).toBeCloseTo(sharpeOf(other.id), 10);
    expect(leftOut).toBe(0);
    const text = await run('experiment', 'compare', best.id, other.id);
    expect(text.stdout).toContain(`A: priority ${best.id.slice(0, 8)} of small. B: priority ${other.id.slice(0, 8)} of small.`);
    expect(text.stdout).toMatch(/^Sharpe ratio -?\d+\.\d\d and -?\d+\.\d\d, difference \d+\.\d\d: .*p = \d\.\d{3}/m);
  });

  it.each([
    [['smal', 'small'], 'found "smal"; did you mean "small"?'],
    [['small', 'zebra'], 'expected the id of a run, how it begins, or the name of an experiment, found "zebra"; experiments with runs are small'],
    [['small', 'ffffffffffffffff'], 'expected the id of a run, or its first 4 digits or more, found "ffffffffffffffff"'],
    [['small', 'small'], 'expected two backtests, found "priority"'],
  ])('refuses %j', async (names, message) => {
    const { code, stdout, stderr } = await run('experiment', 'compare', ...names);
    expect([code, stdout]).toEqual([EXIT.usage, '']);
    expect(stderr).toContain(message);
  });
});
