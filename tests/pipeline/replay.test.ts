import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { loadConfig, type LoadedConfig } from '../../src/config/load.js';
import { systemClock } from '../../src/core/clock.js';
import { isoDate } from '../../src/core/dates.js';
import { open } from '../../src/index.js';
import { readBookBefore } from '../../src/lab/paper-book.js';
import { Store } from '../../src/data/store/store.js';
import { daily, temporaryFolder } from './small-market.js';

/** The released model is usable from the first of them on; the bundled sample ends with the last. */
const [SINCE, UNTIL] = [isoDate('2017-12-18'), isoDate('2018-02-07')];

let place: Awaited<ReturnType<typeof temporaryFolder>>;
let config: LoadedConfig;

beforeAll(async () => {
  place = await temporaryFolder();
  config = await loadConfig({ cwd: place.folder, file: null });
  await daily(config, { since: SINCE, asOf: UNTIL, clock: systemClock });
}, 240_000);
afterAll(() => place.remove());

describe('36 evenings of the bundled sample', () => {
  it('leave the book that one pass over all bars leaves, to the cent', async () => {
    const lab = await open({ cwd: place.folder, data: 'sample' });
    const { book, equity, fills } = await lab.replay({ since: SINCE, until: UNTIL });
    expect(equity).toHaveLength(35);
    expect(fills.length).toBeGreaterThan(100);
    const kept = await readBookBefore(await Store.open(config.paths.store), isoDate('2018-02-08'));
    expect(kept).toEqual({ ...book, orders: expect.anything() });
    // orders of sales have no limit, which the store reads back as none
    expect(kept!.orders).toEqual(book.orders.map((order) => ({ limit: null, ...order })));
  }, 120_000);

  it('needs a model that was usable on every session', async () => {
    const lab = await open({ cwd: place.folder, data: 'sample' });
    await expect(lab.replay({ since: '2017-11-01', until: UNTIL })).rejects.toThrow('expected a trained model that was usable on 2017-11-01');
  }, 60_000);
});
