import { describe, expect, it } from 'vitest';

import { createRng } from '../../../src/core/rng.js';
import type { Store } from '../../../src/data/store/store.js';
import { bar, batchOf, CLOCK, temporaryStore, write, type Row } from './rows.js';

const options = { clock: CLOCK };
const SESSIONS = ['2016-06-01', '2017-06-01', '2017-06-02', '2018-01-02'];

/** Bars of many symbols, more than one engine chunk a year, with missing values here and there. */
const ROWS: readonly Row[] = Array.from({ length: 900 }, (_, i) => `S${String(i).padStart(3, '0')}`).flatMap((symbol, i) => SESSIONS.map((session, j) => ({ ...bar(symbol, session, 1 + ((i * 7 + j * 13) % 97) / 8), high: (i + j) % 11 === 0 ? null : 99 })));

function shuffled<Item>(items: readonly Item[], seed: number): Item[] {
  const rng = createRng(seed);
  return items.map((item) => ({ item, at: rng.float() })).sort((a, b) => a.at - b.at).map(({ item }) => item);
}

async function hash(store: Store): Promise<string> {
  return (await store.entry('bars'))!.contentHash;
}

describe('the hash of a dataset', () => {
  it('depends on the rows alone: not on their order, nor on how they arrived', async () => {
    const store = await temporaryStore();
    await store.commit([write('bars', ROWS)], options);
    const expected = { hash: await hash(store), partitions: (await store.entry('bars'))!.partitions };

    await store.commit([write('bars', shuffled(ROWS, 1), { mode: 'replace' })], options);
    expect(await hash(store)).toBe(expected.hash);

    const another = await temporaryStore();
    const mixed = shuffled(ROWS, 2);
    await another.commit([write('bars', mixed.slice(0, 1000).map((row) => ({ ...row, close: 1 })))], options);
    await another.commit([write('bars', [], { batches: [batchOf('bars', mixed.slice(0, 2000)), batchOf('bars', mixed.slice(2000))] })], options);
    expect(await hash(another)).toBe(expected.hash);
    expect((await another.entry('bars'))!.partitions).toEqual(expected.partitions);
  });

  it('stays when the same rows come again', async () => {
    const store = await temporaryStore();
    await store.commit([write('bars', ROWS)], options);
    const before = await store.entry('bars');
    await store.commit([write('bars', ROWS)], options);
    expect(await store.entry('bars')).toEqual(before);
  });

  it.each([
    ['a price', (row: Row) => ({ ...row, close: 10.000_000_000_000_002 })],
    ['a value that is missing', (row: Row) => ({ ...row, volume: null })],
    ['a symbol', (row: Row) => ({ ...row, symbol: 'S9' })],
    ['a session', (row: Row) => ({ ...row, session: '2018-01-03' })],
  ])('changes with %s', async (_, change) => {
    const row = bar('S1', '2018-01-02', 10);
    const store = await temporaryStore();
    await store.commit([write('bars', [row])], options);
    const before = await hash(store);
    await store.commit([write('bars', [change(row)], { mode: 'replace' })], options);
    expect(await hash(store)).not.toBe(before);
  });
});
