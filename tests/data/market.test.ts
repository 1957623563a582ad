import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { XNYS } from '../../src/core/calendar.js';
import { fixedClock } from '../../src/core/clock.js';
import { fromEpochDay, isoDate, toEpochDay, type IsoDate } from '../../src/core/dates.js';
import { ConfigError, DataError } from '../../src/core/errors.js';
import { importFrom } from '../../src/data/import.js';
import { loadMarket, marketDataHash, membershipTable, type Market, type MarketRequest } from '../../src/data/market.js';
import { openProvider } from '../../src/data/providers/registry.js';
import { MISSING_DATE, type Batch, type MarketDataProvider } from '../../src/data/provider.js';
import { readBars } from '../../src/data/store/read-bars.js';
import { Store } from '../../src/data/store/store.js';
import { bar, CLOCK, temporaryFolder, temporaryStore, write } from './store/rows.js';

const on = (date: string): IsoDate => isoDate(date);
const SP500 = { universe: 'sp500', history: 320 };

/** The sample as it was on an evening: no bar after it, no stay that begins later, no end that was yet to come. */
function asOn(provider: MarketDataProvider, asOf: IsoDate): MarketDataProvider {
  return {
    ...provider,
    async *fetch(dataset, request, options) {
      if (dataset === 'bars') return yield* provider.fetch('bars', { ...request, end: asOf }, options);
      for await (const batch of provider.fetch(dataset, request, options)) yield dataset === 'membership' || dataset === 'symbol_history' ? known(batch, toEpochDay(asOf)) : batch;
    },
  };
}

function known({ rowCount, columns }: Batch, asOf: number): Batch {
  const start = columns['start_date'] as Int32Array;
  const rows = Array.from({ length: rowCount }, (_, i) => i).filter((i) => start[i] <= asOf);
  const kept = Object.entries(columns).map(([name, values]) => {
    const chosen = rows.map((i) => (name === 'end_date' && (values[i] as number) > asOf ? MISSING_DATE : values[i]));
    return [name, values instanceof Int32Array ? Int32Array.from(chosen as number[]) : (chosen as (string | null)[])] as const;
  });
  return { rowCount: rows.length, columns: Object.fromEntries(kept) };
}

/** What of a market rests on prices and membership. */
function essence({ asOf, bars, members, findings, priceBasis }: Market): unknown {
  return { asOf, members, findings, priceBasis, symbols: bars.symbols, sessions: bars.sessions, columns: bars.columnNames };
}

function expectSameBars(found: Market, expected: Market): void {
  for (const name of expected.bars.columnNames) {
    const [a, b] = [found.bars.column(name), expected.bars.column(name)];
    expect(Buffer.compare(Buffer.from(a.buffer, a.byteOffset, a.byteLength), Buffer.from(b.buffer, b.byteOffset, b.byteLength)), name).toBe(0);
  }
}

