import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { XNYS } from '../../src/core/calendar.js';
import { fixedClock } from '../../src/core/clock.js';
import { isoDate, type IsoDate } from '../../src/core/dates.js';
import { importFrom } from '../../src/data/import.js';
import { loadMarket, type Market } from '../../src/data/market.js';
import { MarketSeries, type MarketSeriesRequest } from '../../src/data/market-series.js';
import { openProvider } from '../../src/data/providers/registry.js';
import { Store } from '../../src/data/store/store.js';
import { quietMarket, remove, scale, type Market as MadeMarket } from './quality/market.js';
import { CLOCK, write, type Row } from './store/rows.js';

const on = (date: string): IsoDate => isoDate(date);

/** All but the prices. */
const essence = ({ asOf, bars, members, findings, priceBasis, actions, sources, dataHash, universe, symbolHistory }: Market): unknown => ({ asOf, members, findings, priceBasis, actions, sources, dataHash, universe, symbolHistory, symbols: bars.symbols, sessions: bars.sessions, columns: [...bars.columnNames].sort() });

const bytes = (values: { readonly buffer: ArrayBufferLike; readonly byteOffset: number; readonly byteLength: number }): Buffer => Buffer.from(values.buffer, values.byteOffset, values.byteLength);

function expectSameColumns(found: Market, expected: Market, names: readonly string[]): void {
  for (const name of names) expect(Buffer.compare(bytes(found.bars.column(name)), bytes(expected.bars.column(name))), `${name} on ${expected.asOf}`).toBe(0);
}

/** `segment` counts the breaks of a symbol since the bars that were inspected begin: only where it changes says anything. */
function expectSameSegments(found: Market, expected: Market): void {
  for (const symbol of expected.bars.symbols) {
    const [a, b] = [found, expected].map(({ bars }) => bars.series('segment', symbol));
    expect(a.map((value) => value - a[0]), `${symbol} on ${expected.asOf}`).toEqual(b.map((value) => value - b[0]));
  }
}

let folders: string[] = [];
async function newStore(): Promise<Store> {
  const folder = await mkdtemp(join(tmpdir(), 'swinglab-series-'));
  folders = [...folders, folder];
  return Store.open(folder);
}
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

describe('the markets of sessions of the sample', () => {
  const request: MarketSeriesRequest = { universe: 'sp500', history: 320, from: on('2014-10-28'), to: on('2014-11-05'), held: ['TSLA'] };
  let store: Store;
  let series: MarketSeries;

  beforeAll(async () => {
    store = await newStore();
    await importFrom(await openProvider('sample'), store, { clock: fixedClock(Date.UTC(2025, 7, 21, 12)), datasets: ['bars', 'membership', 'symbol_history'] });
    series = await MarketSeries.read(store, request);
  }, 60_000);

  it.each(['2014-10-28', '2014-10-30', '2014-10-31', '2014-11-03', '2014-11-05'])('are those that are loaded alone: %s', { timeout: 60_000 }, async (date) => {
    const [found, expected] = [await series.at(on(date), ['TSLA']), await loadMarket(store, { ...request, asOf: on(date) })];
    expect(essence(found)).toEqual(essence(expected));
    expectSameColumns(found, expected, expected.bars.columnNames.filter((name) => name !== 'segment'));
    expectSameSegments(found, expected);
    expect(found.bars.symbols.length).toBeGreaterThan(400);
    if (date === '2014-10-31') expect(found.bars.symbols.some((symbol) => found.bars.value('suspect', symbol, on(date)) === 1)).toBe(true);
  });

  it('are cleaned with hindsight where a later session of the series gave a print away', async () => {
    const { findings } = await loadMarket(store, { ...request, asOf: request.to });
    const changed = findings.filter(({ policy }) => policy !== 'keep');
    const expected = XNYS.sessions(request.from, request.to).filter((session) => changed.some((finding) => finding.session <= session && finding.knownAt > session));
    expect(expected).toContain('2014-10-30');
    expect(expected).not.toContain('2014-10-31');
    expect(XNYS.sessions(request.from, request.to).filter((session) => series.hasHindsight(session))).toEqual(expected);
    expect(series.isUnadjusted).toBe(true);
  });
});

