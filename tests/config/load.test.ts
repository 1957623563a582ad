import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { settings } from '../../src/config/describe.js';
import { loadConfig } from '../../src/config/load.js';
import { configSchema } from '../../src/config/schema.js';
import { ConfigError } from '../../src/core/errors.js';
import { folderWith } from './folder.js';

const defaults = configSchema.parse({});

describe('the configuration file', () => {
  it('is absent: defaults, in the folder .swing', async () => {
    const cwd = await folderWith({});
    const loaded = await loadConfig({ cwd, overrides: [] });
    expect(loaded.config).toEqual(defaults);
    expect(loaded.file).toBeNull();
    expect(loaded.root).toBe(join(cwd, '.swing'));
    expect(loaded.paths).toEqual({ store: join(cwd, '.swing', 'store'), runs: join(cwd, '.swing', 'runs'), models: join(cwd, '.swing', 'models') });
  });

  it.each([
    ['config.yaml here', 'config.yaml', '.', '.'],
    ['config.yaml above', 'config.yaml', 'a/b', '.'],
    ['config/config.yaml, whose root is the parent', 'config/config.yaml', 'a', '.'],
    ['the nearest one', 'a/config.yaml', 'a/b/c', 'a'],
  ])('is found: %s', async (_, file, from, root) => {
    const folder = await folderWith({ [file]: 'seed: 41\npaths: { runs: out }\n' });
    const cwd = join(folder, from);
    await mkdir(cwd, { recursive: true });
    const loaded = await loadConfig({ cwd });
    expect(loaded.file).toBe(join(folder, file));
    expect(loaded.config.seed).toBe(41);
    expect(loaded.root).toBe(join(folder, root));
    expect(loaded.paths).toEqual({ store: join(folder, root, 'store'), runs: join(folder, root, 'out'), models: join(folder, root, 'models') });
  });

  it('prefers config.yaml to config/config.yaml of the same folder, and a named one to both', async () => {
    const cwd = await folderWith({ 'config.yaml': 'seed: 1', 'config/config.yaml': 'seed: 2', 'other/mine.yaml': 'seed: 3' });
    expect((await loadConfig({ cwd })).config.seed).toBe(1);
    const named = await loadConfig({ cwd, file: 'other/mine.yaml' });
    expect(named.config.seed).toBe(3);
    expect(named.root).toBe(join(cwd, 'other'));
  });

  it.each([['empty', ''], ['only comments', '# nothing\n'], ['sections without keys', 'data:\nstrategy:\n  momentum:\n'], ['with a byte order mark', '\uFEFFseed: 7\n']])('may be %s', async (_, text) => {
    expect((await loadConfig({ cwd: await folderWith({ 'config.yaml': text }) })).config).toEqual(defaults);
  });

  it('resolves absolute paths as they are', async () => {
    const cwd = await folderWith({ 'config.yaml': 'paths: { store: /var/lib/swing }' });
    expect((await loadConfig({ cwd })).paths.store).toBe('/var/lib/swing');
  });
});

describe('layers', () => {
  const files = {
    'config.yaml': 'seed: 1\ndata:\n  history: 400\n  symbols: [A, B, C]\n  quality: { zero-volume: keep, stale-price: mask }\nstrategy: { momentum: { top: 5, horizon: 4 } }\n',
    'experiment.yaml': 'seed: 2\ndata:\n  symbols: [D]\n  quality: { zero-volume: mask }\nstrategy: { momentum: { top: 6 } }\n',
  };

  it('are merged key by key, lists replaced, later ones winning', async () => {
    const cwd = await folderWith(files);
    const { config } = await loadConfig({ cwd, experiment: 'experiment.yaml', overrides: ['seed=3', 'strategy.momentum.top=9', 'strategy.momentum.top=7'] });
    expect(config.seed).toBe(3);
    expect(config.data).toEqual({ ...defaults.data, history: 400, symbols: ['D'], quality: { 'zero-volume': 'mask', 'stale-price': 'mask' } });
    expect(config.strategy.momentum).toEqual({ ...defaults.strategy.momentum, top: 7, horizon: 4 });
  });

  it('are remembered: each value tells where it came from', async () => {
    const cwd = await folderWith(files);
    const { originOf } = await loadConfig({ cwd, experiment: 'experiment.yaml', overrides: ['seed=3'] });
    expect(originOf(['seed'])).toEqual({ kind: 'set', where: '--set seed=3' });
    expect(originOf(['data', 'symbols'])).toEqual({ kind: 'experiment', where: 'experiment.yaml:3:12' });
    expect(originOf(['data', 'history'])).toEqual({ kind: 'file', where: 'config.yaml:3:12' });
    expect(originOf(['strategy', 'momentum', 'horizon'])).toEqual({ kind: 'file', where: 'config.yaml:6:42' });
    expect(originOf(['report', 'chartSessions'])).toEqual({ kind: 'default', where: '' });
  });

  it.each([
    ['data.symbols=[AAPL, MSFT]', ['data', 'symbols'], ['AAPL', 'MSFT']],
    ['clock.decisionTime=22:15', ['clock', 'decisionTime'], '22:15'],
    ['data.quality.zero-volume=mask', ['data', 'quality'], { 'zero-volume': 'mask' }],
    ['portfolio.costs={commissionBps: 0}', ['portfolio', 'costs', 'commissionBps'], 0],
    [' forecast.interval = 0.5', ['forecast', 'interval'], 0.5],
    ['data.universe="500"', ['data', 'universe'], '500'],
    ['data.folder=a=b', ['data', 'folder'], 'a=b'],
  ])('take --set %s', async (override, path, expected) => {
    const { config } = await loadConfig({ cwd: await folderWith({}), overrides: [override] });
    expect(path.reduce<any>((inside, step) => inside[step], config)).toEqual(expected);
  });

  it('are checked once merged: a later layer mends an earlier one', async () => {
    const cwd = await folderWith({ 'config.yaml': 'seed: nonsense\n' });
    await expect(loadConfig({ cwd })).rejects.toThrow(ConfigError);
    expect((await loadConfig({ cwd, overrides: ['seed=8'] })).config.seed).toBe(8);
  });
});

