import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { EXIT } from '../../src/cli/exit-codes.js';
import { auditedProject, writeAuditedMarket } from '../lab/audits/audited-market.js';
import { eveningOf, temporaryFolder, TODAY } from '../pipeline/small-market.js';
import { swing, type Ended } from './run.js';

const CONFIG = (folder: string): string => `data: { source: files, folder: ${folder}, history: 300 }
forecast: { model: own, window: 60, minSessions: 20 }
strategy: { priority: { top: 6, horizon: 4 } }
training: { features: [momentum, volatility], residual: market, train: 120, test: 60 }
`;

const commands = [() => import('../../src/cli/commands/audit.js')];

let place: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  place = await temporaryFolder();
  await mkdir(join(place.folder, 'models'), { recursive: true });
  const data = await writeAuditedMarket(join(place.folder, 'bars'));
  await auditedProject(place.folder, data, [`paths.models=${join(place.folder, 'models')}`]);
  await writeFile(join(place.folder, 'config.yaml'), CONFIG('bars'));
  const gone = await writeAuditedMarket(join(place.folder, 'gone'));
  await appendFile(join(gone, 'membership.csv'), Array.from({ length: 12 }, (_, i) => `\nsp500,GONE${i},2000-01-03,2017-0${1 + (i % 9)}-15`).join(''));
  await mkdir(join(place.folder, 'survivors'));
  await writeFile(join(place.folder, 'survivors', 'config.yaml'), CONFIG('../gone'));
});
afterAll(() => place.remove());

const run = (...argv: string[]): Promise<Ended> => swing(argv, { cwd: place.folder, commands, clock: eveningOf(TODAY) });

describe('swing audit', () => {
  it.each([
    ['lookahead', ['--features', 'momentum', '--cuts', '1', '--decided', '4'], ['members', 'features', 'scores', 'decisions', 'fills']],
    ['warmup', ['--features', 'momentum', '--cuts', '1'], ['features', 'scores', 'evening history', 'decisions']],
    ['leakage', ['--features', 'momentum', '--shuffles', '1'], ['splits', 'learning', 'shuffled labels', 'telling features', 'universe', 'price levels']],
    ['daily', ['--since', '2018-01-29', '--until', '2018-01-31'], ['decisions', 'orders', 'fills', 'book']],
  ])('%s says what it asked and that nothing was found', async (name, flags, checks) => {
    const { code, stdout, stderr } = await run('-q', 'audit', name, ...flags);
    expect([code, stderr]).toEqual([EXIT.ok, '']);
    expect(stdout).toMatch(new RegExp(`^${name} audit of .*, seed 7: nothing found$`, 'm'));
    for (const check of checks) expect(stdout).toMatch(new RegExp(`^(passed|not applicable) +${check} +`, 'm'));
  }, 120_000);

  it('prints one JSON document, the same for the same seed', async () => {
    const ask = (): Promise<Ended> => run('-q', 'audit', 'lookahead', '--only', 'features', '--features', 'return-5', '--cuts', '1', '--seed', '3', '--json');
    const [one, other] = [await ask(), await ask()];
    expect(other.stdout).toBe(one.stdout);
    expect(JSON.parse(one.stdout)).toMatchObject({ audit: 'lookahead', seed: 3, passed: true, checks: [{ name: 'features', verdict: 'passed', findings: [] }] });
  }, 60_000);

  it('ends with its own code when something is found, and says what', async () => {
    const { code, stdout } = await run('-q', '--config', 'survivors/config.yaml', 'audit', 'leakage', '--only', 'universe', '--features', 'return-5');
    expect(code).toBe(EXIT.findings);
    expect(stdout).toMatch(/^found 1 +universe +/m);
    expect(stdout).toMatch(/^survivors-only: bars of 1 of 13 members who left "sp500", and of \d+ of \d+ who stayed; .* GONE\d+, a member until 2017-\d\d-15, has none: these are survivors$/m);
  }, 60_000);

  it.each([
    [['lookahead', '--since', 'banana'], 'found "banana" in --since'],
    [['leakage', '--features', 'momentun'], 'found "momentun"; the nearest names are momentum'],
    [['daily', '--since', '2018-02-07', '--until', '2018-01-31'], 'expected evenings up to 2018-01-31, found none since 2018-02-07'],
  ])('refuses %j', async (argv, message) => {
    const { code, stdout, stderr } = await run('-q', 'audit', ...argv);
    expect([code, stdout]).toEqual([EXIT.usage, '']);
    expect(stderr).toContain(message);
  }, 60_000);
});
