import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import { isoDate } from '../../src/core/dates.js';
import { importFrom } from '../../src/data/import.js';
import { openFilesFolder } from '../../src/data/providers/files/provider.js';
import { Store } from '../../src/data/store/store.js';
import { rowsStamped } from '../data/option-chains/rows-stamped.js';
import { daily, eveningOf, smallConfig, temporaryFolder, TODAY, writeSmallMarket } from './small-market.js';

describe('an evening on chains whose open interest looks ahead', () => {
  it('is refused, and says so before anything else where they were kept on demand', async () => {
    const place = await temporaryFolder();
    onTestFinished(() => place.remove());
    const data = await writeSmallMarket(join(place.folder, 'data'));
    await writeFile(join(data, 'chains.csv'), ['date,underlying,expiration,strike,cp,volume,open_interest', ...rowsStamped(0).map((row) => [row['session'], 'KO', row['expiry'], row['strike'], 'C', row['volume'], row['open_interest']].join(','))].join('\n'));
    const description = JSON.parse(await readFile(join(data, 'source.json'), 'utf8')) as { datasets: object };
    await writeFile(join(data, 'source.json'), JSON.stringify({ ...description, datasets: { ...description.datasets, option_chains: { file: 'chains.csv', source: 'made up', licence: 'CC0-1.0' } } }));
    const config = await smallConfig(join(place.folder, 'project'), data);
    await expect(daily(config, { asOf: isoDate('2018-01-09') })).rejects.toThrow('--keep-early-stamps');
    await importFrom(await openFilesFolder(data), await Store.open(config.paths.store), { clock: eveningOf(TODAY), keepEarlyStamps: true });
    const { document } = await daily(config, { asOf: isoDate('2018-01-09') });
    expect(document.notices[0]).toMatch(/^The open interest in the store was kept although it was settled on the day of its stamp /);
    expect(document.caveats).toContain(document.notices[0]);
  });
});
