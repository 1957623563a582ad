import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { DataError, InvariantError } from '../../../src/core/errors.js';
import type { Batch } from '../../../src/data/provider.js';
import { Store } from '../../../src/data/store/store.js';
import { bar, batchOf, CLOCK, stored, storedBars, temporaryStore, write } from './rows.js';

const options = { clock: CLOCK };

describe('a commit', () => {
  it('makes the folder, stores the rows and counts', async () => {
    const store = await temporaryStore();
    const inner = await Store.open(join(store.folder, 'deep', 'inside'));
    const report = await inner.commit([write('bars', [bar('AA', '2018-01-03', 11), bar('AA', '2018-01-02', 10)])], options);
    expect(report.version).toBe(1);
    expect(report.datasets.map(({ dataset, delivered }) => [dataset, delivered])).toEqual([['bars', 2]]);
    expect(await storedBars(inner)).toEqual(['AA 2018-01-02 10', 'AA 2018-01-03 11']);
    expect((await inner.commit([write('bars', [bar('AA', '2018-01-04')])], options)).version).toBe(2);
  });

  it('tells in the manifest what is there', async () => {
    const store = await temporaryStore();
    const provenance = { source: 'somewhere', licence: 'CC0-1.0', notes: ['a note'], priceBasis: 'raw' as const };
    await store.commit([write('bars', [bar('AA', '2016-12-30'), bar('AA', '2018-01-03'), bar('BB', '2018-01-02')], { provider: 'vendor', fingerprint: 'abc', provenance })], options);
    const entry = (await store.entry('bars'))!;
    expect(entry).toMatchObject({ rows: 3, provider: 'vendor', fingerprint: 'abc', source: 'somewhere', licence: 'CC0-1.0', notes: ['a note'], priceBasis: 'raw', firstDate: '2016-12-30', lastDate: '2018-01-03', retrievedAt: '2018-02-08T12:00:00.000Z', findings: [] });
    expect(entry.partitions.map(({ key, rows }) => [key, rows])).toEqual([['2016', 1], ['2018', 2]]);
    expect(await store.entry('macro')).toBeNull();
  });

  it('keeps every value, and what is missing, whatever the type', async () => {
    const store = await temporaryStore();
    const full = { id: 'n1', symbol: 'AA', first_seen_at: '2018-01-02T21:30:15.123Z', title: "It's \"up\"; née", summary: 'line\nbreak', source: 'wire', url: 'https://example.org/?a=1&b=2' };
    const bare = { id: 'n2', symbol: 'AA', first_seen_at: '2017-12-31T23:59:59.999Z', title: 'x', summary: null, source: null, url: null };
    await store.commit([write('news', [full, bare]), write('membership', [{ symbol: 'AA', start_date: '1999-12-31', end_date: null }])], options);
    expect(await stored(store, 'news')).toEqual([full, bare].map((row) => ({ ...row, first_seen_at: new Date(row.first_seen_at) })));
    expect((await store.entry('news'))!.partitions.map(({ key }) => key)).toEqual(['2017', '2018']);
    expect(await stored(store, 'membership')).toEqual([{ universe: null, symbol: 'AA', start_date: '1999-12-31', end_date: null }]);
  });

  it('is all or nothing', async () => {
    const store = await temporaryStore();
    await store.commit([write('bars', [bar('AA', '2018-01-02')])], options);
    const before = await store.manifest();
    const bad = [write('bars', [bar('AA', '2018-01-03')]), write('actions', [{ symbol: 'AA', ex_date: '2018-01-02', kind: 'merger', value: 1 }])];
    await expect(store.commit(bad, options)).rejects.toThrow(DataError);
    expect(await store.manifest()).toEqual(before);
    expect(await storedBars(store)).toEqual(['AA 2018-01-02 10']);
  });

  it('can let datasets go in the same step', async () => {
    const store = await temporaryStore();
    await store.commit([write('bars', [bar('AA', '2018-01-02')]), write('membership', [{ symbol: 'AA', start_date: '2018-01-02' }])], options);
    await store.commit([write('bars', [bar('BB', '2018-01-03')])], { ...options, dropped: ['bars', 'membership'] });
    expect(Object.keys((await store.manifest()).datasets)).toEqual(['bars']);
    expect(await storedBars(store)).toEqual(['BB 2018-01-03 10']);
  });

  it('ends with the reason of its signal, and changes nothing', async () => {
    const store = await temporaryStore();
    const controller = new AbortController();
    const reason = new Error('enough');
    async function* batches(): AsyncGenerator<Batch> {
      yield batchOf('bars', [bar('AA', '2018-01-02')]);
      controller.abort(reason);
      yield batchOf('bars', [bar('AA', '2018-01-03')]);
    }
    await expect(store.commit([write('bars', [], { batches: batches() })], { ...options, signal: controller.signal })).rejects.toBe(reason);
    expect((await store.manifest()).version).toBe(0);
    await expect(store.commit([write('bars', [bar('AA', '2018-01-02')])], { ...options, signal: controller.signal })).rejects.toBe(reason);
    expect((await store.commit([write('bars', [bar('AA', '2018-01-02')])], options)).version).toBe(1);
  });

  it('tells how many rows have arrived, batch by batch', async () => {
    const store = await temporaryStore();
    const seen: unknown[] = [];
    const batches = [batchOf('bars', [bar('AA', '2018-01-02'), bar('AA', '2018-01-03')]), batchOf('bars', [bar('AA', '2018-01-04')])];
    await store.commit([write('bars', [], { batches })], { ...options, onRows: (dataset, count) => seen.push([dataset, count]) });
    expect(seen).toEqual([['bars', 2], ['bars', 3]]);
  });

  it.each([
    ['a column that the schema does not have', { rowCount: 1, columns: { symbol: ['AA'], price: Float64Array.of(1) } }, 'found "price" in a batch of "bars"'],
    ['a column of another length', { rowCount: 2, columns: { symbol: ['AA'] } }, 'expected 2 values, found 1 in column "symbol" of a batch of "bars"'],
  ])('refuses a batch with %s', async (_, batch, message) => {
    const store = await temporaryStore();
    const error = await store.commit([write('bars', [], { batches: [batch] })], options).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InvariantError);
    expect((error as Error).message).toContain(message);
  });

  it('takes more rows than the engine takes at a time, in any pieces', async () => {
    const store = await temporaryStore();
    const rows = Array.from({ length: 5000 }, (_, i) => bar(`S${String(i).padStart(4, '0')}`, '2018-01-02', i + 1));
    await store.commit([write('bars', [], { batches: [batchOf('bars', rows.slice(0, 4097)), batchOf('bars', rows.slice(4097, 4097)), batchOf('bars', rows.slice(4097))] })], options);
    expect(await storedBars(store)).toEqual(rows.map(({ symbol, close }) => `${symbol} 2018-01-02 ${close}`));
  });
});