describe('the loaded configuration', () => {
  it('is frozen all the way down', async () => {
    const { config, paths } = await loadConfig({ cwd: await folderWith({}), overrides: ['data.symbols=[A]'] });
    expect(() => (config.strategy.momentum.top = 1)).toThrow(TypeError);
    expect(() => config.data.symbols!.push('B')).toThrow(TypeError);
    expect(() => ((paths as { store: string }).store = 'x')).toThrow(TypeError);
  });

  it('has one hash for the same settings, wherever they are and however they are written', async () => {
    const here = await loadConfig({ cwd: await folderWith({ 'config.yaml': 'seed: 5\ndata: { history: 900 }\n' }) });
    const there = await loadConfig({ cwd: await folderWith({ 'config/config.yaml': 'paths: { store: elsewhere }\n' }), overrides: ['seed=5'] });
    expect(here.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(there.hash).toBe(here.hash);
  });

  it('has another hash when any setting that may change a result differs', async () => {
    const cwd = await folderWith({});
    const hashOf = async (...overrides: string[]): Promise<string> => (await loadConfig({ cwd, overrides })).hash;
    const other: Record<string, string> = { 'clock.decisionTime': '"22:00"', 'data.source': 'store', 'data.universe': 'other', 'data.folder': 'x', 'data.symbols': '[A]', 'data.synthetic.start': '2014-01-02', 'data.synthetic.end': '2018-01-02', 'data.synthetic.planted': 'false', 'data.quality': '{zero-volume: mask}', 'features.use': '[momentum]', 'features.sets': '{mine: [momentum]}', 'features.benchmark': 'SPY', 'features.show': '[momentum-12-1]', 'graph.builder': 'ledoit-wolf', 'graph.sectorEdges': 'true', 'training.residual': 'none', 'training.rank': 'false', 'training.features': '[momentum]', 'training.normalize': 'none', 'forecast.model': 'momentum', 'strategy.priority.minEdge': '0.5', 'forecast.interval': '0.7', 'strategy.priority.signals': '[]', 'portfolio.rules.restrictedList.symbols': '[A]', 'experiment.name': 'other', 'experiment.describe': 'x', 'experiment.model': 'ridge', 'experiment.params': '{penalty: 1}', 'experiment.start': '2013-02-08', 'experiment.end': '2013-02-08', 'experiment.seeds': '[1]', 'experiment.benchmark': 'SPY', 'experiment.grid': '{seed: [1]}' };
    const names = settings().map(({ name }) => name).filter((name) => !name.startsWith('paths.') && !name.startsWith('tracking.') && name !== 'strategy.name');
    const hashes = [await hashOf()];
    for (const name of names) {
      const setting = settings().find((each) => each.name === name)!;
      hashes.push(await hashOf(`${name}=${other[name] ?? nearby(setting.default, setting.expectation)}`));
    }
    expect(new Set(hashes).size).toBe(names.length + 1);
    expect(await hashOf('paths.store=x', 'paths.runs=y', 'tracking.mlflow.url=http://127.0.0.1:5000')).toBe(hashes[0]);
  });
});

/** Another value that a setting accepts. */
function nearby(value: unknown, expectation: string): unknown {
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'string') return expectation.replace('one of ', '').split(', ').find((choice) => choice !== value)!;
  const number = value as number;
  const isLargest = new RegExp(` (to|most) ${number}$`).test(expectation);
  if (expectation.startsWith('a whole')) return isLargest ? number - 1 : number + 1;
  return number === 0 ? 0.5 : number * (isLargest ? 0.99 : 1.01);
}
