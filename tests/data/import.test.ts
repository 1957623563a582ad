import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';

import { XNYS } from '../../src/core/calendar.js';
import { isoDate } from '../../src/core/dates.js';
import { ConfigError, DataError } from '../../src/core/errors.js';
import type { DatasetName } from '../../src/data/datasets.js';
import { importFrom, SAMPLE_PROVIDER } from '../../src/data/import.js';
import { macroSeries } from '../../src/data/macro-lags.js';
import { openFiles } from '../../src/data/providers/files/provider.js';
import { openProvider } from '../../src/data/providers/registry.js';
import type { MarketDataProvider } from '../../src/data/provider.js';
import { RECORDS } from '../../src/data/records.js';
import { rows } from '../../src/data/store/duckdb.js';
import { Store } from '../../src/data/store/store.js';
import { realDataFolder, printSkipReason } from '../golden/folder.js';
import { CSV } from './providers/all-datasets.js';
import { bar, batchOf, CLOCK, stored, storedBars, temporaryStore, type Row } from './store/rows.js';

const options = { clock: CLOCK };

/** A provider that holds the given rows. */
function providerOf(name: string, held: Partial<Record<DatasetName, readonly Row[]>>): MarketDataProvider {
  return {
    name,
    capabilities: Object.keys(held) as DatasetName[],
    provenance: (dataset) => ({ source: `${name}'s ${dataset}`, licence: 'MIT', ...(dataset === 'bars' ? { priceBasis: 'split-adjusted' } : {}) }),
    fingerprint: async (dataset) => `${name} ${dataset} ${held[dataset]!.length}`,
    async *fetch(dataset) {
      yield batchOf(dataset, held[dataset]!);
    },
  };
}

const sample = providerOf(SAMPLE_PROVIDER, { bars: [bar('AA', '2018-01-02', 1)], membership: [{ symbol: 'AA', start_date: '2010-01-04' }] });
const own = providerOf('vendor', { bars: [bar('BB', '2018-01-02', 2)], macro: [{ series_id: 'VIX', observation_date: '2018-01-02', value: 9.8 }] });

/** Keeps a record of the daily run, as that does after an evening. */
function keepRecord(store: Store): Promise<unknown> {
  const columns = { session: Int32Array.of(17_533), cash_cents: Float64Array.of(1), equity: Float64Array.of(1), highest_equity: Float64Array.of(1), positions: Float64Array.of(0), orders: Float64Array.of(0), document_hash: ['x'] };
  return store.commit([{ dataset: 'paper_account', schema: RECORDS.paper_account, provider: 'swinglab', provenance: { source: 'us', licence: 'none' }, mode: { column: 'session', value: '2018-01-02' }, batches: [{ rowCount: 1, columns }] }], options);
}

const held = async (store: Store): Promise<string[]> => Object.keys((await store.manifest()).datasets).sort();

