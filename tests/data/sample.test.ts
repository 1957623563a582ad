import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import { buildSample } from '../../data/sample/build.js';
import { isoDate } from '../../src/core/dates.js';
import { datasetSchema, type DatasetName, type FieldType } from '../../src/data/datasets.js';
import { filesDescription, type FileEntry } from '../../src/data/providers/files/provider.js';
import { literal, rows, withDuckDB } from '../../src/data/store/duckdb.js';
import { SymbolHistory, type SymbolSpan } from '../../src/data/symbol-history.js';

const folder = fileURLToPath(new URL('../../data/sample', import.meta.url));
const realData = process.env['SWINGLAB_REALDATA'] ?? fileURLToPath(new URL('../../../shared/data', import.meta.url));
const description = filesDescription.parse(JSON.parse(readFileSync(join(folder, 'source.json'), 'utf8')));
const entries = Object.entries(description.datasets) as [DatasetName, FileEntry][]; // one file each
const COLUMN_TYPES: Readonly<Record<FieldType, string>> = { text: 'VARCHAR', number: 'DOUBLE', date: 'DATE', timestamp: 'TIMESTAMP', boolean: 'BOOLEAN' };

/** SQL that reads a file of the sample, typed by the file itself. */
function table(dataset: DatasetName): string {
  const path = literal(join(folder, (description.datasets[dataset] as FileEntry).file));
  return path.endsWith(".csv'") ? `read_csv(${path}, header = true, sample_size = -1)` : `read_parquet(${path})`;
}

function ask(sql: string): Promise<Record<string, unknown>[]> {
  return withDuckDB((connection) => rows(connection, sql));
}

const MEMBER_ON = (day: string): string => `m.start_date <= ${day} and (m.end_date is null or ${day} < m.end_date)`;

async function symbolHistory(): Promise<SymbolHistory> {
  const spans = await ask(`select listed_symbol as listed, symbol, cast(start_date as varchar) as start, cast(end_date as varchar) as end from ${table('symbol_history')}`);
  return new SymbolHistory(spans as unknown as SymbolSpan[]);
}

describe('the files of the sample', () => {
  it('are those that source.json describes', () => {
    expect(entries.map(([dataset]) => dataset).sort()).toEqual(['bars', 'macro', 'membership', 'reference', 'symbol_history']);
    for (const [dataset, { file, sha256 }] of entries) {
      expect(createHash('sha256').update(readFileSync(join(folder, file))).digest('hex'), dataset).toBe(sha256);
    }
  });

  it.each(entries)('carry only columns of the schema, typed as it says, and every required one: %s', async (dataset, { rows: expectedRows }) => {
    const { fields } = datasetSchema(dataset);
    const columns = await ask(`describe select * from ${table(dataset)}`);
    const names = columns.map((column) => String(column['column_name']));
    for (const column of columns) {
      const field = fields[String(column['column_name'])];
      expect(field, String(column['column_name'])).toBeDefined();
      expect(column['column_type'], String(column['column_name'])).toBe(COLUMN_TYPES[field.type]);
    }
    expect(Object.keys(fields).filter((name) => !fields[name].optional && !names.includes(name))).toEqual([]);
    expect(await ask(`select count(*) as n from ${table(dataset)}`)).toEqual([{ n: expectedRows }]);
  });

  it.each(entries.map(([dataset]) => dataset))('are sorted by a key that is unique and complete: %s', async (dataset) => {
    const key = datasetSchema(dataset).key.join(', ');
    const total = `(select count(*) from ${table(dataset)})`;
    const missing = datasetSchema(dataset).key.map((name) => `${name} is null`).join(' or ');
    expect(await ask(`select count(*) = ${total} as unique from (select distinct ${key} from ${table(dataset)})`)).toEqual([{ unique: true }]);
    expect(await ask(`select count(*) as n from ${table(dataset)} where ${missing}`)).toEqual([{ n: 0 }]);
    const disorder = `select count(*) as n from (select (${key}) as k, lag((${key})) over (order by position) as before from (select *, row_number() over () as position from ${table(dataset)})) where before > k`;
    expect(await ask(disorder)).toEqual([{ n: 0 }]);
  });

  it('are described with rows, hash and licence in the texts beside them', () => {
    const readme = readFileSync(join(folder, 'README.md'), 'utf8');
    for (const [, { file, licence, rows: count, sha256 }] of entries) {
      const line = readme.split('\n').find((candidate) => candidate.startsWith(`| \`${file}\` |`)) ?? '';
      expect(line).toContain(sha256);
      expect(line).toContain(`| ${count!.toLocaleString('en-US')} |`);
      expect(line).toContain(`| ${licence} |`);
    }
    const licences = readFileSync(join(folder, 'LICENSES.md'), 'utf8');
    for (const notice of ['CC0 1.0 Universal', 'Copyright (c) 2019-2020 Farrell J. Aultman', 'Copyright (c) 2017 Cam Nugent', 'THE SOFTWARE IS PROVIDED "AS IS"', 'opendatacommons.org/licenses/pddl']) {
      expect(licences).toContain(notice);
    }
  });

  it('name no path or address of the machine that made them', () => {
    const leak = /\/(?:work|tmp|home|root|Users|mnt)\/|localhost|\b(?:10|127|172|192)\.\d{1,3}\.\d{1,3}\.\d{1,3}\b/;
    for (const file of [...entries.map(([, entry]) => entry.file), 'source.json', 'README.md', 'LICENSES.md', 'build.ts']) {
      const bytes = readFileSync(join(folder, file));
      // a Parquet file keeps its texts in the footer; compressed pages are noise
      const text = bytes.subarray(file.endsWith('.parquet') ? bytes.length - 8 - bytes.readUInt32LE(bytes.length - 8) : 0).toString('latin1');
      expect(text.length, file).toBeGreaterThan(100);
      expect(leak.exec(text)?.[0], file).toBeUndefined();
    }
  });
});