describe('the mode of a write', () => {
  it('merge: rows replace those of the same key and leave the others', async () => {
    const store = await temporaryStore();
    await store.commit([write('bars', [bar('AA', '2018-01-02', 1), bar('AA', '2018-01-03', 2), bar('BB', '2018-01-02', 3)])], options);
    await store.commit([write('bars', [bar('AA', '2018-01-03', 20), bar('CC', '2017-12-29', 4)])], options);
    expect(await storedBars(store)).toEqual(['AA 2018-01-02 1', 'AA 2018-01-03 20', 'BB 2018-01-02 3', 'CC 2017-12-29 4']);
  });

  it('merge: a missing value in the key is a value like others', async () => {
    const store = await temporaryStore();
    const row = { universe: null, symbol: 'AA', start_date: '2018-01-02' };
    await store.commit([write('membership', [{ ...row, end_date: null }, { ...row, universe: 'sp100', end_date: null }])], options);
    await store.commit([write('membership', [{ ...row, end_date: '2018-02-01' }])], options);
    expect((await stored(store, 'membership')).map(({ universe, end_date }) => [universe, end_date]).sort()).toEqual([[null, '2018-02-01'], ['sp100', null]].sort());
  });

  it('replace: the dataset becomes the rows', async () => {
    const store = await temporaryStore();
    await store.commit([write('bars', [bar('AA', '2018-01-02'), bar('AA', '2016-01-04')])], options);
    await store.commit([write('bars', [bar('BB', '2018-01-02')], { mode: 'replace' })], options);
    expect(await storedBars(store)).toEqual(['BB 2018-01-02 10']);
    expect((await store.entry('bars'))!).toMatchObject({ rows: 1, firstDate: '2018-01-02' });
  });

  it('slice: all rows with the value go, also when none come', async () => {
    const store = await temporaryStore();
    await store.commit([write('bars', [bar('AA', '2018-01-02', 1), bar('BB', '2018-01-02', 2), bar('AA', '2018-01-03', 3), bar('AA', '2017-01-03', 4)])], options);
    await store.commit([write('bars', [bar('CC', '2018-01-02', 5)], { mode: { column: 'session', value: '2018-01-02' } })], options);
    expect(await storedBars(store)).toEqual(['AA 2017-01-03 4', 'AA 2018-01-03 3', 'CC 2018-01-02 5']);
    await store.commit([write('bars', [], { mode: { column: 'session', value: '2018-01-02' } })], options);
    expect(await storedBars(store)).toEqual(['AA 2017-01-03 4', 'AA 2018-01-03 3']);
    await store.commit([write('bars', [], { mode: { column: 'session', value: '2018-01-03' } }), write('bars', [], { mode: { column: 'session', value: '2017-01-03' } })], options);
    expect(await store.entry('bars')).toMatchObject({ rows: 0, firstDate: null, lastDate: null, partitions: [] });
    expect(await store.query(async () => 'readable')).toBe('readable');
  });

  it.each(['merge', 'replace'] as const)('%s: no rows at all is an error', async (mode) => {
    const store = await temporaryStore();
    await store.commit([write('bars', [bar('AA', '2018-01-02')])], options);
    await expect(store.commit([write('bars', [], { mode })], options)).rejects.toMatchObject({ code: 'NO_ROWS', message: expect.stringContaining('expected rows for "bars", found none') as string });
    expect(await storedBars(store)).toEqual(['AA 2018-01-02 10']);
  });

  it('replace: does not give the dataset away when every new row was set aside', async () => {
    const store = await temporaryStore();
    await store.commit([write('bars', [bar('AA', '2018-01-02')])], options);
    await expect(store.commit([write('bars', [bar('AA', '2018-01-03', -1)], { mode: 'replace' })], { ...options, setAside: true })).rejects.toMatchObject({ code: 'NO_ROWS' });
    expect(await storedBars(store)).toEqual(['AA 2018-01-02 10']);
  });

  it('merge and replace, one after the other, do what a map of keys does', async () => {
    const sessions = ['2016-06-01', '2017-06-01', '2018-01-02'];
    const rows = fc.uniqueArray(fc.record({ symbol: fc.constantFrom('AA', 'BB', 'CC'), session: fc.constantFrom(...sessions), close: fc.integer({ min: 1, max: 99 }) }), { minLength: 1, maxLength: 5, selector: ({ symbol, session }) => symbol + session });
    const step = fc.record({ mode: fc.constantFrom('merge' as const, 'merge' as const, 'replace' as const), rows });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 4 }), async (steps) => {
        const store = await temporaryStore();
        const model = new Map<string, number>();
        for (const { mode, rows: list } of steps) {
          await store.commit([write('bars', list.map(({ symbol, session, close }) => bar(symbol, session, close)), { mode })], options);
          if (mode === 'replace') model.clear();
          for (const { symbol, session, close } of list) model.set(`${symbol} ${session}`, close);
        }
        expect(await storedBars(store)).toEqual([...model].map(([key, close]) => `${key} ${close}`).sort());
        expect((await store.manifest()).version).toBe(steps.length);
      }),
      { numRuns: 6 },
    );
  });
});

