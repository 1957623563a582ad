import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { settings } from '../../src/config/describe.js';
import { configSchema } from '../../src/config/schema.js';
import { folderWith } from '../config/folder.js';
import { swing, type Ended } from './run.js';

const commands = [() => import('../../src/cli/commands/config.js')];
const run = (cwd: string, argv: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> => swing(argv, { cwd, commands, env });

describe('swing config check', () => {
  it('prints ok, the file and the hash, and ends with 0', async () => {
    const cwd = await folderWith({ 'config.yaml': 'seed: 3\n' });
    const { code, stdout, stderr } = await run(cwd, ['config', 'check']);
    expect(stdout).toMatch(new RegExp(`^ok {2}${join(cwd, 'config.yaml')} {2}[0-9a-f]{64}\n$`));
    expect(stderr).toBe('');
    expect(code).toBe(0);
  });

  it('says that there is no file', async () => {
    expect((await run(await folderWith({}), ['config', 'check'])).stdout).toMatch(/^ok {2}no file, defaults {2}/);
  });

  it('prints every problem on stderr, nothing on stdout, and ends with 2', async () => {
    const cwd = await folderWith({ 'config.yaml': 'seed: x\ndata: { histroy: 3 }\n' });
    expect(await run(cwd, ['config', 'check', '--set', 'report.chartSessions=1'])).toEqual({
      code: 2,
      stdout: '',
      stderr: [
        'error: 3 problems in the configuration:',
        '  --set report.chartSessions=1: report.chartSessions: expected a whole number from 20 to 756, found 1',
        '  config.yaml:1:7: seed: expected a whole number from 0 to 4294967295, found "x"',
        '  config.yaml:2:9: data.histroy: expected a known key, found "histroy"; did you mean "history"?',
        '',
      ].join('\n'),
    });
  });

  it('looks up the names of features, in the overlay of an experiment too', async () => {
    const cwd = await folderWith({ 'config.yaml': 'features:\n  sets: { momentum: [return-1] }\n', 'trial.yaml': 'features: { use: [nonexistent] }\n' });
    const { code, stdout, stderr } = await run(cwd, ['config', 'check', '--experiment', 'trial.yaml']);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr.split('\n').slice(1, -1)).toEqual([
      '  config.yaml:2:11: features.sets.momentum: expected a name of its own for an own set, found "momentum"; "momentum" is a family',
      '  trial.yaml:1:19: features.use: expected a feature, a family or a set, found "nonexistent"; there is nothing like it; list them with: swing features list',
    ]);
  });

  it('takes the global options before and after the command', async () => {
    const cwd = await folderWith({ 'mine.yaml': 'seed: 3\n' });
    const before = await run(cwd, ['--config', 'mine.yaml', '--set', 'seed=4', 'config', 'check']);
    const after = await run(cwd, ['config', 'check', '-c', 'mine.yaml', '--set', 'seed=9', '--set', 'seed=4']);
    expect(before.code).toBe(0);
    expect(after).toEqual(before);
  });
});

describe('swing config show', () => {
  it('prints one JSON document: settings, their values and sources, the whole configuration, secrets as set or not', async () => {
    const cwd = await folderWith({ 'config.yaml': 'data:\n  history: 500\n', 'trial.yaml': 'seed: 2\n' });
    const { code, stdout, stderr } = await run(cwd, ['config', 'show', '--json', '--experiment', 'trial.yaml', '--set', 'forecast.window=100'], { FRED_API_KEY: 'abc-secret', OPENAI_API_KEY: '' });
    const shown = JSON.parse(stdout);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).not.toContain('abc-secret');
    expect(shown.file).toBe(join(cwd, 'config.yaml'));
    expect(shown.root).toBe(cwd);
    expect(shown.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(shown.config).toEqual(configSchema.parse({ seed: 2, data: { history: 500 }, forecast: { window: 100 } }));
    expect(shown.settings.map(({ name }: { name: string }) => name)).toEqual(settings().map(({ name }) => name));
    const of = (name: string): unknown => shown.settings.find((setting: { name: string }) => setting.name === name);
    expect(of('seed')).toEqual({ name: 'seed', value: 2, from: 'experiment', where: 'trial.yaml:1:7' });
    expect(of('data.history')).toEqual({ name: 'data.history', value: 500, from: 'file', where: 'config.yaml:2:12' });
    expect(of('forecast.window')).toEqual({ name: 'forecast.window', value: 100, from: 'set', where: '--set forecast.window=100' });
    expect(of('data.folder')).toEqual({ name: 'data.folder', value: null, from: 'default', where: '' });
    expect(shown.secrets).toEqual({ POLYGON_API_KEY: 'not set', FINNHUB_API_KEY: 'not set', FRED_API_KEY: 'set', OPENAI_API_KEY: 'not set', MLFLOW_TRACKING_TOKEN: 'not set', MLFLOW_TRACKING_PASSWORD: 'not set' });
  });

  it('prints a line for each setting and secret to a person', async () => {
    const cwd = await folderWith({ 'config.yaml': 'seed: 5\n' });
    const { stdout } = await run(cwd, ['config', 'show', '--set', 'data.symbols=[A]'], { FRED_API_KEY: 'abc-secret' });
    const lines = stdout.split('\n');
    expect(lines.find((line) => line.startsWith('seed '))).toMatch(/^seed +5 +file config\.yaml:1:7$/);
    expect(lines.find((line) => line.startsWith('data.symbols '))).toMatch(/^data\.symbols +\["A"\] +--set data\.symbols=\[A\]$/);
    expect(lines.find((line) => line.startsWith('data.folder '))).toMatch(/^data\.folder +\(absent\) +default$/);
    expect(stdout).toMatch(/FRED_API_KEY +set\n/);
    expect(stdout).toMatch(/OPENAI_API_KEY +not set\n/);
    expect(stdout).not.toContain('abc-secret');
    for (const { name } of settings()) expect(lines.some((line) => line.startsWith(`${name} `)), name).toBe(true);
  });
});
