import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { EXIT } from '../../src/cli/exit-codes.js';
import { FEATURES } from '../../src/features/registry.js';
import { readFeatureFiles } from '../../src/pipeline/feature-files/read.js';
import { eveningOf, temporaryFolder, TODAY, writeSmallMarket } from '../pipeline/small-market.js';
import { swing, type Ended } from './run.js';

const CONFIG = `data: { source: files, folder: bars, history: 300 }
features: { sets: { mine: [momentum-12-1, volatility] } }
`;

const commands = [() => import('../../src/cli/commands/features.js'), () => import('../../src/cli/commands/config.js')];

let place: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  place = await temporaryFolder();
  await writeSmallMarket(join(place.folder, 'bars'));
  await writeFile(join(place.folder, 'config.yaml'), CONFIG);
});
afterAll(() => place.remove());

const run = (...argv: string[]): Promise<Ended> => swing(argv, { cwd: place.folder, commands, clock: eveningOf(TODAY) });

describe('swing features list', () => {
  it('prints a line a feature, and how many there are', async () => {
    const { code, stdout } = await run('features', 'list', 'momentum');
    expect(code).toBe(EXIT.ok);
    expect(stdout).toMatch(/^momentum-12-1 +momentum +return +252 +return from 252 to 21 sessions ago$/m);
    expect(stdout).toContain(`${FEATURES.filter(({ family }) => family === 'momentum').length} of ${FEATURES.length} features`);
  });

  it('knows own sets, and prints JSON', async () => {
    const { stdout } = await run('features', 'list', 'mine', '--json');
    const listed = JSON.parse(stdout) as { name: string; formula: string }[];
    expect(listed.map(({ name }) => name)).toEqual(FEATURES.filter(({ name, family }) => name === 'momentum-12-1' || family === 'volatility').map(({ name }) => name));
    expect(listed[0].formula).toBe('C[t−21] / C[t−252] − 1');
  });

  it('names the nearest for an unknown one', async () => {
    const { code, stdout, stderr } = await run('features', 'list', 'momentum-12');
    expect([code, stdout]).toEqual([EXIT.usage, '']);
    expect(stderr).toContain('found "momentum-12"; the nearest names are momentum-12-1');
  });
});

describe('swing features describe', () => {
  it('prints formula, source, availability, and writes a page', async () => {
    const { code, stdout } = await run('features', 'describe', 'realized-volatility-21', '--symbol', 'aapl', '--as-of', '2017-12-29');
    expect(code).toBe(EXIT.ok);
    expect(stdout).toMatch(/^formula +√\(252 · mean\(r², 21\)\)$/m);
    expect(stdout).toMatch(/^available +decision time of session t/m);
    expect(stdout).toMatch(/^sets +.*mine/m);
    const page = join(place.folder, 'runs', 'features', 'realized-volatility-21.html');
    expect(stdout).toContain(`page: ${page}`);
    const html = await readFile(page, 'utf8');
    expect(html).toContain('realized-volatility-21');
    expect(html).toContain('AAPL');
    expect(html).not.toMatch(/src="http|href="http/);
  });

  it('can leave the page out', async () => {
    const { stdout } = await run('features', 'describe', 'monday', '--no-page');
    expect(stdout).not.toContain('page:');
    expect(JSON.parse((await run('features', 'describe', 'monday', '--json')).stdout)).toMatchObject({ name: 'monday', family: 'calendar' });
  });

  it.each([
    [['describe', 'momentum'], 'expected the name of one feature'],
    [['describe', 'momentum-12-1', '--symbol', 'NOSUCH'], 'found "NOSUCH" in --symbol'],
    [['describe', 'momentum-12-1', '--as-of', '2017-12-30'], 'expected an XNYS session, found 2017-12-30'],
  ])('refuses %j', async (argv, message) => {
    const { code, stderr } = await run('features', ...argv);
    expect(code).toBe(EXIT.usage);
    expect(stderr).toContain(message);
  });
});

describe('swing features compute', () => {
  it('writes files, adds what is new, keeps what is not', async () => {
    const out = join(place.folder, 'values');
    const first = await run('-q', 'features', 'compute', 'mine', '--end', '2018-01-31', '--out', out);
    expect([first.code, first.stderr]).toEqual([EXIT.ok, '']);
    expect(first.stdout).toContain('everything computed (nothing was computed before)');
    expect((await run('features', 'compute', 'mine', '--end', '2018-02-07', '--out', out)).stdout).toContain('5 new sessions added');
    expect((await run('features', 'compute', 'mine', '--end', '2018-02-07', '--out', out)).stdout).toContain('nothing new, kept from before');
    const values = await readFeatureFiles(out, { features: ['momentum-12-1'] });
    expect([values.first, values.last]).toEqual(['2016-06-01', '2018-02-07']);
    const whole = join(place.folder, 'whole');
    await run('features', 'compute', 'mine', '--out', whole);
    expect((await readFeatureFiles(whole, { features: ['momentum-12-1'] })).column('momentum-12-1')).toEqual(values.column('momentum-12-1'));
  });

  it('says which features have no input in the store', async () => {
    const needy = FEATURES.find(({ inputs }) => inputs.includes('vwap'))!.name;
    expect((await run('features', 'compute', needy, '--symbols', 'AAPL,MSFT')).stdout).toContain(`no values of ${needy}: not known by 2018-02-07: vwap`);
  });

  it('refuses spans that the data does not have', async () => {
    const { code, stderr } = await run('features', 'compute', 'mine', '--end', '2018-03-01');
    expect(code).toBe(EXIT.usage);
    expect(stderr).toContain('expected a session within the data, 2016-06-01 to 2018-02-07, found 2018-03-01 in --end');
  });
});