describe('the files of a dataset', () => {
  it('stay as they are in years that nothing new comes to', async () => {
    const store = await temporaryStore();
    await store.commit([write('bars', [bar('AA', '2016-01-04'), bar('AA', '2017-01-03'), bar('AA', '2018-01-02')])], options);
    const before = (await store.entry('bars'))!.partitions;
    const inodes = await Promise.all(before.map(async ({ path }) => (await stat(join(store.folder, path))).ino));
    await store.commit([write('bars', [bar('AA', '2017-01-04')])], options);
    const after = (await store.entry('bars'))!.partitions;
    expect(after.map(({ path }, i) => path === before[i].path)).toEqual([true, false, true]);
    expect((await stat(join(store.folder, after[0].path))).ino).toBe(inodes[0]);
    expect((await stat(join(store.folder, after[2].path))).ino).toBe(inodes[2]);
  });

  it('are those of this manifest and of the one before, and no others', async () => {
    const store = await temporaryStore();
    const paths: string[] = [];
    for (const close of [1, 2, 3]) {
      await store.commit([write('bars', [bar('AA', '2018-01-02', close)])], options);
      paths.push((await store.entry('bars'))!.partitions[0].path);
    }
    expect(new Set(paths).size).toBe(3);
    expect((await readdir(join(store.folder, 'bars'))).map((file) => `bars/${file}`).sort()).toEqual([paths[1], paths[2]].sort());
  });

  it('are sorted by key', async () => {
    const store = await temporaryStore();
    const symbols = ['CC', 'AA', 'BB'];
    await store.commit([write('bars', symbols.flatMap((symbol) => [bar(symbol, '2018-01-03'), bar(symbol, '2018-01-02')]))], options);
    const found = await store.query(async (connection) => (await connection.runAndReadAll('select symbol, session from bars')).getRows().map(String));
    expect(found).toEqual([...found].sort());
  });
});

