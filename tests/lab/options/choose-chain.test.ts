import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { XNYS } from '../../../src/core/calendar.js';
import { isoDate, type IsoDate } from '../../../src/core/dates.js';
import { literal, rows, withDuckDB } from '../../../src/data/store/duckdb.js';
import { EMPTY_MANIFEST, writeManifest, type PartitionEntry } from '../../../src/data/store/manifest.js';
import { Store } from '../../../src/data/store/store.js';
import { chooseChain } from '../../../src/lab/options/choose-chain.js';
import { OPTIONS_HISTORY } from '../../../src/lab/options/options-history.js';
import { temporaryRoot } from '../../temporary-root.js';
import { temporaryStore } from '../../data/store/rows.js';

const COUNT = OPTIONS_HISTORY + 60;
const sessions: readonly IsoDate[] = Array.from({ length: COUNT }, (_, t) => XNYS.shift(isoDate('2015-01-02'), t));

/** On which of the sessions an underlying has a chain. */
const CHAINS: Readonly<Record<string, (t: number) => boolean>> = {
  ALWAYS: () => true,
  'BRK-B': (t) => t % 3 === 1,
  RETURNED: (t) => t < 10 || t >= COUNT - 5,
  LISTED: (t) => t >= COUNT - 7 && t < COUNT - 2,
  LEFT: (t) => t < 20,
};
const own = (name: string): IsoDate[] => sessions.filter((_, t) => CHAINS[name](t));

let folder: string;
let store: Store;

/** A store of many small files, without the commits that would make them one by one. */
beforeAll(async () => {
  folder = await mkdtemp(join(temporaryRoot(), 'swinglab-choose-'));
  await mkdir(join(folder, 'option_chains'));
  const partitions: PartitionEntry[] = [];
  await withDuckDB(async (connection) => {
    for (const [t, key] of sessions.entries()) {
      const names = Object.keys(CHAINS).filter((name) => CHAINS[name](t));
      const path = `option_chains/${key}-${'0'.repeat(16)}.parquet`;
      await rows(connection, `copy (select unnest([${names.map(literal).join(', ')}]) as underlying, date '${key}' as session order by 1) to ${literal(join(folder, path))} (format parquet)`);
      partitions.push({ path, key, rows: names.length, sha256: String(t).padStart(64, '0') });
    }
  });
  const entry = { rows: 1, contentHash: '', provider: 'test', fingerprint: null, source: 'a test', licence: 'CC0-1.0', retrievedAt: '', notes: [], firstDate: sessions[0], lastDate: sessions[COUNT - 1], partitions, findings: [] };
  await writeManifest(folder, { ...EMPTY_MANIFEST, version: 1, datasets: { option_chains: entry } });
  store = await Store.open(folder);
}, 30_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the chain that is meant', () => {
  it.each(Object.keys(CHAINS))('is the last one of %s unless another session is asked for, with the sessions before it', async (name) => {
    const all = own(name);
    for (const asOf of [undefined, all[0], all[all.length >> 1]]) {
      const chosen = await chooseChain(store, { underlying: name, ...(asOf ? { asOf } : {}) });
      const until = all.filter((day) => day <= (asOf ?? sessions[COUNT - 1]));
      const from = sessions[Math.max(0, sessions.indexOf(until[until.length - 1]) + 1 - OPTIONS_HISTORY)];
      expect(chosen, `${asOf}`).toMatchObject({ underlying: name, session: until[until.length - 1], sessions: until.filter((day) => day >= from) });
      // history begins with the first chain, or as far back as it reaches
      const begin = (first: IsoDate): IsoDate => (first > from ? first : from);
      expect([begin(chosen.first), all.includes(chosen.first)], `${asOf}`).toEqual([begin(all[0]), true]);
    }
  });

  it('is found by other ways of writing the name', async () => {
    expect((await chooseChain(store, { underlying: ' brk.b ' })).session).toBe(own('BRK-B').at(-1));
  });

  it('is missed with the nearest sessions that have one', async () => {
    const [last, first] = [own('LISTED')[4], own('LISTED')[0]];
    await expect(chooseChain(store, { underlying: 'LISTED', asOf: sessions[COUNT - 1] })).rejects.toMatchObject({ code: 'NO_CHAIN', message: `expected a session with an option chain of LISTED, found none on ${sessions[COUNT - 1]}; the nearest is ${last}` });
    await expect(chooseChain(store, { underlying: 'LISTED', asOf: sessions[0] })).rejects.toThrow(`the nearest is ${first}`);
    await expect(chooseChain(store, { underlying: 'RETURNED', asOf: sessions[300] })).rejects.toThrow(`the nearest are ${sessions[9]} and ${sessions[COUNT - 5]}`);
  });

  it('is missed with the names that have one of late, where there is none of it', async () => {
    const names = ['ALWAYS', 'BRK-B', 'LISTED', 'RETURNED'];
    for (const asOf of [undefined, sessions[5]]) {
      await expect(chooseChain(store, { underlying: 'ALWAY', ...(asOf ? { asOf } : {}) })).rejects.toMatchObject({ code: 'UNKNOWN_UNDERLYING', message: 'expected an underlying with option chains (ALWAYS, BRK-B, LISTED, RETURNED), found "ALWAY"; did you mean "ALWAYS"?', fields: { names } });
    }
    await expect(chooseChain(await temporaryStore(), { underlying: 'ALWAYS' })).rejects.toMatchObject({ code: 'NO_DATASET' });
  });
});