describe('the bars of the sample', () => {
  it('hold 505 instruments over 1,259 sessions, 470 of them throughout', async () => {
    const [found] = await ask(`select count(distinct symbol) as symbols, count(distinct session) as sessions, cast(min(session) as varchar) as first, cast(max(session) as varchar) as last from ${table('bars')}`);
    expect(found).toEqual({ symbols: 505, sessions: 1259, first: '2013-02-08', last: '2018-02-07' });
    expect(await ask(`select count(*) as n from (select symbol from ${table('bars')} group by symbol having count(*) = 1259)`)).toEqual([{ n: 470 }]);
  });

  it.each([
    ['2013-02-08', 497, 390],
    ['2013-03-15', 497, 391],
    ['2015-01-02', 499, 420],
    ['2018-02-07', 505, 505],
  ])('cover on %s of %i members only %i', async (day, members, covered) => {
    const found = await ask(`select count(*) as members, count(b.symbol) as covered from ${table('membership')} m left join ${table('bars')} b on b.symbol = m.symbol and b.session = date '${day}' where ${MEMBER_ON(`date '${day}'`)}`);
    expect(found).toEqual([{ members, covered }]);
  });

  it.each([
    ['LNT', '2016-05-19', -0.494],
    ['LNT', '2016-05-20', 1.01],
    ['NWL', '2017-09-15', 0.402],
    ['EBAY', '2015-07-20', -0.569],
    ['NI', '2015-07-02', -0.626],
    ['BAX', '2015-07-01', -0.444],
    ['WBD', '2014-08-07', -0.506],
    ['TT', '2013-12-02', -0.222],
  ])('keep the bad print or distribution of %s on %s', async (symbol, session, expected) => {
    const [found] = await ask(`select change from (select session, close / lag(close) over (order by session) - 1 as change from ${table('bars')} where symbol = '${symbol}') where session = date '${session}'`);
    expect(found?.['change']).toBeCloseTo(expected, 2);
  });

  it('keep missing prices, impossible ranges and sessions without volume as published', async () => {
    const [found] = await ask(`select count(*) filter (open is null) as no_open, count(*) filter (high is null) as no_high, count(*) filter (low is null) as no_low, count(*) filter (close is null or volume is null) as no_close, count(*) filter (volume = 0) as no_volume, count(*) filter (high < low) as inverted, count(*) filter (open > high or open < low) as open_outside, count(*) filter (close > high or close < low) as close_outside from ${table('bars')}`);
    expect(found).toEqual({ no_open: 11, no_high: 8, no_low: 8, no_close: 0, no_volume: 4, inverted: 1, open_outside: 4, close_outside: 9 });
  });
});

