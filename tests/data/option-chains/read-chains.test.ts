import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { isoDate, toEpochDay } from '../../../src/core/dates.js';
import type { StoredChain } from '../../../src/data/option-chains/chain-rows.js';
import { chainSessions, readChains } from '../../../src/data/option-chains/read-chains.js';
import { datasetSchema } from '../../../src/data/datasets.js';
import { knownStore } from '../../../src/data/store/known-store.js';
import { batchOf, CLOCK, temporaryStore, write, type Row } from '../store/rows.js';
import type { OptionChain } from '../../../src/options/chain/option-chain.js';
import { chainsOf, contract, shown } from './chains.js';

const [TUE, WED, THU] = ['2018-01-02', '2018-01-03', '2018-01-04'];

describe('chains from the store', () => {
  it('come one a session and underlying, in that order, contracts by expiry, strike, call before put', async () => {
    const store = await temporaryStore();
    const rows = [contract('SPY', WED, 270), contract('AA', WED, 55), contract('AA', TUE, 55, { right: 'put' }), contract('AA', TUE, 55), contract('AA', TUE, 50, { expiry: '2018-02-16' }), contract('AA', TUE, 60)];
    await store.commit([write('option_chains', rows)], { clock: CLOCK });
    const chains = await chainsOf(store);
    expect(chains.map(shown)).toEqual([`AA ${TUE} 55 55 60 50`, `AA ${WED} 55`, `SPY ${WED} 270`]);
    expect([...chains[0].isCall]).toEqual([1, 0, 1, 1]);
    expect([...chains[0].expiry]).toEqual(['2018-01-19', '2018-01-19', '2018-01-19', '2018-02-16'].map((day) => toEpochDay(isoDate(day))));
  });

  it('have every number of their rows, and NaN where there is none', async () => {
    const store = await temporaryStore();
    await store.commit([write('option_chains', [contract('AA', TUE, 50, { bid: 1, ask: 1.25, last: 1.1, volume: 7, open_interest: 0, implied_volatility: 0.3 }), contract('AA', TUE, 55, { volume: 0 })])], { clock: CLOCK });
    const [chain] = await chainsOf(store);
    const { underlying, session, isStale, spot, ...columns } = chain;
    expect({ underlying, session, isStale, spot }).toEqual({ underlying: 'AA', session: toEpochDay(isoDate(TUE)), isStale: false, spot: Number.NaN });
    expect(Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, [...values]]))).toMatchObject({ strike: [50, 55], bid: [1, Number.NaN], ask: [1.25, Number.NaN], last: [1.1, Number.NaN], volume: [7, 0], openInterest: [0, Number.NaN], impliedVolatility: [0.3, Number.NaN] });
  });

  it('have NaN in the right rows, however many there are', async () => {
    const store = await temporaryStore();
    const rows = Array.from({ length: 5000 }, (_, i) => contract(i < 3000 ? 'AA' : 'BB', TUE, i + 1, i % 7 === 3 ? {} : { bid: i + 0.5 }));
    await store.commit([write('option_chains', rows)], { clock: CLOCK });
    const bids = (await chainsOf(store)).map(({ strike, bid }) => Array.from(strike, (value, i) => [value, bid[i]]));
    expect(bids.map(({ length }) => length)).toEqual([3000, 2000]);
    expect(bids.flat()).toEqual(rows.map(({ strike, bid }) => [strike, bid ?? Number.NaN]));
  });

  it('are chains of the options layer, field by field', async () => {
    const store = await temporaryStore();
    await store.commit([write('option_chains', [contract('AA', TUE, 50)])], { clock: CLOCK });
    const chains: readonly OptionChain[] = await chainsOf(store);
    expect(chains).toHaveLength(1);
  });

  it('take the price of the underlying from their rows, else from its close, else say that there is none', async () => {
    const store = await temporaryStore();
    await store.commit([write('option_chains', [contract('AA', TUE, 50, { underlying_price: 51 }), contract('BB', TUE, 50), contract('CC', TUE, 50)]), write('option_underlyings', [{ underlying: 'AA', session: TUE, close: 52 }, { underlying: 'BB', session: TUE, close: 49 }, { underlying: 'CC', session: WED, close: 48 }])], { clock: CLOCK });
    expect((await chainsOf(store)).map(({ spot }) => spot)).toEqual([51, 49, Number.NaN]);
  });

  it('are marked where the source says that they are stale', async () => {
    const store = await temporaryStore();
    const stale = { rowCount: 1, columns: { ...batchOf('option_underlyings', [{ underlying: 'AA', session: TUE }]).columns, is_stale: Uint8Array.of(1) } };
    await store.commit([write('option_chains', [contract('AA', TUE, 50), contract('AA', WED, 50)]), { ...write('option_underlyings', []), batches: [stale] }], { clock: CLOCK });
    expect((await chainsOf(store)).map(({ isStale }) => isStale)).toEqual([true, false]);
  });

  it('are restricted to underlyings and a span', async () => {
    const store = await temporaryStore();
    await store.commit([write('option_chains', [TUE, WED, THU].flatMap((day) => ['AA', 'BB', 'CC'].map((name) => contract(name, day, 50))))], { clock: CLOCK });
    const named = async (request: Parameters<typeof chainsOf>[1]): Promise<string[]> => (await chainsOf(store, request)).map(shown);
    expect(await named({ underlyings: ['CC', 'AA', 'ZZ'], start: isoDate(WED), end: isoDate(WED) })).toEqual([`AA ${WED} 50`, `CC ${WED} 50`]);
    expect(await named({ start: isoDate(THU) })).toHaveLength(3);
    expect(await named({ underlyings: [] })).toEqual([]);
    expect(await named({ end: isoDate('2017-12-29') })).toEqual([]);
  });

  it('are what was written, whatever it was', async () => {
    const number = fc.option(fc.double({ min: 0, max: 1e6, noNaN: true }), { nil: null });
    const row = fc.record({ underlying: fc.constantFrom('AA', 'BRK-B', "O'X"), session: fc.constantFrom(TUE, WED), expiry: fc.constantFrom('2018-01-19', '2018-02-16'), strike: fc.integer({ min: 1, max: 4000 }), right: fc.constantFrom('call', 'put'), bid: number, open_interest: number });
    const key = (one: Row): string => `${one['underlying']} ${one['session']} ${one['expiry']} ${String(one['strike']).padStart(5)} ${one['right']}`;
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(row, { minLength: 1, maxLength: 40, selector: key }), async (rows) => {
        const store = await temporaryStore();
        await store.commit([write('option_chains', rows)], { clock: CLOCK });
        const read = (await chainsOf(store)).flatMap(({ underlying, session, strike, isCall, bid, openInterest }) => Array.from(strike, (value, i) => [underlying, session, value, isCall[i], bid[i], openInterest[i]]));
        const told = rows.map((one) => [one.underlying, toEpochDay(isoDate(one.session)), one.strike, one.right === 'call' ? 1 : 0, one.bid ?? Number.NaN, one.open_interest ?? Number.NaN]);
        expect([...read].sort()).toEqual([...told].sort());
      }),
      { numRuns: 8, seed: 1 },
    );
  });

  it('of a store without any are told with what to do; a file that is gone is named', async () => {
    const store = await temporaryStore();
    await expect(chainsOf(store)).rejects.toMatchObject({ code: 'NO_DATASET' });
    await store.commit([write('option_chains', [contract('AA', TUE, 50)])], { clock: CLOCK });
    const [file] = await readdir(join(store.folder, 'option_chains'));
    await writeFile(join(store.folder, 'option_chains', file), 'no Parquet');
    await expect(chainsOf(store)).rejects.toMatchObject({ code: 'HASH_MISMATCH' });
    await rm(join(store.folder, 'option_chains', file));
    await expect(chainsOf(store)).rejects.toMatchObject({ code: 'MISSING_FILE' });
  });

  it('are the same in columns that are written over, as long as the next session is not read', async () => {
    const store = await temporaryStore();
    await store.commit([write('option_chains', [...[50, 51, 52, 53].map((strike) => contract('AA', TUE, strike, { volume: strike, open_interest: 3 })), contract('BB', TUE, 60, { bid: 1, ask: 2 }), contract('AA', WED, 55), ...[70, 71, 72, 73, 74, 75, 76, 77, 78].map((strike) => contract('AA', THU, strike, { last: strike }))])], { clock: CLOCK });
    const shownColumns = (chain: StoredChain): unknown => [chain.underlying, chain.session, ...(['expiry', 'isCall', 'strike', 'volume', 'openInterest', 'bid', 'last'] as const).map((name) => [...chain[name]])];
    for (const request of [{}, { columns: ['strike', 'volume'] as const }]) {
      const told: unknown[] = [];
      for await (const chain of readChains(store, { ...request, reuse: true })) told.push(shownColumns(chain));
      expect(told).toEqual((await chainsOf(store, request)).map(shownColumns));
      expect(told).toHaveLength(4);
    }
  });

  it('stop when the signal says so', async () => {
    const store = await temporaryStore();
    await store.commit([write('option_chains', [contract('AA', TUE, 50), contract('AA', WED, 50)])], { clock: CLOCK });
    const controller = new AbortController();
    const chains = readChains(store, { signal: controller.signal });
    expect((await chains.next()).done).toBe(false);
    controller.abort(new Error('enough'));
    await expect(chains.next()).rejects.toThrow('enough');
  });
});