describe('swing features compute of a part', () => {
  it('gives few symbols the values that they have beside everyone', async () => {
    const names = ['beta-60', 'index-momentum-21', 'rank-return-5', 'strength-to-sector-21'];
    const [few, all] = [join(place.folder, 'few'), join(place.folder, 'all')];
    await run('-q', 'features', 'compute', ...names, '--symbols', 'AAPL,MSFT', '--start', '2017-12-01', '--out', few);
    await run('-q', 'features', 'compute', ...names, '--out', all);
    const [part, whole] = [await readFeatureFiles(few), await readFeatureFiles(all, { symbols: ['AAPL', 'MSFT'], start: '2017-12-01' })];
    expect([part.symbols, part.sessions]).toEqual([whole.symbols, whole.sessions]);
    for (const name of names) {
      expect(part.column(name)).toEqual(whole.column(name));
      expect(part.column(name).every(Number.isFinite)).toBe(true);
    }
  });

  it('counts what is missing', async () => {
    const { stdout } = await run('features', 'compute', 'momentum-12-1', 'return-1', '--symbols', 'AAPL', '--json');
    const { missing } = JSON.parse(stdout) as { missing: { feature: string; missing: number; of: number }[] };
    const [momentum, oneDay] = missing;
    expect(momentum).toMatchObject({ feature: 'momentum-12-1' });
    expect(momentum.missing).toBeGreaterThanOrEqual(252);
    expect(oneDay.missing).toBeLessThan(10);
    expect((await run('features', 'compute', 'momentum-12-1', '--symbols', 'AAPL')).stdout).toMatch(/missing where there is a bar, lookbacks included: 1 features, most of them momentum-12-1 \d+\.\d %/);
  });

  it.each([
    [['--start', '2015-01-02'], 'expected a session within the data, 2016-06-01 to 2018-02-07, found 2015-01-02 in --start'],
    [['--start', '2018-01-06'], 'expected an XNYS session, found 2018-01-06'],
    [['--start', '2018-01-05', '--end', '2017-01-05'], 'expected a start on or before the end 2017-01-05, found 2018-01-05 in --start'],
    [['--start', 'banana'], 'found "banana" in --start'],
    [['--symbols', 'NOSUCH'], 'found none for "NOSUCH"'],
  ])('refuses %j', async (argv, message) => {
    const { code, stdout, stderr } = await run('features', 'compute', 'return-1', ...argv);
    expect(code).not.toBe(EXIT.ok);
    expect([stdout, stderr]).toEqual(['', expect.stringContaining(message)]);
  });

  it('touches no folder of somebody else, and no file in its own that it did not make', async () => {
    const foreign = join(place.folder, 'foreign');
    await mkdir(foreign);
    await writeFile(join(foreign, 'prices.npy'), 'precious');
    const { code, stderr } = await run('features', 'compute', 'return-1', '--out', foreign);
    expect([code, stderr]).toEqual([EXIT.usage, expect.stringContaining('expected an empty folder, or one with computed features, found "prices.npy"')]);
    const own = join(place.folder, 'own');
    await run('features', 'compute', 'return-1', '--out', own);
    await writeFile(join(own, 'prices.npy'), 'precious');
    await run('features', 'compute', 'return-1', '--out', own, '--whole');
    expect(await readFile(join(own, 'prices.npy'), 'utf8')).toBe('precious');
  });
});

describe('swing features check', () => {
  it('holds features to their laws on the data of the store', async () => {
    const { code, stdout } = await run('features', 'check', 'mine', 'calendar', '--places', '2');
    expect(stdout).toMatch(/^\d+ features, 30 symbols, 2016-06-01 to 2018-02-07, 2 places by seed 7: every law holds$/m);
    expect(code).toBe(EXIT.ok);
  });

  it('prints JSON', async () => {
    const { stdout } = await run('features', 'check', 'momentum-12-1', '--symbols', 'AAPL,MSFT', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ features: 1, symbols: ['AAPL', 'MSFT'], breaches: [] });
  });
});

describe('swing config check', () => {
  it('knows the names of features', async () => {
    const { code, stderr } = await run('--set', 'features.use=[momentun]', 'config', 'check');
    expect(code).toBe(EXIT.usage);
    expect(stderr).toContain('found "momentun"; the nearest names are momentum');
  });
});
