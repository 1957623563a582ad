import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { XNYS } from '../../../src/core/calendar.js';
import { fromEpochDay, isoDate, toEpochDay, type IsoDate } from '../../../src/core/dates.js';
import { DataError } from '../../../src/core/errors.js';
import { importFrom } from '../../../src/data/import.js';
import { openProvider } from '../../../src/data/providers/registry.js';
import { sampleFolder } from '../../../src/data/sample.js';
import { fileLiteral, literal, rows, withDuckDB } from '../../../src/data/store/duckdb.js';
import { panelFromParquet, readBars } from '../../../src/data/store/read-bars.js';
import { Store } from '../../../src/data/store/store.js';
import type { Panel } from '../../../src/table/panel.js';
import { bar, CLOCK, temporaryFolder, temporaryStore, write } from './rows.js';

const FILE = join(sampleFolder(), 'bars.parquet');
const SYMBOLS = ['AAPL', 'BHF', 'BRK-B', 'DHR', 'META'];
const on = (date: string): IsoDate => isoDate(date);

/** Every value of a column that is there, as `symbol session value`. */
function values(panel: Panel, name: string): string[] {
  const found: string[] = [];
  panel.symbols.forEach((symbol) => panel.series(name, symbol).forEach((value, t) => void (Number.isNaN(value) || found.push(`${symbol} ${fromEpochDay(panel.sessions[t])} ${value}`))));
  return found;
}

async function valuesBySql(name: string, start: string, end: string): Promise<string[]> {
  const found = await withDuckDB((connection) => rows(connection, `select symbol, cast(session as varchar) as session, cast(${name} as double) as value from read_parquet(${fileLiteral(FILE)}) where symbol in (${SYMBOLS.map(literal).join(', ')}) and session between '${start}' and '${end}' and ${name} is not null order by symbol, session`));
  return found.map(({ symbol, session, value }) => `${String(symbol)} ${String(session)} ${String(value)}`);
}

describe('bars of the sample in a store', () => {
  let folder: string;
  let store: Store;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'swinglab-bars-'));
    store = await Store.open(folder);
    await importFrom(await openProvider('sample'), store, { clock: CLOCK, datasets: ['bars'], request: { symbols: SYMBOLS } });
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each(['open', 'high', 'low', 'close', 'volume'])('have the %s that the file has, and none where it has none', async (name) => {
    const panel = await readBars(store, { symbols: SYMBOLS, start: on('2015-12-30'), end: on('2018-02-07') });
    const expected = await valuesBySql(name, '2015-12-30', '2018-02-07');
    expect(expected.length).toBeGreaterThan(2000);
    expect(values(panel, name)).toEqual(expected);
  });

  it('stand on every session of the span, whether or not anybody has a bar', async () => {
    const panel = await readBars(store, { symbols: ['BHF'], start: on('2017-06-01'), end: on('2017-09-04') });
    expect(Array.from(panel.sessions, fromEpochDay)).toEqual(XNYS.sessions(on('2017-06-01'), on('2017-09-01')));
    expect(panel.value('close', 'BHF', on('2017-06-01'))).toBeNaN();
    expect(panel.value('close', 'BHF', on('2017-08-01'))).toBeGreaterThan(0);
    expect(panel.columnNames).toEqual(['open', 'high', 'low', 'close', 'volume', 'adjusted_close']);
  });

  it('are those of everybody over the whole span when nothing is asked for', async () => {
    const panel = await readBars(store);
    expect([panel.symbols, panel.sessions.length, panel.first, panel.last]).toEqual([SYMBOLS, 1259, '2013-02-08', '2018-02-07']);
    expect(values(panel, 'close')).toEqual(await valuesBySql('close', '2013-02-08', '2018-02-07'));
  });

  it('are the same read from the file itself', async () => {
    const columns = ['open', 'high', 'low', 'close', 'volume'];
    const fromStore = await readBars(store);
    const fromFile = await panelFromParquet(FILE, { symbol: 'symbol', session: 'session', columns });
    expect(fromFile.symbols.length).toBe(505);
    expect(fromFile.sessions).toEqual(fromStore.sessions);
    for (const name of columns) expect(fromFile.select(SYMBOLS).column(name), name).toEqual(fromStore.column(name));
  });

  it('are missed by name, unless that is allowed', async () => {
    const request = { symbols: ['AAPL', 'NOPE', 'BHF'], start: on('2016-01-04'), end: on('2016-01-08') };
    const error = await readBars(store, request).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(DataError);
    expect((error as DataError).message).toBe('expected bars between 2016-01-04 and 2016-01-08 for every instrument asked for, found none for "NOPE", "BHF"');
    expect((await readBars(store, { ...request, allowMissing: true })).symbols).toEqual(['AAPL']);
    expect((await readBars(store, { ...request, symbols: [], allowMissing: true })).symbols).toEqual([]);
  });

  it.each([
    ['a weekend', '2016-01-09', '2016-01-10', 'NO_SESSION'],
    ['a span that ends before it starts', '2016-01-08', '2016-01-04', 'NO_SESSION'],
    ['years before the first bar', '2001-01-01', '2001-12-31', 'NO_BARS'],
  ])('are not there on %s', async (_, start, end, code) => {
    await expect(readBars(store, { start: on(start), end: on(end) })).rejects.toMatchObject({ code, message: expect.stringContaining(`between ${start} and ${end}`) as string });
  });

  it('may be asked for by many readers at once', async () => {
    const panels = await Promise.all(SYMBOLS.map((symbol) => readBars(store, { symbols: [symbol] })));
    const together = await readBars(store, { symbols: SYMBOLS });
    panels.forEach((panel, i) => expect(values(panel, 'close')).toEqual(values(together.select([SYMBOLS[i]]), 'close')));
  });
});