describe('an import', () => {
  it('brings everything that a provider has, in one commit', async () => {
    const store = await temporaryStore();
    const report = await importFrom(own, store, options);
    expect([report.version, report.dropped, report.datasets.map(({ dataset }) => dataset)]).toEqual([1, [], ['bars', 'macro']]);
    expect(await store.entry('bars')).toMatchObject({ provider: 'vendor', source: "vendor's bars", licence: 'MIT', fingerprint: 'vendor bars 1' });
  });

  it('brings only the datasets named, and refuses one that the provider does not have', async () => {
    const store = await temporaryStore();
    await importFrom(own, store, { ...options, datasets: ['macro'] });
    expect(await held(store)).toEqual(['macro']);
    const error = await importFrom(own, store, { ...options, datasets: ['bars', 'news'] }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ConfigError);
    expect((error as ConfigError).message).toBe('expected a dataset that provider "vendor" has (bars, macro), found "news"');
    expect(await held(store)).toEqual(['macro']);
  });

  it('of which one dataset fails stores none', async () => {
    const store = await temporaryStore();
    await importFrom(own, store, options);
    const bad = providerOf('vendor', { bars: [bar('CC', '2018-01-02')], macro: [{ series_id: 'VIX', observation_date: '2018-01-03', value: Infinity }] });
    await expect(importFrom(bad, store, options)).rejects.toThrow(DataError);
    expect(await storedBars(store)).toEqual(['BB 2018-01-02 2']);
    expect((await store.manifest()).version).toBe(1);
  });

  it('of a part does not pass for the whole: it keeps no fingerprint', async () => {
    const store = await temporaryStore();
    for (const request of [{ symbols: ['BB'] }, { start: isoDate('2018-01-02') }]) {
      await importFrom(own, store, { ...options, datasets: ['bars'], request });
      expect((await store.entry('bars'))!.fingerprint).toBeNull();
    }
    await importFrom(own, store, { ...options, datasets: ['bars'], request: {} });
    expect((await store.entry('bars'))!.fingerprint).toBe('vendor bars 1');
  });

  it('ends with the reason of its signal and stores nothing', async () => {
    const store = await temporaryStore();
    const reason = new Error('enough');
    await expect(importFrom(await openProvider('sample'), store, { ...options, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(await held(store)).toEqual([]);
  });

  it('refuses a file whose value far down is no number, instead of storing the rows before it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'swinglab-import-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const symbols = Array.from({ length: 60_000 }, (_, i) => `S${i}`);
    await writeFile(join(folder, 'bars.csv'), `symbol,session,close\n${symbols.map((symbol, i) => `${symbol},2018-01-02,${i === 50_000 ? 'bad' : 1}`).join('\n')}\n`);
    const store = await temporaryStore();
    const error = await importFrom(await openFiles([{ path: join(folder, 'bars.csv') }]), store, options).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'BAD_VALUE', fields: { field: 'close', row: 50_001, value: 'bad' } });
    expect(await held(store)).toEqual([]);
  });

  it('gives the same store for the same rows in another order', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'swinglab-import-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const [header, ...lines] = CSV.bars.trim().split('\n');
    const hashes: string[] = [];
    for (const order of [lines, [...lines].reverse()]) {
      const path = join(folder, `bars${hashes.length}.csv`);
      await writeFile(path, `${[header, ...order].join('\n')}\n`);
      const store = await temporaryStore();
      await importFrom(await openFiles([{ path }]), store, options);
      await importFrom(await openFiles([{ path }]), store, options);
      hashes.push((await store.entry('bars'))!.contentHash);
    }
    expect(hashes[0]).toBe(hashes[1]);
  });
});

describe('own data and the bundled sample', () => {
  it('never mix: the sample leaves, and with it what the daily run computed on it', async () => {
    const store = await temporaryStore();
    await importFrom(sample, store, options);
    await keepRecord(store);
    expect(await held(store)).toEqual(['bars', 'membership', 'paper_account']);
    const report = await importFrom(own, store, options);
    expect([...report.dropped].sort()).toEqual(['bars', 'membership', 'paper_account']);
    expect(await held(store)).toEqual(['bars', 'macro']);
    expect(await storedBars(store)).toEqual(['BB 2018-01-02 2']);
  });

  it('keep the results that were computed on own data when more of it comes', async () => {
    const store = await temporaryStore();
    await importFrom(own, store, options);
    await keepRecord(store);
    const report = await importFrom(providerOf('another', { bars: [bar('CC', '2018-01-03', 3)] }), store, options);
    expect(report.dropped).toEqual([]);
    expect(await held(store)).toEqual(['bars', 'macro', 'paper_account']);
    expect(await storedBars(store)).toEqual(['BB 2018-01-02 2', 'CC 2018-01-03 3']);
  });

  it('leave everything as it is when the import of own data fails', async () => {
    const store = await temporaryStore();
    await importFrom(sample, store, options);
    await expect(importFrom(providerOf('vendor', { bars: [bar('BB', '2018-01-02', -1)] }), store, options)).rejects.toThrow(DataError);
    expect(await held(store)).toEqual(['bars', 'membership']);
  });

  it('are not mixed the other way either: the sample does not come in beside own data', async () => {
    const store = await temporaryStore();
    await importFrom(own, store, { ...options, datasets: ['macro'] });
    const error = await importFrom(sample, store, options).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ConfigError);
    expect(error).toMatchObject({ code: 'OWN_DATA', message: expect.stringContaining('expected a store without own data for the bundled sample, found macro') as string });
    expect(await held(store)).toEqual(['macro']);
  });

  it('let the sample come again, with the records kept on it', async () => {
    const store = await temporaryStore();
    await importFrom(sample, store, options);
    await keepRecord(store);
    await importFrom(sample, store, { ...options, mode: 'replace' });
    expect(await held(store)).toEqual(['bars', 'membership', 'paper_account']);
  });
});

