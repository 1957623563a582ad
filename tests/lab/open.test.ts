import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { SeriesFeature } from '../../src/features/feature.js';
import { ConfigError } from '../../src/core/errors.js';
import { open, type Lab } from '../../src/lab/open.js';
import { complaints } from '../recommendation/schema.js';
import { contents, eveningOf, SYMBOLS, temporaryFolder, TODAY, writeSmallMarket } from '../pipeline/small-market.js';

let place: Awaited<ReturnType<typeof temporaryFolder>>;
let lab: Lab;

beforeAll(async () => {
  place = await temporaryFolder();
  await writeSmallMarket(join(place.folder, 'bars'));
  await writeFile(join(place.folder, 'config.yaml'), 'data: { source: files, folder: bars, history: 300 }\nforecast: { window: 60, minSessions: 20 }\n');
  lab = await open({ data: place.folder, clock: eveningOf(TODAY), seed: 11 });
});
afterAll(() => place.remove());

describe('a lab', () => {
  it('stands on the configuration of its folder, with what was set on top', () => {
    expect(lab.config.config.seed).toBe(11);
    expect(lab.config.config.data.history).toBe(300);
    expect(lab.store.folder).toBe(join(place.folder, 'store'));
  });

  it('gives a panel of the members of a span', async () => {
    const bars = await lab.panel({ start: '2018-01-02', end: '2018-01-12' });
    expect(bars.symbols).toEqual(SYMBOLS.filter((symbol) => symbol !== 'BA')); // it joins later
    expect([bars.first, bars.last, bars.sessions.length]).toEqual(['2018-01-02', '2018-01-12', 9]);
  });

  it('gives a panel that does not change when later bars come: cut there or later, the same', async () => {
    const [short, long] = [await lab.panel({ symbols: ['XRX', 'HPE'], end: '2017-06-30' }), await lab.panel({ symbols: ['XRX', 'HPE'] })];
    for (const name of ['open', 'high', 'low', 'close', 'segment']) for (const symbol of short.symbols) expect(long.series(name, symbol).subarray(0, short.sessions.length)).toEqual(short.series(name, symbol));
  });

  it('gives features by name and refuses those it does not have', async () => {
    const bars = await lab.panel({ symbols: ['AAPL', 'KO'] });
    expect((await lab.features(bars, ['momentum-12-1'])).columnNames).toEqual(['momentum-12-1']);
    expect((await lab.features(bars, ['momentum', 'volatility'])).columnNames.length).toBeGreaterThan(10);
    const [few, everyone] = [await lab.panel({ symbols: ['AAPL', 'MSFT'] }), await lab.panel()];
    const compared = ['beta-60', 'rank-return-5', 'strength-to-sector-5', 'index-momentum-21'];
    const [part, whole] = [await lab.features(few, compared), await lab.features(everyone, compared)];
    expect(part.symbols).toEqual(['AAPL', 'MSFT']);
    for (const name of compared) for (const symbol of part.symbols) expect(part.series(name, symbol)).toEqual(whole.series(name, symbol));
    const own: SeriesFeature = { kind: 'series', name: 'own', family: 'trend', describe: 'made here', formula: 'C / O', unit: 'ratio', source: 'this test', lookback: 0, inputs: ['bars'], compute: ({ close, open }) => close.map((value, t) => value / open[t]) };
    expect((await lab.features(few, [own, 'return-1'])).columnNames).toEqual(['return-1', 'own']);
    await expect(lab.features(few, 'momentum' as never)).rejects.toThrow('expected a list of features or names, found "momentum"');
    await expect(lab.features(bars, ['momentun'])).rejects.toThrow(ConfigError);
    await expect(lab.features(bars, ['momentun'])).rejects.toThrow('found "momentun"; the nearest names are momentum');
  });

  it('recommends for the last session, or one that it is told, and keeps nothing', async () => {
    const before = await contents(lab.config);
    const document = await lab.recommend();
    expect(document.asOf).toBe('2018-02-07');
    expect(complaints(document)).toEqual([]);
    expect((await lab.recommend({ asOf: '2018-01-22' })).asOf).toBe('2018-01-22');
    await expect(lab.recommend({ asOf: '2018-01-21' })).rejects.toThrow('expected an XNYS session');
    expect(await contents(lab.config)).toEqual(before);
  });

  it('is opened by its configuration file as well', async () => {
    const copy = join(place.folder, 'copy');
    await cp(join(place.folder, 'bars'), join(copy, 'bars'), { recursive: true });
    await cp(join(place.folder, 'config.yaml'), join(copy, 'config.yaml'));
    const other = await open({ data: 'copy/config.yaml', cwd: place.folder, clock: eveningOf(TODAY), set: ['data.history=310'] });
    expect(other.config.config.data.history).toBe(310);
    expect((await other.universe()).membersAt('2018-01-24' as never)).toHaveLength(29);
  });
});