let folder: string;
let store: Store;
let load: (request: Partial<MarketRequest> & { asOf: IsoDate }) => Promise<Market>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'swinglab-market-'));
  store = await Store.open(folder);
  await importFrom(await openProvider('sample'), store, { clock: fixedClock(Date.UTC(2025, 7, 21, 12)) }); // after the last VIX of the sample
  load = (request) => loadMarket(store, { ...SP500, ...request });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the market on an evening', () => {
  // after a day of bad prints, and on the day of a spin-off
  it.each(['2014-10-31', '2015-07-20'])('of %s is what a store would give that holds nothing later', { timeout: 60_000 }, async (date) => {
    const asOf = on(date);
    const past = await Store.open(await temporaryFolder());
    await importFrom(asOn(await openProvider('sample'), asOf), past, { clock: CLOCK, datasets: ['bars', 'membership', 'symbol_history'] });
    expect((await past.entry('bars'))!.lastDate).toBe(date);
    const expected = await loadMarket(past, { ...SP500, asOf });
    const found = await load({ asOf });
    expect(essence(found)).toEqual(essence(expected));
    expectSameBars(found, expected);
    expect(found.findings.some(({ policy }) => policy === 'mask')).toBe(true);
    for (const symbol of ['META', 'NVDA', 'WBD']) expect(found.symbolHistory.listedAt(symbol, asOf)).toBe(expected.symbolHistory.listedAt(symbol, asOf));
  });

  it('knows of what was found later only what was known: the findings are those of a later evening with what came after left out', async () => {
    const [asOf, later] = [on('2017-09-14'), on('2017-10-31')];
    const start = XNYS.shift(asOf, -319);
    const found = await load({ asOf });
    const after = await load({ asOf: later, history: XNYS.count(start, later) + 1 });
    expect(after.bars.first).toBe(found.bars.first);
    const symbols = new Set(found.bars.symbols);
    expect(found.findings).toEqual(after.findings.filter(({ knownAt, symbol }) => knownAt <= asOf && symbols.has(symbol)));
    expect(after.findings.length).toBeGreaterThan(found.findings.length);
    // the bad print of that day shows on the next
    expect(after.findings).toContainEqual(expect.objectContaining({ rule: 'reverting-print', symbol: 'NWL', session: '2017-09-14', knownAt: '2017-09-15' }));
    expect(found.bars.value('close', 'NWL', asOf)).toBeGreaterThan(0);
    expect(found.bars.value('suspect', 'NWL', asOf)).toBe(1);
    expect(after.bars.value('close', 'NWL', asOf)).toBeNaN();
  });

  it('ends with that session and goes back as far as asked, on every session', async () => {
    const asOf = on('2016-03-15');
    const { bars } = await load({ asOf });
    expect(bars.sessions).toEqual(XNYS.sessionDays(toEpochDay(XNYS.shift(asOf, -319)), toEpochDay(asOf)));
    expect([bars.last, bars.sessions.length]).toEqual([asOf, 320]);
  });

  it('goes back to the first bar when that is nearer', async () => {
    expect((await load({ asOf: on('2013-02-12'), history: 500 })).bars.sessions.length).toBe(3);
    const { bars } = await load({ asOf: on('2013-02-08'), history: 500 });
    expect([bars.first, bars.last]).toEqual(['2013-02-08', '2013-02-08']);
  });

  it('has the members of the day, and bars of everyone who was one during the history', async () => {
    const asOf = on('2016-03-15');
    const { members, bars, universe } = await load({ asOf });
    expect(members).toEqual(universe.membersAt(asOf));
    expect(members.length).toBeGreaterThan(495);
    const during = universe.membersDuring(on(bars.first!), asOf);
    const stored = await readBars(store, { symbols: during, start: on(bars.first!), end: asOf, allowMissing: true });
    expect(bars.symbols).toEqual(stored.symbols);
    expect(bars.symbols.length).toBeGreaterThan(440);
  });

  it('says who was a member when, as the universe does day by day', async () => {
    const { bars, universe } = await load({ asOf: on('2016-03-15'), history: 60 });
    const table = membershipTable(bars, universe);
    const dates = Array.from(bars.sessions, fromEpochDay);
    const expected = bars.symbols.flatMap((symbol) => dates.map((date) => Number(universe.isMember(symbol, date))));
    expect(Array.from(table)).toEqual(expected);
    expect(expected).toContain(0);
  });

  it('can be that of some symbols, by their names of the day or of today, and of what is held besides', async () => {
    const asOf = on('2017-03-15');
    const { members, symbolHistory } = await load({ asOf, symbols: ['FB', 'NVDA', 'brk.b', 'AABA'], history: 10 });
    expect(members).toEqual(['AABA', 'BRK-B', 'META', 'NVDA'].filter((symbol) => members.includes(symbol)));
    expect(members).toEqual(expect.arrayContaining(['BRK-B', 'META', 'NVDA']));
    expect(symbolHistory.listedAt('META', asOf)).toBe('FB');
    expect((await load({ asOf, symbols: ['META'], history: 10 })).members).toEqual(['META']);
    const held = await load({ asOf: on('2013-03-15'), held: ['META'], history: 10 });
    expect(held.members).not.toContain('META');
    expect(held.bars.hasSymbol('META')).toBe(true);
  });

  it('carries where its data comes from, and a hash that changes with the data', async () => {
    const { sources, dataHash, priceBasis } = await load({ asOf: on('2016-03-15'), history: 5 });
    expect(sources.map(({ dataset }) => dataset)).toEqual(['bars', 'membership', 'symbol_history', 'reference', 'macro']);
    expect(sources[0]).toMatchObject({ licence: 'CC0-1.0', rows: 619_040, lastDate: '2018-02-07', notes: expect.arrayContaining([expect.stringContaining('Survivors')]) as unknown });
    expect(priceBasis).toBe('split-adjusted');
    expect(dataHash).toBe(marketDataHash(await store.manifest()));
    const manifest = structuredClone(await store.manifest());
    manifest.datasets['membership'].contentHash = 'x';
    expect(marketDataHash(manifest)).not.toBe(dataHash);
    manifest.datasets['paper_account'] = manifest.datasets['membership'];
    const withRecords = marketDataHash(manifest);
    delete manifest.datasets['paper_account'];
    expect(marketDataHash(manifest)).toBe(withRecords);
  });

  it.each([
    ['a Saturday', { asOf: '2018-01-06' }, 'NOT_A_SESSION', 'expected an XNYS session, found 2018-01-06, when the exchange was closed; the sessions around it are 2018-01-05 and 2018-01-08'],
    ['a holiday', { asOf: '2017-12-25' }, 'NOT_A_SESSION', 'found 2017-12-25'],
    ['a day before the first bar', { asOf: '2013-02-07' }, 'NO_SESSION', 'expected bars up to session 2013-02-07, found bars from 2013-02-08 to 2018-02-07'],
    ['a day after the last', { asOf: '2018-02-08' }, 'NO_SESSION', 'found bars from 2013-02-08 to 2018-02-07'],
    ['another universe', { asOf: '2018-01-05', universe: 'nasdaq100' }, 'UNKNOWN_UNIVERSE', 'expected one of the universes sp500 in the store, found "nasdaq100"'],
    ['a symbol that never was a member', { asOf: '2018-01-05', symbols: ['NVDA', 'NOPE'] }, 'UNKNOWN_SYMBOL', 'expected symbols that were at some time members of "sp500", found "NOPE"'],
  ])('is refused on or with %s', async (_, request, code, message) => {
    const error = await load({ ...request, asOf: on(request.asOf) }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code });
    expect((error as Error).message).toContain(message);
    expect([ConfigError, DataError]).toContain((error as Error).constructor);
  });
});

