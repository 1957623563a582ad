import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { beforeEach, describe, expect, it } from 'vitest';

import { localTracker } from '../../src/tracking/local-tracker.js';
import { folderWith } from '../config/folder.js';
import { SPEC, tickingClock } from '../contracts/tracker.js';
import { FakeMlflow } from '../tracking/fake-mlflow/server.js';
import { swing, type Ended } from './run.js';

const commands = [() => import('../../src/cli/commands/runs.js')];

let project: string;
let fake: FakeMlflow;
const sync = (argv: readonly string[] = [], env: NodeJS.ProcessEnv = { MLFLOW_TRACKING_URI: fake.url }): Promise<Ended> => swing(['runs', 'sync', ...argv], { cwd: project, commands, env });

beforeEach(async () => {
  project = await folderWith({ 'config.yaml': 'seed: 7\n' });
  fake = await FakeMlflow.start();
  const tracker = localTracker({ folder: join(project, 'runs/tracking'), clock: tickingClock() });
  for (const seed of [1, 2]) {
    const run = await tracker.start({ ...SPEC, seed });
    await run.logMetrics({ ic: seed / 100 });
    await run.end('finished');
  }
});

describe('swing runs sync', () => {
  it('sends with --all what was kept before there was a server, and then has nothing to send', async () => {
    expect(await sync()).toEqual({ code: 0, stdout: `sent nothing to ${fake.url}, which now has everything\n`, stderr: '' });
    expect(await sync(['--all'])).toEqual({ code: 0, stdout: `sent 2 runs to ${fake.url}, which now has everything\n`, stderr: '' });
    expect(fake.state()).toMatchObject({ experiments: ['swinglab/ranker'], runs: [{ status: 'FINISHED', shown: { ic: expect.any(Number) } }, { status: 'FINISHED' }] });
    expect(JSON.parse((await sync(['--json'])).stdout)).toEqual({ server: fake.url, sent: [], waiting: [], refused: [] });
  });

  it('takes the server of the configuration before that of the environment, and its prefix', async () => {
    project = await folderWith({ 'config.yaml': `tracking: { mlflow: { url: "${fake.url}", experimentPrefix: "desk/" } }\n` });
    const run = await localTracker({ folder: join(project, 'runs/tracking'), clock: tickingClock() }).start(SPEC);
    await run.end('finished');
    expect((await sync(['--all'], { MLFLOW_TRACKING_URI: 'http://127.0.0.1:9' })).code).toBe(0);
    expect(fake.state()['experiments']).toEqual(['desk/ranker']);
  });

  it('says where there is no server, and keeps all where it does not answer', async () => {
    expect(await sync([], {})).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('expected the address of an MLflow server, found none') });
    project = await folderWith({ 'config.yaml': 'tracking: { mlflow: { enabled: false } }\n' });
    expect(await sync()).toMatchObject({ code: 2 });
  });

  it('keeps all where the server does not answer, and ends as a provider that failed', async () => {
    await fake.stop();
    const away = await sync(['--all']);
    expect(away).toMatchObject({ code: 4, stdout: `sent nothing to ${fake.url}; 2 wait\n`, stderr: expect.stringContaining(`expected an answer from MLflow at ${fake.url}, found connect ECONNREFUSED`) });
    expect((await readdir(join(project, 'runs/tracking/spool'))).filter((name) => /^\d+$/.test(name))).toHaveLength(2);
    await fake.start();
    expect((await sync()).stdout).toBe(`sent 2 runs to ${fake.url}, which now has everything\n`);
  });

  it('tells what the server does not take, each with its reason, and tries it again the next time', async () => {
    await sync(['--all']);
    fake.runs.deleteExperiment({ experiment_id: '1' });
    const { code, stdout } = await sync(['--all']);
    expect(code).toBe(7);
    expect(stdout).toMatch(/^sent nothing to .*; 2 wait\nnot taken: run [\da-f]{16} of ranker: expected the experiment "swinglab\/ranker" at MLflow, found it deleted \(restore it: mlflow experiments restore --experiment-id 1\); it waits in .*\nnot taken: /);
    expect(JSON.parse((await sync(['--json'])).stdout).refused).toMatchObject([{ what: expect.stringContaining('of ranker'), hint: expect.any(String) }, {}]);
    fake.runs.experiments.get('1')!.isDeleted = false;
    for (const run of fake.runs.runs.values()) run.isDeleted = false;
    expect((await sync()).stdout).toBe(`sent 2 runs to ${fake.url}, which now has everything\n`);
  });

  it.each([['MLFLOW_TRACKING_PASSWORD', { MLFLOW_TRACKING_USERNAME: 'ada', MLFLOW_TRACKING_PASSWORD: 'planted-secret' }], ['MLFLOW_TRACKING_TOKEN', { MLFLOW_TRACKING_TOKEN: 'planted-secret' }]])('is let in by %s, and never repeats it', async (_, login) => {
    const guarded = await FakeMlflow.start({ login: 'MLFLOW_TRACKING_TOKEN' in login ? 'planted-secret' : 'ada:planted-secret' });
    const uri = { MLFLOW_TRACKING_URI: guarded.url };
    const shut = await sync(['--all'], uri);
    expect(shut).toMatchObject({ code: 4, stderr: expect.stringContaining('set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN') });
    const wrong = await sync([], { MLFLOW_TRACKING_URI: guarded.url.replace('//', '//eve:other-secret@') });
    expect(wrong.code).toBe(4);
    expect(shut.stderr + wrong.stdout + wrong.stderr).not.toMatch(/other-secret|eve/);
    const inside = await sync([], { ...uri, ...login });
    expect(inside).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.stringify(inside) + JSON.stringify(guarded.state())).not.toContain('planted-secret');
  });
});