describe('macro observations on the way into the store', () => {
  const observations = async (...list: Row[]): Promise<string[]> => {
    const store = await temporaryStore();
    await importFrom(providerOf('vendor', { macro: list }), store, options);
    return (await stored(store, 'macro')).map(({ series_id: id, observation_date: date, available_at: known }) => `${String(id)} ${String(date)} ${String(known)}`);
  };

  it('get the session from which they count as public, unless the source says it', async () => {
    expect(
      await observations(
        { series_id: 'CPIAUCSL', observation_date: '2017-11-01', value: 1, available_at: null },
        { series_id: 'VIX', observation_date: '2018-01-12', value: 1 },
        { series_id: 'VIX', observation_date: '2018-01-11', value: 1, available_at: '2018-01-19' },
        { series_id: 'DGS10', observation_date: '1962-01-02', value: 4.06 },
      ),
    ).toEqual(['CPIAUCSL 2017-11-01 2018-01-29', 'DGS10 1962-01-02 1990-01-02', 'VIX 2018-01-11 2018-01-19', 'VIX 2018-01-12 2018-01-16']);
  });

  it.each([
    ['a series without a lag', { series_id: 'NAPM', observation_date: '2018-01-02', value: 1 }, 'expected a macro series with a publication lag in the table, found "NAPM"'],
    ['a day to come', { series_id: 'VIX', observation_date: '2018-02-09', value: 1 }, 'no observation after today'],
    ['a day beyond every calendar', { series_id: 'VIX', observation_date: '9999-12-31', value: 1 }, 'no observation after today'],
    ['no day', { series_id: 'VIX', observation_date: null, value: 1 }, 'a value in "observation_date"'],
  ])('are refused with %s', async (_, row, message) => {
    const error = await observations(row).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(DataError);
    expect((error as DataError).message).toContain(message);
  });
});

const SUITE = 'import of real reference and macro data';
printSkipReason('real data', SUITE);
const real = realDataFolder();

describe.skipIf(real === null)(SUITE, () => {
  let store: Store;
  beforeAll(async () => {
    store = await Store.open(await mkdtemp(join(tmpdir(), 'swinglab-real-')));
    const files = ['volatility', 'rates', 'credit', 'commodities_fx', 'economy'].map((name) => join(real!, 'macro', `${name}.parquet`));
    for (const path of files) await importFrom(await openFiles([{ path }]), store, { clock: { now: () => Date.UTC(2025, 7, 21, 12) } });
    await importFrom(await openFiles([{ path: join(real!, 'reference', 'constituents_history.parquet') }, { path: join(real!, 'reference', 'companies.parquet') }]), store, { clock: { now: () => Date.UTC(2025, 7, 21, 12) } });
    return () => rm(store.folder, { recursive: true, force: true });
  });

  it('knows the lag of every series, and when each observation became public: a session after it', async () => {
    const series = await store.query((connection) => rows(connection, 'select series_id as id, count(*) as n from macro group by 1 order by 1'));
    expect(series.length).toBe(74);
    for (const { id } of series) expect(['daily', 'weekly', 'monthly', 'quarterly']).toContain(macroSeries(String(id)).frequency);
    const early = await store.query((connection) => rows(connection, `select * from macro where available_at is null or (available_at <= observation_date and observation_date >= date '1990-01-01')`));
    expect(early).toEqual([]);
    const days = await store.query((connection) => rows(connection, 'select distinct cast(available_at as varchar) as day from macro'));
    expect(days.filter(({ day }) => !XNYS.isSession(isoDate(String(day))))).toEqual([]);
  });

  it('has the members of the index under one symbol a company', async () => {
    const entry = await store.entry('membership');
    expect(entry).toMatchObject({ firstDate: '1996-01-02' });
    const meta = await store.query((connection) => rows(connection, `select cast(start_date as varchar) as start, cast(end_date as varchar) as end from membership where symbol = 'META' order by 1`));
    expect(meta.at(-1)).toMatchObject({ end: null });
    expect((await store.entry('reference'))!.rows).toBeGreaterThan(800);
  });
});