describe('the market of raw prices', () => {
  const action = (ex: string, kind: string, value: number, known: string | null = null) => ({ symbol: 'AA', ex_date: ex, kind, value, available_at: known });
  const raw = { provenance: { source: 'x', licence: 'y', priceBasis: 'raw' as const } };

  async function rawStore(): Promise<Store> {
    const made = await temporaryStore();
    const closes = [100, 102, 50, 51, 52];
    const sessions = ['2018-01-02', '2018-01-03', '2018-01-04', '2018-01-05', '2018-01-08'];
    await made.commit(
      [
        write('bars', sessions.map((session, i) => bar('AA', session, closes[i])), raw),
        write('membership', [{ symbol: 'AA', start_date: '2010-01-04' }]),
        write('actions', [action('2018-01-04', 'split', 2), action('2018-01-05', 'dividend', 1), action('2018-01-08', 'dividend', 5, '2018-01-09'), action('2018-01-09', 'split', 10)]),
      ],
      { clock: CLOCK },
    );
    return made;
  }

  const closes = async (made: Store, asOf: string): Promise<number[]> => Array.from((await loadMarket(made, { universe: 'sp500', history: 10, asOf: on(asOf) })).bars.series('close', 'AA'));

  it('is on the basis of the evening: only actions whose ex-date has come, and that were known', async () => {
    const made = await rawStore();
    expect(await closes(made, '2018-01-03')).toEqual([100, 102]);
    expect(await closes(made, '2018-01-04')).toEqual([50, 51, 50]);
    expect(await closes(made, '2018-01-05')).toEqual([50 * 0.98, 51 * 0.98, 50 * 0.98, 51]);
    // the dividend of the 8th was published a day late
    expect(await closes(made, '2018-01-08')).toEqual([50 * 0.98, 51 * 0.98, 50 * 0.98, 51, 52]);
  });

  it('keeps beside it what was quoted', async () => {
    const { bars, priceBasis } = await loadMarket(await rawStore(), { universe: 'sp500', history: 10, asOf: on('2018-01-08') });
    expect(priceBasis).toBe('raw');
    expect(Array.from(bars.series('quotedClose', 'AA'))).toEqual([100, 102, 50, 51, 52]);
    expect(Array.from(bars.series('volume', 'AA'))).toEqual([200, 200, 100, 100, 100]);
  });

  it('needs bars and a universe, and says how to get them', async () => {
    const made = await temporaryStore();
    const request = { universe: 'sp500', history: 10, asOf: on('2018-01-05') };
    await expect(loadMarket(made, request)).rejects.toThrow('swing data import bars=<file>');
    await made.commit([write('bars', [bar('AA', '2018-01-05')])], { clock: CLOCK });
    await expect(loadMarket(made, request)).rejects.toThrow('swing data import membership=<file>');
    await made.commit([write('membership', [{ symbol: 'BB', start_date: '2010-01-04' }])], { clock: CLOCK });
    await expect(loadMarket(made, request)).rejects.toMatchObject({ code: 'NO_BARS' });
  });

  it('may begin with the first session of the calendar', async () => {
    const made = await temporaryStore();
    await made.commit([write('bars', [bar('AA', '1990-01-02', 1), bar('AA', '1990-01-03', 2)]), write('membership', [{ symbol: 'AA', start_date: '1980-01-01' }])], { clock: CLOCK });
    expect(await closes(made, '1990-01-03')).toEqual([1, 2]);
    expect(await closes(made, '1990-01-02')).toEqual([1]);
  });
});
