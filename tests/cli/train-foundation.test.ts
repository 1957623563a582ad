import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { eveningOf, temporaryFolder, TODAY, writeSmallMarket } from '../pipeline/small-market.js';
import { swing as runSwing, type Ended } from './run.js';

let place: Awaited<ReturnType<typeof temporaryFolder>>;
const COMMANDS = [() => import('../../src/cli/commands/train.js'), () => import('../../src/cli/commands/runs.js')];
const swing = (...argv: string[]): Promise<Ended> => runSwing(argv, { cwd: place.folder, clock: eveningOf(TODAY), commands: COMMANDS });
const SMALL = ['--param', 'width=8', '--param', 'heads=2', '--param', 'past=10', '--end-date', '2017-12-15'];

beforeAll(async () => {
  place = await temporaryFolder();
  await writeSmallMarket(join(place.folder, 'bars'));
  await writeFile(join(place.folder, 'config.yaml'), 'data: { source: files, folder: bars, history: 300 }\ntraining: { features: [momentum, volatility], residual: market, train: 120, test: 60 }\nforecast: { window: 60, minSessions: 20 }\n');
});
afterAll(() => place.remove());

describe('swing train foundation', { timeout: 120_000 }, () => {
  it('learns two networks one after the other, goes on where a limit ended them, and takes part in the evening beside a ranker', async () => {
    const both = [...SMALL, '--param', 'members=2', '--name', 'net'];
    const first = await swing('train', 'foundation', ...both, '--max-epochs', '1', '--max-steps', '6');
    expect({ code: first.code, stderr: first.stderr }).toEqual({ code: 0, stderr: expect.stringMatching(/^[\d,]+ parameters\nstopped: 6 steps are done\nnetwork 2, [\d,]+ parameters\nstopped: 6 steps are done\n/) });
    for (const member of ['member-0', 'member-1']) expect(existsSync(join(place.folder, 'runs', 'training', 'net', member, 'last.safetensors'))).toBe(true);
    const rest = await swing('train', 'foundation', ...both, '--max-epochs', '1', '--resume');
    expect(rest.stderr).toMatch(/goes on in epoch 0 after step 6\nepoch 0: loss .*rank IC .*\nstopped: 1 epochs are done\nnetwork 2, .*goes on in epoch 0 after step 6\nnetwork 2, epoch 0: /);
    const [, run] = JSON.parse((await swing('runs', 'list', 'train', '--json')).stdout);
    expect(run).toMatchObject({ name: 'foundation', status: 'finished', params: { 'model.width': 8, features: 20, 'labelSettings.residual': 'market', 'within.maxEpochs': 1 } });
    expect(run.params).not.toHaveProperty('labelSettings.rank'); // it learns from returns
    expect(Object.keys(run.metrics)).toEqual(expect.arrayContaining(['epoch/loss', 'epoch/validation rank IC', 'epoch of network 2/loss', 'epoch of network 2/validation pinball']));
    expect((await swing('train', 'ridge', '--end-date', '2017-10-02', '--name', 'ranker')).code).toBe(0);
    const list = (await swing('train', 'list')).stdout;
    expect(list).toMatch(/^net +foundation +here +– .* yes, its ranks beside those of ranker$/m);
    expect(list).toMatch(/^ranker +ridge +here +– .* yes$/m);
    expect(await swing('train', 'promote', 'net')).toMatchObject({ code: 0, stderr: expect.stringContaining('as the network, from 2017-12-15 on') });
    expect(JSON.parse((await swing('train', 'show', 'net', '--json', '--set', 'forecast.network=none')).stdout)).toMatchObject({ aliases: ['champion'], isTaken: false, verdict: 'no: forecast.network is none', card: { forecaster: 'foundation' } });
    expect(JSON.parse(await readFile(join(place.folder, 'models', 'promoted.json'), 'utf8'))).toMatchObject({ promoted: [{ name: 'net', kind: 'foundation', alias: 'champion' }] });
  });
});