describe('the symbol history of the sample', () => {
  it.each([
    ['FB', '2018-02-07', 'META'],
    ['PCLN', '2018-02-26', 'BKNG'],
    ['PCLN', '2018-02-27', 'PCLN'],
    ['GOOG', '2014-04-02', 'GOOGL'],
    ['GOOG', '2014-04-03', 'GOOG'],
    ['WLP', '2014-12-02', 'ELV'],
    ['ANTM', '2014-12-03', 'ELV'],
    ['DD', '2017-08-31', 'DD_2017'],
    ['DD', '2019-06-03', 'DD'],
    ['IR', '2018-02-07', 'TT'],
    ['BRK.B', '2018-02-07', 'BRK-B'],
    ['AAPL', '2018-02-07', 'AAPL'],
  ])('says that %s on %s is %s', async (listed, date, expected) => {
    expect((await symbolHistory()).instrumentAt(listed, isoDate(date))).toBe(expected);
  });

  it('gives a symbol one meaning and an instrument one symbol at a time', async () => {
    for (const column of ['listed_symbol', 'symbol']) {
      expect(await ask(`select a.${column}, a.start_date from ${table('symbol_history')} a join ${table('symbol_history')} b on a.${column} = b.${column} and a.start_date < b.start_date where a.end_date is null or a.end_date > b.start_date`)).toEqual([]);
    }
    expect(await ask(`select * from ${table('symbol_history')} where end_date <= start_date or listed_symbol = symbol`)).toEqual([]);
  });

  it('leaves no bar under a symbol that it says stood for another company on the last session', async () => {
    const history = await symbolHistory();
    const instruments = (await ask(`select distinct symbol from ${table('bars')}`)).map((row) => String(row['symbol']));
    expect(instruments.filter((symbol) => history.instrumentAt(symbol, isoDate('2018-02-07')) !== symbol)).toEqual([]);
    expect(new Set(instruments.map((symbol) => history.listedAt(symbol, isoDate('2018-02-07')))).size).toBe(505);
  });
});

describe('membership, reference and VIX of the sample', () => {
  it('have intervals that end after they start and never touch another of the same instrument', async () => {
    expect(await ask(`select * from ${table('membership')} where end_date <= start_date or universe <> 'sp500'`)).toEqual([]);
    expect(await ask(`select a.symbol from ${table('membership')} a join ${table('membership')} b on a.symbol = b.symbol and a.start_date < b.start_date where a.end_date is null or a.end_date >= b.start_date`)).toEqual([]);
  });

  it('have between 496 and 506 members in every session of the bars', async () => {
    const [found] = await ask(`select min(n) as fewest, max(n) as most, count(*) as sessions from (select session, count(*) as n from (select distinct session from ${table('bars')}) join ${table('membership')} m on ${MEMBER_ON('session')} group by session)`);
    expect(found).toEqual({ fewest: 496, most: 506, sessions: 1259 });
  });

  it('name company and sector of every instrument with bars', async () => {
    expect(await ask(`select distinct b.symbol from ${table('bars')} b left join ${table('reference')} r using (symbol) where r.name is null or r.sector is null`)).toEqual([]);
  });

  it('have a VIX for every session of the bars, between its low and its high', async () => {
    const vix = (id: string): string => `(select observation_date as session, value as ${id} from ${table('macro')} where series_id = '${id}')`;
    const found = await ask(`select count(*) as sessions, count(*) filter (VIX between VIX_LOW and VIX_HIGH) as inside from (select distinct session from ${table('bars')}) join ${vix('VIX')} using (session) join ${vix('VIX_LOW')} using (session) join ${vix('VIX_HIGH')} using (session)`);
    expect(found).toEqual([{ sessions: 1259, inside: 1259 }]);
  });
});

const present = existsSync(join(realData, 'equities/sp500_adjusted.parquet'));
if (!present) console.info(`skipped: no data in SWINGLAB_REALDATA ("${realData}") to compare the sample with`);

describe.skipIf(!present)('the sample against the data that it was made from', () => {
  it('names each instrument so that its returns are those of the adjusted file', async () => {
    const returns = (source: string, day: string): string => `(select symbol, ${day} as session, close / lag(close) over (partition by symbol order by ${day}) - 1 as change, lag(${day}) over (partition by symbol order by ${day}) as before from ${source})`;
    const adjusted = `(select ticker as symbol, date, close from read_parquet(${literal(join(realData, 'equities/sp500_adjusted.parquet'))}))`;
    const found = await ask(`select symbol, count(*) as days, avg(case when abs(s.change - a.change) <= 0.001 then 1 else 0 end) as agreeing from ${returns(table('bars'), 'session')} s join ${returns(adjusted, 'date')} a using (symbol, session, before) where s.change is not null and a.change is not null group by symbol`);
    expect(found.length).toBe(505);
    // another company's returns agree on a tenth of the days, another share class of the same company on a third
    expect(found.filter((row) => Number(row['agreeing']) < 0.97 || Number(row['days']) < 40)).toEqual([]);
    const days = found.reduce((sum, row) => sum + Number(row['days']), 0);
    expect(found.reduce((sum, row) => sum + Number(row['agreeing']) * Number(row['days']), 0) / days).toBeGreaterThan(0.995);
  });

  it('comes out byte for byte when it is built again', { timeout: 120_000 }, async () => {
    const target = await mkdtemp(join(tmpdir(), 'swinglab-sample-'));
    try {
      await buildSample(realData, target);
      expect(readFileSync(join(target, 'source.json'), 'utf8')).toBe(readFileSync(join(folder, 'source.json'), 'utf8'));
    } finally {
      await rm(target, { recursive: true, force: true });
    }
  });
});
