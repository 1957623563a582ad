import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { decisionTime } from '../../src/core/clock.js';
import { isoDate, toEpochDay } from '../../src/core/dates.js';
import { macroAvailableAt } from '../../src/data/macro-lags.js';
import { rows } from '../../src/data/store/duckdb.js';
import { knownStore } from '../../src/data/store/known-store.js';
import { Store } from '../../src/data/store/store.js';
import { prepareData } from '../../src/lab/data-source.js';
import { writeAuditedMarket } from '../lab/audits/audited-market.js';
import { eveningOf, smallConfig, temporaryFolder, TODAY } from '../pipeline/small-market.js';

const SESSION = isoDate('2018-01-17');

let place: Awaited<ReturnType<typeof temporaryFolder>>;
let whole: Store;
let then: Store;
beforeAll(async () => {
  place = await temporaryFolder();
  const { config, paths, root } = await smallConfig(join(place.folder, 'project'), await writeAuditedMarket(join(place.folder, 'data')));
  whole = await Store.open(paths.store);
  await prepareData(whole, config.data, { clock: eveningOf(TODAY), root });
  then = await knownStore(whole, SESSION, join(place.folder, 'then'));
});
afterAll(() => place.remove());

const ask = (store: Store, sql: string): Promise<Record<string, unknown>[]> => store.query((connection) => rows(connection, sql));

describe('a store as it was on a session', () => {
  it('holds bars up to it, every one of them, and is whole in itself', async () => {
    await then.verify();
    expect(await then.entry('bars')).toMatchObject({ lastDate: SESSION });
    const [known] = await ask(then, 'select count(*) as n, max(session) <= date \'2018-01-17\' as within from bars');
    const [all] = await ask(whole, `select count(*) as n from bars where session <= date '${SESSION}'`);
    expect(known).toEqual({ n: all['n'], within: true });
  });

  it('knows who was a member, and not who will join or leave', async () => {
    const stays = await ask(then, `select symbol, cast(end_date as varchar) as gone from membership where symbol in ('BA', 'IBM')`);
    expect(stays).toEqual([{ symbol: 'IBM', gone: null }]); // BA joins on the 23rd, IBM leaves on the 18th
  });

  it('knows a macro observation from its lag on, and a filing from the first decision after it', async () => {
    const [{ last }] = await ask(then, 'select cast(max(observation_date) as varchar) as last from macro');
    expect(last).toBe('2018-01-16');
    expect(macroAvailableAt('VIX', toEpochDay(isoDate(String(last))))).toBeLessThanOrEqual(toEpochDay(SESSION));
    const [{ filed }] = await ask(then, 'select cast(max(epoch_ms(filed_at)) as double) as filed from filings');
    const [{ late }] = await ask(whole, `select count(*) as late from filings where epoch_ms(filed_at) > ${decisionTime(SESSION)}`);
    expect(Number(filed)).toBeLessThanOrEqual(decisionTime(SESSION));
    expect(Number(late)).toBeGreaterThan(0);
  });

  it('of no session is all of the market, without what evenings kept', async () => {
    const copy = await knownStore(whole, null, join(place.folder, 'copy'));
    const hashes = async (store: Store): Promise<Record<string, string>> => Object.fromEntries(Object.entries((await store.manifest()).datasets).map(([name, { contentHash }]) => [name, contentHash]));
    expect(await hashes(copy)).toEqual(await hashes(whole));
  });
});