const FIRST = on('2016-06-01');
const LENGTH = 200;
const SYMBOLS = ['AA', 'BB', 'CC'];
const day = (t: number): IsoDate => XNYS.shift(FIRST, t);
const SERIES = { universe: 'sp500', history: 60, from: day(150), to: day(LENGTH - 1) };

interface Made {
  readonly plant?: (market: MadeMarket) => void;
  readonly priceBasis?: 'raw' | 'split-adjusted';
  readonly actions?: readonly Row[];
}

/** Three quiet names over two hundred sessions; CC joins and BB leaves within the series. */
async function madeStore({ plant = () => undefined, priceBasis = 'split-adjusted', actions = [] }: Made = {}): Promise<Store> {
  const market = quietMarket({ symbols: SYMBOLS.length, sessions: LENGTH, seed: 3 });
  plant(market);
  const bars = SYMBOLS.flatMap((symbol, row) => Array.from({ length: LENGTH }, (_, t): Row => ({ symbol, session: day(t), ...Object.fromEntries(Object.entries(market.columns).map(([name, values]) => [name, values[row * LENGTH + t]])) }))).filter(({ close }) => !Number.isNaN(close));
  const store = await newStore();
  const membership = [{ symbol: 'AA', start_date: '2010-01-04', end_date: null }, { symbol: 'BB', start_date: '2010-01-04', end_date: day(170) }, { symbol: 'CC', start_date: day(160), end_date: null }];
  await store.commit([write('bars', bars, { provenance: { source: 'made up', licence: 'none', priceBasis } }), write('membership', membership), ...(actions.length > 0 ? [write('actions', actions)] : [])], { clock: CLOCK });
  return store;
}

describe('the markets of sessions of raw prices', () => {
  it('are those that are loaded alone, in everything: before, on and after splits and dividends, and where one was known late', { timeout: 60_000 }, async () => {
    const action = (symbol: string, t: number, kind: string, value: number, known: IsoDate | null = null): Row => ({ symbol, ex_date: day(t), kind, value, available_at: known });
    const actions = [action('AA', 120, 'split', 2), action('AA', 155, 'dividend', 0.5), action('BB', 165, 'split', 3), action('BB', 165, 'dividend', 1), action('CC', 175, 'dividend', 2, day(177)), action('AA', 190, 'split', 4)];
    const plant = (market: MadeMarket): void => {
      scale(market, 0.5, { row: 0, from: 120 });
      scale(market, 1 / 3, { row: 1, from: 165 });
      scale(market, 0.25, { row: 0, from: 190 });
      scale(market, 1.2, { row: 2, from: 180, to: 181 });
    };
    const store = await madeStore({ plant, priceBasis: 'raw', actions });
    const series = await MarketSeries.read(store, SERIES);
    expect(series.isUnadjusted).toBe(false);
    for (const t of [150, 154, 155, 164, 165, 170, 175, 176, 177, 178, 180, 181, 189, 190, 199]) {
      const held = t > 180 ? ['BB'] : [];
      const [found, expected] = [await series.at(day(t), held), await loadMarket(store, { ...SERIES, held, asOf: day(t) })];
      expect(essence(found), day(t)).toEqual(essence(expected));
      expectSameColumns(found, expected, expected.bars.columnNames);
      expect(series.isSettled(found)).toBe(false);
    }
    const quoted = (await series.at(day(190), [])).bars;
    expect(quoted.value('close', 'AA', day(180)) / quoted.value('quotedClose', 'AA', day(180))).toBeCloseTo(0.25, 2);
    expect([...(await series.at(day(189), [])).actions.get('AA')!.map(({ value }) => value)]).toEqual([2, 0.5]);
  });
});

