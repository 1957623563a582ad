import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { LoadedConfig } from '../../src/config/load.js';
import { result } from '../../src/core/events.js';
import { isoDate } from '../../src/core/dates.js';
import { Store } from '../../src/data/store/store.js';
import { writeModel } from '../../src/lab/models/model-folder.js';
import { trainCheckpoint } from '../../src/lab/models/train-checkpoint.js';
import { openConfigured } from '../../src/lab/open.js';
import { readBookBefore } from '../../src/lab/paper-book.js';
import { ridge } from '../../src/models/baselines/ridge.js';
import { daily, eveningOf, smallConfig, temporaryFolder, TODAY, writeRawMarket, writeSmallMarket } from '../pipeline/small-market.js';

const [SINCE, UNTIL] = [isoDate('2018-01-16'), isoDate('2018-01-31')];
const SETTINGS = ['forecast.model=own', 'training.features=[momentum, volatility]', 'training.residual=market', 'training.train=120', 'training.test=60', 'training.rank=true'];

let place: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => void (place = await temporaryFolder()));
afterAll(() => place.remove());

/** A project over thirty names with a ridge regression that had learnt up to January 2018. */
async function project(name: string, data: string, set: readonly string[] = []): Promise<LoadedConfig> {
  const config = await smallConfig(join(place.folder, name), data, [...SETTINGS, ...set]);
  const lab = await openConfigured(config, { clock: eveningOf(TODAY) });
  const model = await result(trainCheckpoint(lab, ridge({ penalty: 1 }), { settings: config.config.training, coverage: 0.8, start: '2016-09-01', end: '2018-01-10', context: { seed: 7, threads: 1, environment: {} } }));
  await writeModel(join(config.paths.models, 'own'), model);
  model.dispose();
  return config;
}

describe.each([
  ['adjusted prices', writeSmallMarket, [] as string[]],
  ['prices as quoted, with a split and dividends', writeRawMarket, []],
  ['a few names as they are listed that day', writeSmallMarket, ['data.symbols=[fb, AAPL, CAT, GE, HD, JPM, MSFT, XOM]']],
])('a replay over %s', (title, write, set) => {
  it('leaves the book that evening after evening leaves, to the cent', async () => {
    const data = await write(join(place.folder, `${title} data`));
    const config = await project(title, data, set);
    await daily(config, { since: SINCE, asOf: UNTIL });
    const kept = (await readBookBefore(await Store.open(config.paths.store), isoDate('2018-02-01')))!;
    const lab = await openConfigured(config, { clock: eveningOf(TODAY) });
    const { book, fills, equity } = await lab.replay({ since: SINCE, until: UNTIL });
    expect(equity).toHaveLength(12);
    expect(fills.length).toBeGreaterThan(8);
    expect([book.cash, book.positions, book.highestEquity]).toEqual([kept.cash, kept.positions, kept.highestEquity]);
    expect(kept.orders).toEqual(book.orders.map((order) => ({ limit: null, ...order })));
    if (set.length > 0) expect([...new Set(fills.map(({ symbol }) => symbol))]).toContain('META');
    expect(await readFile(join(config.paths.models, 'own', 'card.json'), 'utf8')).toContain('"usableFrom"');
  }, 120_000);
});
