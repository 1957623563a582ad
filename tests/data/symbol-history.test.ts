import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { fixedClock } from '../../src/core/clock.js';
import { isoDate, type IsoDate } from '../../src/core/dates.js';
import { importFrom } from '../../src/data/import.js';
import { openProvider } from '../../src/data/providers/registry.js';
import { Store } from '../../src/data/store/store.js';
import { readSymbolHistory, SymbolHistory } from '../../src/data/symbol-history.js';

const on = (date: string): IsoDate => isoDate(date);

describe('what a symbol meant', () => {
  const history = new SymbolHistory([
    { listed: 'FB', symbol: 'META', start: on('2012-05-18'), end: on('2022-06-09') },
    { listed: 'META', symbol: 'METV', start: on('2021-06-30'), end: on('2022-02-01') },
  ]);

  it.each([
    ['FB', '2012-05-17', 'FB'],
    ['FB', '2012-05-18', 'META'],
    ['FB', '2022-06-08', 'META'],
    ['FB', '2022-06-09', 'FB'],
    ['META', '2021-12-01', 'METV'],
    ['META', '2022-06-09', 'META'],
    ['NVDA', '2018-01-02', 'NVDA'],
  ])('%s on %s is the instrument %s', (listed, date, instrument) => {
    expect(history.instrumentAt(listed, on(date))).toBe(instrument);
  });

  it.each([
    ['META', '2018-01-02', 'FB'],
    ['META', '2022-06-08', 'FB'],
    ['META', '2022-06-09', 'META'],
    ['NVDA', '2018-01-02', 'NVDA'],
  ])('%s traded on %s as %s', (instrument, date, listed) => {
    expect(history.listedAt(instrument, on(date))).toBe(listed);
  });
});

describe('symbol history in a store', () => {
  let folder: string;
  let store: Store;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'swinglab-history-'));
    store = await Store.open(folder);
    await importFrom(await openProvider('sample'), store, { clock: fixedClock(Date.UTC(2018, 1, 8, 12)), datasets: ['symbol_history'] });
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('knows that FB was META in the years of the sample', async () => {
    const history = await readSymbolHistory(store);
    expect(history.instrumentAt('FB', on('2018-02-07'))).toBe('META');
    expect(history.listedAt('META', on('2018-02-07'))).toBe('FB');
    expect(history.spans.length).toBe(72);
  });

  it('can be read for some symbols, listed or instruments', async () => {
    expect((await readSymbolHistory(store, ['META'])).spans.map(({ listed }) => listed)).toEqual(['FB']);
    expect((await readSymbolHistory(store, ['FB'])).spans.map(({ symbol }) => symbol)).toEqual(['META']);
    expect((await readSymbolHistory(store, ['NVDA'])).spans).toEqual([]);
  });

  it('is empty where the store has none', async () => {
    const empty = await Store.open(join(folder, 'nothing'));
    expect((await readSymbolHistory(empty)).spans).toEqual([]);
  });
});