describe('sessions of chains in the store', () => {
  it('are a file each: a new session rewrites nothing but its own', async () => {
    const store = await temporaryStore();
    expect(await chainSessions(store)).toEqual([]);
    await store.commit([write('option_chains', [contract('AA', TUE, 50), contract('BB', TUE, 50), contract('AA', WED, 50)])], { clock: CLOCK });
    const before = await chainSessions(store);
    expect(before.map(({ session, rows, underlyings }) => [session, rows, [...underlyings]])).toEqual([[TUE, 2, [['AA', 1], ['BB', 1]]], [WED, 1, [['AA', 1]]]]);
    await store.commit([write('option_chains', [contract('AA', THU, 50), contract('AA', WED, 51)])], { clock: CLOCK });
    const after = await chainSessions(store);
    expect(after.map(({ session }) => session)).toEqual([TUE, WED, THU]);
    expect(after[0]).toEqual(before[0]);
    expect(after[1].sha256).not.toBe(before[1].sha256);
    await store.verify();
  });

  it('that are replaced as a slice leave the other files, and other underlyings, as they are', async () => {
    const store = await temporaryStore();
    await store.commit([write('option_chains', [TUE, WED].flatMap((day) => [contract('AA', day, 50), contract('AA', day, 51), contract('BB', day, 50)]))], { clock: CLOCK });
    const before = await store.manifest();
    await store.commit([write('option_chains', [contract('AA', WED, 60)], { mode: { column: 'session', value: WED, within: { column: 'underlying', values: ['AA'] } } })], { clock: CLOCK });
    expect((await chainsOf(store)).map(shown)).toEqual([`AA ${TUE} 50 51`, `BB ${TUE} 50`, `AA ${WED} 60`, `BB ${WED} 50`]);
    const path = (manifest: typeof before): string => manifest.datasets['option_chains'].partitions[0].path;
    expect(path(await store.manifest())).toBe(path(before));
  });

  it('that are replaced by nothing are gone, and no other file is touched', async () => {
    const store = await temporaryStore();
    await store.commit([write('option_chains', [TUE, WED].flatMap((day) => ['AA', 'BB'].map((name) => contract(name, day, 50))))], { clock: CLOCK });
    await store.commit([write('option_chains', [], { mode: { column: 'session', value: WED, within: { column: 'underlying', values: ['AA'] } } })], { clock: CLOCK });
    expect((await chainsOf(store)).map(shown)).toEqual([`AA ${TUE} 50`, `BB ${TUE} 50`, `BB ${WED} 50`]);
    await store.commit([write('option_chains', [], { mode: { column: 'session', value: [WED] } })], { clock: CLOCK });
    expect((await chainSessions(store)).map(({ session }) => session)).toEqual([TUE]);
    expect(await store.entry('option_chains')).toMatchObject({ firstDate: TUE, lastDate: TUE });
  });

  it('known at a session are those up to it, each file as it is', async () => {
    const store = await temporaryStore();
    await store.commit([write('option_chains', [TUE, WED, THU].map((day) => contract('AA', day, 50))), write('option_underlyings', [TUE, WED, THU].map((session) => ({ underlying: 'AA', session, close: 51 })))], { clock: CLOCK });
    const known = await knownStore(store, isoDate(WED), join(store.folder, 'known'));
    expect(await chainSessions(known)).toEqual((await chainSessions(store)).slice(0, 2));
    expect((await chainsOf(known)).map((chain) => [shown(chain), chain.spot])).toEqual([[`AA ${TUE} 50`, 51], [`AA ${WED} 50`, 51]]);
    expect(await known.entry('option_underlyings')).toMatchObject({ rows: 2, lastDate: WED });
    expect(await known.entry('option_chains')).toMatchObject({ rows: 2, firstDate: TUE, lastDate: WED });
  });

  it('do not mix with the files by year of an earlier version', async () => {
    const store = await temporaryStore();
    const byYear = { ...datasetSchema('option_chains'), partitionUnit: 'year' as const };
    await store.commit([write('option_chains', [contract('AA', TUE, 50)], { schema: byYear })], { clock: CLOCK });
    const old = { code: 'OLD_PARTITIONS', message: expect.stringContaining('--mode replace') as string };
    await expect(store.commit([write('option_chains', [contract('AA', WED, 50)])], { clock: CLOCK })).rejects.toMatchObject(old);
    await expect(chainsOf(store)).rejects.toMatchObject(old);
    await expect(chainSessions(store)).rejects.toMatchObject(old);
    await store.commit([write('option_chains', [contract('AA', WED, 50)], { mode: 'replace' })], { clock: CLOCK });
    expect((await chainSessions(store)).map(({ session }) => session)).toEqual([WED]);
  });
});