describe('where the rows came from', () => {
  const from = (source: string, licence: string, notes: readonly string[]) => ({ provenance: { source, licence, notes, priceBasis: 'raw' as const } });

  it('adds up when rows are merged, without repeating itself', async () => {
    const store = await temporaryStore();
    await store.commit([write('bars', [bar('AA', '2018-01-02')], from('one', 'MIT', ['n1']))], options);
    await store.commit([write('bars', [bar('AA', '2018-01-03')], from('two', 'MIT', ['n1', 'n2']))], options);
    await store.commit([write('bars', [bar('AA', '2018-01-04')], from('one', 'MIT', []))], options);
    expect(await store.entry('bars')).toMatchObject({ source: 'one; two', licence: 'MIT', notes: ['n1', 'n2'] });
  });

  it('is only the new one when the dataset was replaced', async () => {
    const store = await temporaryStore();
    await store.commit([write('bars', [bar('AA', '2018-01-02')], from('one', 'MIT', ['n1']))], options);
    await store.commit([write('bars', [bar('AA', '2018-01-03')], { ...from('two', 'CC0-1.0', []), mode: 'replace' })], options);
    expect(await store.entry('bars')).toMatchObject({ source: 'two', licence: 'CC0-1.0', notes: [] });
  });
});

describe('the basis of prices', () => {
  const unstated = { provenance: { source: 'x', licence: 'y' } };

  it('is what the source says, else split-adjusted with an adjusted close, else raw', async () => {
    const adjusted = { ...bar('AA', '2018-01-02'), adjusted_close: 9 };
    for (const [rows, more, basis] of [
      [[bar('AA', '2018-01-02')], unstated, 'raw'],
      [[adjusted, bar('AA', '2018-01-03')], unstated, 'split-adjusted'],
      [[adjusted], { provenance: { source: 'x', licence: 'y', priceBasis: 'total-return' as const } }, 'total-return'],
    ] as const) {
      const store = await temporaryStore();
      await store.commit([write('bars', rows, more)], options);
      expect((await store.entry('bars'))!.priceBasis).toBe(basis);
    }
  });

  it('never mixes within a dataset', async () => {
    const store = await temporaryStore();
    await store.commit([write('bars', [bar('AA', '2018-01-02')])], options);
    await expect(store.commit([write('bars', [bar('AA', '2018-01-03')], unstated)], options)).rejects.toMatchObject({ code: 'PRICE_BASIS', message: expect.stringContaining('expected bars stated as "split-adjusted" like those in the store, found "raw"') as string });
    expect(await storedBars(store)).toEqual(['AA 2018-01-02 10']);
    await store.commit([write('bars', [bar('AA', '2018-01-03')], { ...unstated, mode: 'replace' })], options);
    expect((await store.entry('bars'))!.priceBasis).toBe('raw');
  });

  it('is a matter of bars only', async () => {
    const store = await temporaryStore();
    await store.commit([write('macro', [{ series_id: 'VIX', observation_date: '2018-01-02', value: 9.77, available_at: '2018-01-03' }])], options);
    expect((await store.entry('macro'))!.priceBasis).toBeUndefined();
    expect(await stored(store, 'macro')).toEqual([{ series_id: 'VIX', observation_date: '2018-01-02', value: 9.77, available_at: '2018-01-03' }]);
  });
});