describe('bars in a store', () => {
  it('carry names and prices of any kind', async () => {
    const store = await temporaryStore();
    await store.commit([write('bars', [{ ...bar("O'X\"", '2018-01-02', 0.1 + 0.2), adjusted_close: 1e-9 }, bar('Ä', '2018-01-04', 1e12)])], { clock: CLOCK });
    const panel = await readBars(store);
    expect(panel.symbols).toEqual(["O'X\"", 'Ä']);
    expect(Array.from(panel.column('close'))).toEqual([0.1 + 0.2, Number.NaN, Number.NaN, Number.NaN, Number.NaN, 1e12]);
    expect(panel.value('adjusted_close', "O'X\"", on('2018-01-02'))).toBe(1e-9);
  });

  it('are missed with the way to get them', async () => {
    await expect(readBars(await temporaryStore())).rejects.toMatchObject({ code: 'NO_DATASET', message: expect.stringContaining('swing data import bars=<file>') as string });
  });
});

describe('a panel from a file without a store', () => {
  /** Writes the rows of an SQL query to a Parquet file. */
  async function parquet(sql: string): Promise<string> {
    const path = join(await temporaryFolder(), 'rows [1].parquet');
    await withDuckDB((connection) => connection.run(`copy (${sql}) to ${literal(path)} (format parquet)`));
    return path;
  }

  it('has the axes that the file has, in order, also from times', async () => {
    const path = await parquet(`from (values ('B', timestamp '2018-01-07 00:00:00', 1), ('A', timestamp '2018-01-02 16:00:00', 2)) t(ticker, date, close)`);
    const panel = await panelFromParquet(path, { columns: ['close'] });
    expect(panel.symbols).toEqual(['A', 'B']);
    expect(Array.from(panel.sessions)).toEqual([toEpochDay(on('2018-01-02')), toEpochDay(on('2018-01-07'))]);
    expect(Array.from(panel.column('close'))).toEqual([2, Number.NaN, Number.NaN, 1]);
  });

  it.each([
    ['is no Parquet file', async () => join(sampleFolder(), 'membership.csv')],
    ['is not there', async () => '/nowhere/bars.parquet'],
    ['lacks a column', () => parquet(`select 'A' as ticker, date '2018-01-02' as date`)],
    ['has no number where one must be', () => parquet(`select 'A' as ticker, date '2018-01-02' as date, 'x' as close`)],
    ['has no number far down', () => parquet(`select 'S' || (i % 7) as ticker, date '1950-01-02' + (i // 7)::int as date, case when i = 250000 then 'x' else '1' end as close from range(300000) t(i)`)],
    ['has a row without symbol', () => parquet(`from (values ('A', date '2018-01-02', 1), (null, date '2018-01-02', 2)) t(ticker, date, close)`)],
    ['has a row without date', () => parquet(`from (values ('A', date '2018-01-02', 1), ('A', null, 2)) t(ticker, date, close)`)],
  ])('is refused with the name of the file when that %s', async (_, make) => {
    const path = await make();
    const error = await panelFromParquet(path, { columns: ['close'] }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(DataError);
    expect((error as DataError).message).toContain(`daily rows of instruments in "${path}"`);
  });
});