describe('what only a later session gave away', () => {
  const PRINT = 180;
  const plant = (market: MadeMarket): void => {
    scale(market, 0.8, { row: 0, from: PRINT, to: PRINT + 1 });
    remove(market, { row: 0, from: PRINT + 1, to: PRINT + 3 });
  };

  it('is hindsight from its session until it was known, unless nothing is done about it', { timeout: 60_000 }, async () => {
    const store = await madeStore({ plant });
    const sessions = Array.from({ length: 10 }, (_, i) => PRINT - 3 + i);
    const hindsight = async (request: MarketSeriesRequest): Promise<number[]> => {
      const series = await MarketSeries.read(store, request);
      return sessions.filter((t) => series.hasHindsight(day(t)));
    };
    expect(await hindsight(SERIES)).toEqual([PRINT, PRINT + 1, PRINT + 2]);
    expect(await hindsight({ ...SERIES, to: day(PRINT + 2) })).toEqual([]);
    expect(await hindsight({ ...SERIES, policies: { 'reverting-print': 'keep' } })).toEqual([]);
    const before = await MarketSeries.read(store, { ...SERIES, to: day(PRINT + 2) });
    expect(before.whole().bars.value('close', 'AA', day(PRINT))).toBeGreaterThan(0);
    expect((await MarketSeries.read(store, SERIES)).whole().bars.value('close', 'AA', day(PRINT))).toBeNaN();
  });

  it('leaves only its own session settled, whose bar is suspect that evening: what comes after reads it', { timeout: 60_000 }, async () => {
    const series = await MarketSeries.read(await madeStore({ plant }), SERIES);
    const settled = await Promise.all([PRINT - 1, PRINT, PRINT + 1, PRINT + 2, PRINT + 3].map(async (t) => series.isSettled(await series.at(day(t), []))));
    expect(settled).toEqual([true, true, false, false, true]);
  });

  it('is cleaned evening by evening as an evening alone cleans it', { timeout: 60_000 }, async () => {
    const store = await madeStore({ plant });
    const series = await MarketSeries.read(store, SERIES);
    for (const t of [PRINT - 1, PRINT, PRINT + 2, PRINT + 3, LENGTH - 1]) {
      const [found, expected] = [await series.at(day(t), []), await loadMarket(store, { ...SERIES, asOf: day(t) })];
      expect(essence(found)).toEqual(essence(expected));
      expectSameColumns(found, expected, expected.bars.columnNames.filter((name) => name !== 'segment'));
      expectSameSegments(found, expected);
      expect(Number.isNaN(found.bars.value('close', 'AA', day(Math.min(t, PRINT))))).toBe(t > PRINT + 2);
    }
  });

  it('does not reach back into a market that was given out', { timeout: 60_000 }, async () => {
    const series = await MarketSeries.read(await madeStore({ plant }), SERIES);
    const early = await series.at(day(PRINT), []);
    const copy = Float64Array.from(early.bars.column('close'));
    await series.at(day(PRINT + 3), []);
    series.whole();
    expect(early.bars.column('close')).toEqual(copy);
  });
});

describe('a series', () => {
  it('says what it was not read for', async () => {
    const store = await madeStore();
    const series = await MarketSeries.read(store, { ...SERIES, to: day(155) });
    expect([series.lacks(['AA', 'BB']), series.lacks(['AA', 'CC', 'DD'])]).toEqual([undefined, 'CC']);
    expect((await MarketSeries.read(store, { ...SERIES, to: day(155), held: ['CC'] })).lacks(['CC'])).toBeUndefined();
  });

  it('has markets of some symbols when asked, and says what symbols mean', async () => {
    const store = await madeStore();
    const series = await MarketSeries.read(store, { ...SERIES, symbols: ['AA'] });
    const market = await series.at(day(165), []);
    expect(market.members).toEqual(['AA']);
    expect(series.names).toEqual({ universe: market.universe, symbolHistory: market.symbolHistory });
  });

  it('is refused where an evening would be', async () => {
    const store = await madeStore();
    await expect(MarketSeries.read(store, { ...SERIES, to: on('2019-01-02') })).rejects.toMatchObject({ code: 'NO_SESSION' });
    await expect(MarketSeries.read(store, { ...SERIES, from: on('2017-01-07') })).rejects.toMatchObject({ code: 'NOT_A_SESSION' });
    await expect(MarketSeries.read(await newStore(), SERIES)).rejects.toThrow('swing data import bars=<file>');
  });
});
