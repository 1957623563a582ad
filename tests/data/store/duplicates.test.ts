import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { literal, rows, withDuckDB } from '../../../src/data/store/duckdb.js';
import { bar, batchOf, CLOCK, storedBars, temporaryStore, write, type Row } from './rows.js';

const once = bar('AA', '2018-01-02', 10);
const again = bar('AA', '2018-01-02', 11);
const other = bar('BB', '2018-01-02', 20);

/** The rows that a commit put aside, as texts. */
async function asideIn(folder: string, path: string | null): Promise<string[]> {
  const found = await withDuckDB((connection) => rows(connection, `select symbol, close, expectation from read_parquet(${literal(join(folder, path!))}) order by close`));
  return found.map(({ symbol, close, expectation }) => `${String(symbol)} ${String(close)}: ${String(expectation)}`);
}

describe('rows of one key in one delivery', () => {
  it('that are the same are stored once, and counted', async () => {
    const store = await temporaryStore();
    const { datasets } = await store.commit([write('bars', [once, other, once, once])], { clock: CLOCK });
    expect(datasets[0]).toMatchObject({ delivered: 4, rejected: [], quarantine: null, findings: [{ rule: 'duplicate-row', policy: 'repair', count: 1, examples: ['AA 2018-01-02'] }] });
    expect(await storedBars(store)).toEqual(['AA 2018-01-02 10', 'BB 2018-01-02 20']);
  });

  it('that contradict each other are all set aside, and are in quarantine', async () => {
    const store = await temporaryStore();
    const { datasets } = await store.commit([write('bars', [once, other, again])], { clock: CLOCK });
    expect(datasets[0].findings).toEqual([{ rule: 'duplicate-bar', policy: 'mask', count: 1, examples: ['AA 2018-01-02'] }]);
    expect(await storedBars(store)).toEqual(['BB 2018-01-02 20']);
    expect(await asideIn(store.folder, datasets[0].quarantine)).toEqual(['AA 10: one row a key', 'AA 11: one row a key']);
  });

  it('that contradict each other leave the last one under "repair", by the order of delivery', async () => {
    for (const [first, last, close] of [[once, again, 11], [again, once, 10]] as const) {
      const store = await temporaryStore();
      const { datasets } = await store.commit([write('bars', [], { batches: [batchOf('bars', [first, other]), batchOf('bars', [last])] })], { clock: CLOCK, duplicates: 'repair' });
      expect(datasets[0]).toMatchObject({ quarantine: null, findings: [{ rule: 'duplicate-bar', policy: 'repair', count: 1 }] });
      expect(await storedBars(store)).toEqual([`AA 2018-01-02 ${close}`, 'BB 2018-01-02 20']);
    }
  });

  it('contradict each other also where one has a value that the other lacks', async () => {
    const store = await temporaryStore();
    await store.commit([write('bars', [once, { ...once, high: null }, other])], { clock: CLOCK });
    expect(await storedBars(store)).toEqual(['BB 2018-01-02 20']);
  });

  it('are the same where both lack the same value', async () => {
    const store = await temporaryStore();
    await store.commit([write('bars', [{ ...once, high: null }, { ...once, high: null }])], { clock: CLOCK });
    expect(await storedBars(store)).toEqual(['AA 2018-01-02 10']);
  });

  it('are both kinds at once, each counted by keys, with at most five examples', async () => {
    const store = await temporaryStore();
    const symbols = Array.from({ length: 8 }, (_, i) => `S${i}`);
    const same = symbols.flatMap((symbol) => [bar(symbol, '2018-01-02'), bar(symbol, '2018-01-02')]);
    const { datasets } = await store.commit([write('bars', [...same, once, again, once])], { clock: CLOCK });
    expect(datasets[0].findings.map(({ rule, count, examples }) => [rule, count, examples.length])).toEqual([['duplicate-row', 8, 5], ['duplicate-bar', 1, 1]]);
    expect((await store.entry('bars'))!.rows).toBe(8);
  });

  it('that were set aside leave what the store had under that key', async () => {
    const store = await temporaryStore();
    await store.commit([write('bars', [bar('AA', '2018-01-02', 9)])], { clock: CLOCK });
    await store.commit([write('bars', [once, again, other])], { clock: CLOCK });
    expect(await storedBars(store)).toEqual(['AA 2018-01-02 9', 'BB 2018-01-02 20']);
  });

  it('are found where part of the key is missing', async () => {
    const store = await temporaryStore();
    const stay: Row = { universe: null, symbol: 'AA', start_date: '2018-01-02', end_date: null };
    const { datasets } = await store.commit([write('membership', [stay, stay, { ...stay, symbol: 'BB' }, { ...stay, symbol: 'BB', end_date: '2018-02-01' }])], { clock: CLOCK });
    expect(datasets[0].findings.map(({ rule, count }) => [rule, count])).toEqual([['duplicate-row', 1], ['duplicate-bar', 1]]);
    expect((await store.entry('membership'))!.rows).toBe(1);
  });

  it('stay in the manifest, and leave it when the dataset is replaced', async () => {
    const store = await temporaryStore();
    await store.commit([write('bars', [once, once])], { clock: CLOCK });
    await store.commit([write('bars', [other])], { clock: CLOCK });
    expect((await store.entry('bars'))!.findings.map(({ rule }) => rule)).toEqual(['duplicate-row']);
    await store.commit([write('bars', [other], { mode: 'replace' })], { clock: CLOCK });
    expect((await store.entry('bars'))!.findings).toEqual([]);
  });
});
