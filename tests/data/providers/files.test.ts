import { createHash } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { constants, gzipSync } from 'node:zlib';

import { describe, expect, it, onTestFinished } from 'vitest';

import { fromEpochDay, isoDate, toEpochDay } from '../../../src/core/dates.js';
import { ConfigError, DataError } from '../../../src/core/errors.js';
import { DATASET_NAMES, datasetSchema, type DatasetName } from '../../../src/data/datasets.js';
import { filesProvider, openFiles, openFilesFolder, type FileEntry } from '../../../src/data/providers/files/provider.js';
import { datasetOfFile, readFile as readBatches } from '../../../src/data/providers/files/read.js';
import { MISSING_DATE, type Batch, type DataRequest, type MarketDataProvider } from '../../../src/data/provider.js';
import { literal, withDuckDB } from '../../../src/data/store/duckdb.js';
import { realDataFolder, printSkipReason } from '../../golden/folder.js';
import { startScript } from '../store/script.js';
import { CSV } from './all-datasets.js';

/** Writes a file into a folder of its own; the folder goes when the test ends. */
async function fileWith(content: string | Uint8Array, name = 'rows.csv'): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'swinglab-file-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
  return path;
}

/** A Parquet file with the rows of an SQL query. */
async function parquetWith(sql: string): Promise<string> {
  const path = (await fileWith('', 'empty')).replace(/empty$/, 'rows.parquet');
  await withDuckDB((connection) => connection.run(`copy (${sql}) to ${literal(path)} (format parquet)`));
  return path;
}

async function batchesOf(path: string, dataset: DatasetName, request: DataRequest = {}): Promise<Batch[]> {
  const batches: Batch[] = [];
  for await (const batch of readBatches(path, dataset, request)) batches.push(batch);
  return batches;
}

/** The one batch of a small file. */
async function only(path: string, dataset: DatasetName, request: DataRequest = {}): Promise<Batch['columns']> {
  const batches = await batchesOf(path, dataset, request);
  expect(batches.length).toBe(1);
  return batches[0].columns;
}

function failure(promise: Promise<unknown>): Promise<Error & { code?: string }> {
  return promise.then(
    () => expect.unreachable('expected an error'),
    (error: unknown) => error as Error,
  );
}

const instants = (values: Batch['columns'][string]): string[] => Array.from(values as Float64Array, (ms) => new Date(ms).toISOString());
const bars = (line: string): string => `symbol,session,close,volume\n${line}\n`;

describe('a file', () => {
  it('says the same as Parquet, CSV and compressed CSV', async () => {
    const plain = await fileWith(CSV.bars, 'bars.csv');
    const compressed = await fileWith(gzipSync(CSV.bars), 'bars.csv.gz');
    const parquet = await parquetWith(`from read_csv(${literal(plain)})`); // with the types that the engine guesses
    const expected = await only(plain, 'bars');
    expect(Array.from(expected['close'] as Float64Array)).toEqual([10.5, Number.NaN, 200.5, 1]);
    expect(Array.from(expected['session'] as Int32Array, fromEpochDay)).toEqual(['2018-01-02', '2018-01-03', '2018-01-02', '2018-01-04']);
    expect(await only(compressed, 'bars')).toEqual(expected);
    expect(await only(parquet, 'bars')).toEqual(expected);
  });

  it('is the one named, not one that its name would match as a pattern', async () => {
    const path = await fileWith(bars('AA,2018-01-02,1,2'), 'bars[1].csv');
    await writeFile(path.replace('[1]', '1'), bars('WRONG,2018-01-02,1,2'));
    expect((await only(path, 'bars'))['symbol']).toEqual(['AA']);
    expect(await datasetOfFile(path)).toBe('bars');
  });

  it('comes in batches, in the order of its rows', async () => {
    const path = await parquetWith(`select 'AA' as symbol, date '2018-01-02' as session, i::double as close from range(100000) t(i)`);
    const batches = await batchesOf(path, 'bars');
    expect(batches.length).toBeGreaterThan(1);
    const close = batches.flatMap(({ columns }) => Array.from(columns['close'] as Float64Array));
    expect(close).toEqual(Array.from({ length: 100_000 }, (_, i) => i));
  });

  it('may say nothing: no batch, or one whose optional values are all missing', async () => {
    expect(await batchesOf(await fileWith('symbol,session,close\n'), 'bars')).toEqual([]);
    expect((await only(await fileWith('symbol,session,close\nAA,2018-01-02,\n'), 'bars'))['close'][0]).toBeNaN();
    expect((await only(await fileWith('symbol,ex_date,kind,value,available_at\nAA,2018-01-02,split,2,\n'), 'actions'))['available_at'][0]).toBe(MISSING_DATE);
  });

  it('has columns in any order and case, and others that are not read', async () => {
    const columns = await only(await fileWith('Close,note,SYMBOL,Date\n7,x,AA,2018-01-02\n'), 'bars');
    expect(Object.keys(columns).sort()).toEqual(['close', 'session', 'symbol']);
    expect(columns['close'][0]).toBe(7);
  });

  it.each(DATASET_NAMES.flatMap((dataset) => Object.entries(datasetSchema(dataset).fields).flatMap(([field, { aliases = [] }]) => aliases.map((alias) => [dataset, alias, field] as const))))('of %s may call it "%s": %s', async (dataset, alias, field) => {
    const [header, ...rest] = CSV[dataset].split('\n');
    const renamed = [header.split(',').map((name) => (name === field ? alias : name)).join(','), ...rest].join('\n');
    expect(await only(await fileWith(renamed), dataset)).toEqual(await only(await fileWith(CSV[dataset]), dataset));
  });

  it('has the better of two names first, and the other where that one is missing', async () => {
    const columns = await only(await fileWith('ticker,price_ticker,start_date,end_date\nFB,META,2013-12-23,\nAA,,2010-01-04,2016-11-01\n'), 'membership');
    expect(columns['symbol']).toEqual(['META', 'AA']);
  });

  it.each(['BRK.B', 'BRK-B', 'brk.b', 'BRK/B', 'BRK B', ' BRK.B '])('means BRK-B by "%s", as underlying too', async (written) => {
    expect((await only(await fileWith(bars(`${written},2018-01-02,1,2`)), 'bars'))['symbol']).toEqual(['BRK-B']);
    expect((await only(await fileWith(`act_symbol,date,expiration,strike,call_put\n${written},2018-01-02,2018-01-19,200,call\n`), 'option_chains'))['underlying']).toEqual(['BRK-B']);
  });

  it('keeps the listed symbol as it was printed', async () => {
    expect((await only(await fileWith('listed_symbol,symbol,start_date\nBRK.B,brk.b,2010-01-04\n'), 'symbol_history'))['listed_symbol']).toEqual(['BRK.B']);
  });
});

describe('an instant', () => {
  const news = (time: string): Promise<string> => fileWith(`id,symbol,published_at,title\nn,AA,${time},x\n`);

  it.each([
    ['2018-01-02T09:30:00Z', '2018-01-02T09:30:00.000Z'],
    ['2018-01-02 09:30:00', '2018-01-02T09:30:00.000Z'],
    ['2018-01-02T09:30:00.125-05:00', '2018-01-02T14:30:00.125Z'],
    ['2018-01-02 09:30:00+02', '2018-01-02T07:30:00.000Z'],
    ['2018-01-02', '2018-01-03T05:00:00.000Z'],
    ['2018-07-02', '2018-07-03T04:00:00.000Z'],
  ])('written "%s" is %s', async (written, expected) => {
    expect(instants((await only(await news(written), 'news'))['first_seen_at'])).toEqual([expected]);
  });

  it('that is only a date is not known at the decision of that day, but at the next', async () => {
    const [end] = instants((await only(await parquetWith(`select 'AA' as symbol, 'revenue' as concept, date '2017-12-31' as period_end, date '2018-01-24' as filed_at, 1.0 as value`), 'fundamentals'))['filed_at']);
    expect(end).toBe('2018-01-25T05:00:00.000Z'); // midnight in New York, after 23:30
  });

  it('does not depend on the zone of the machine, nor does a date', async () => {
    const path = await parquetWith(`select 'n' as id, 'AA' as symbol, timestamptz '2018-01-02 03:30:00+00' as published_at, 'x' as title`);
    const days = await parquetWith(`select 'AA' as symbol, timestamptz '2018-01-02 03:30:00+00' as date, 1.0 as close`);
    const script = startScript(`
      process.env.TZ = 'America/New_York';
      const { readFile } = await load('src/data/providers/files/read.js');
      for await (const { columns } of readFile(${JSON.stringify(path)}, 'news', {})) console.log(columns.first_seen_at[0]);
      for await (const { columns } of readFile(${JSON.stringify(days)}, 'bars', {})) console.log(columns.session[0]);
    `);
    expect(await script.line()).toBe(String(Date.UTC(2018, 0, 2, 3, 30)));
    expect(await script.line()).toBe(String(toEpochDay(isoDate('2018-01-02'))));
  });
});

describe('what a file holds', () => {
  it.each(DATASET_NAMES)('is told by its columns: %s', async (dataset) => {
    expect(await datasetOfFile(await fileWith(CSV[dataset]))).toBe(dataset);
  });

  it.each([
    ['membership', 'ticker,start_date,end_date,price_ticker'],
    ['membership', 'ticker,start_date,end_date'],
    ['bars', 'date,ticker,open,high,low,close,adj_close,volume,sentiment'],
    ['bars', 'Date,Symbol,Close'],
    ['reference', 'ticker,name,sector,sub_industry,listed_symbol,last_listed'],
    ['macro', 'series_id,date,value'],
    ['option_chains', 'date,act_symbol,expiration,strike,call_put,bid,ask'],
    ['news', 'id,ticker,published_utc,headline'],
  ] as const)('is %s with the columns %s', async (dataset, header) => {
    expect(await datasetOfFile(await fileWith(`${header}\n`))).toBe(dataset);
  });

  it.each(['ticker,date', 'ticker,date,adj_close,volume', 'a,b,c', 'symbol,close'])('is unknown with the columns %s', async (header) => {
    const error = await failure(datasetOfFile(await fileWith(`${header}\n`)));
    expect(error).toBeInstanceOf(DataError);
    expect(error.message).toContain(`expected the columns of one of ${DATASET_NAMES.join(', ')}, found ${header.split(',').join(', ')} in`);
  });
});

describe('a value that does not fit', () => {
  it.each([
    ['bars', 'a number', 'close', 'n/a', bars('AA,2018-01-02,1,2\nAA,2018-01-03,n/a,2'), 2],
    ['bars', 'a number', 'close', '1.234,5', bars('AA,2018-01-02,"1.234,5",2'), 1],
    ['bars', 'a date', 'session', '02.01.2018', bars('AA,02.01.2018,1,2'), 1],
    ['bars', 'a date', 'session', '2018-02-30', bars('AA,2018-01-02,1,2\nAA,2018-02-01,1,2\nAA,2018-02-30,1,2'), 3],
    ['membership', 'a date', 'end_date', 'today', 'symbol,start_date,end_date\nAA,2018-01-02,\nBB,2018-01-02,today\n', 2],
    ['news', 'a timestamp', 'first_seen_at', 'yesterday', 'id,symbol,first_seen_at,title\nn,AA,yesterday,x\n', 1],
  ] as const)('of %s: expected %s in "%s", found "%s"', async (...[dataset, what, field, value, content, row]) => {
    const path = await fileWith(content);
    const error = await failure(batchesOf(path, dataset));
    expect(error).toBeInstanceOf(DataError);
    expect(error).toMatchObject({ code: 'BAD_VALUE', fields: { path, field, row, value } });
    expect(error.message).toBe(`expected ${what} in column "${field}", found "${value}" in row ${row} of "${path}"`);
  });

  it('is found in the middle of a large file', async () => {
    const rows = Array.from({ length: 200_000 }, (_, i) => `AA,2018-01-02,${i === 150_000 ? 'oops' : i},1`);
    const error = await failure(batchesOf(await fileWith(bars(rows.join('\n'))), 'bars'));
    expect(error).toMatchObject({ code: 'BAD_VALUE', fields: { field: 'close', row: 150_001, value: 'oops' } });
  });

  it('is refused in Parquet too', async () => {
    const error = await failure(batchesOf(await parquetWith(`select 'AA' as symbol, '2018-01-02' as session, 'x' as close`), 'bars'));
    expect(error).toMatchObject({ code: 'BAD_VALUE', fields: { field: 'close', row: 1, value: 'x' } });
  });
});

describe('a file that cannot be used', () => {
  it('lacks columns, and is told which, with the names that would do', async () => {
    const error = await failure(batchesOf(await fileWith('ticker,close\nAA,1\n'), 'macro'));
    expect(error).toMatchObject({ code: 'MISSING_COLUMNS', fields: { missing: ['series_id', 'observation_date or date', 'value'] } });
    expect(error.message).toContain('expected the columns of "macro" (missing: series_id; observation_date or date; value), found ticker, close in');
  });

  it.each([
    ['nothing', async () => '/nowhere/bars.csv', 'NO_FILE', 'found nothing at "/nowhere/bars.csv"'],
    ['a folder', async (): Promise<string> => dirname(await fileWith('x')), 'NO_FILE', 'found a folder at'],
    ['a spreadsheet', () => fileWith('x', 'bars.xlsx'), 'UNKNOWN_FORMAT', 'expected a file that ends in .parquet, .csv or .csv.gz'],
    ['text called Parquet', () => fileWith('hello, this is no Parquet file', 'bars.parquet'), 'UNREADABLE_FILE', 'but reading it failed'],
    ['text called compressed', () => fileWith(CSV.bars, 'bars.csv.gz'), 'UNREADABLE_FILE', 'but reading it failed'],
    ['Parquet that was cut off', async (): Promise<string> => {
      const path = await parquetWith(`select 'AA' as symbol, date '2018-01-02' as session, random() as close from range(50000)`);
      await truncate(path, 100_000);
      return path;
    }, 'UNREADABLE_FILE', 'but reading it failed'],
    // whole lines, so that nothing but the missing end tells
    ['a compressed file that was cut off', () => fileWith(gzipSync(CSV.bars, { finishFlush: constants.Z_SYNC_FLUSH }), 'bars.csv.gz'), 'UNREADABLE_FILE', 'expected a complete gzip file'],
  ] satisfies [string, () => Promise<string>, string, string][])('is %s', async (_, make, code, message) => {
    const path = await make();
    const error = await failure(batchesOf(path, 'bars'));
    expect(error).toBeInstanceOf(DataError);
    expect(error).toMatchObject({ code, fields: { path } });
    expect(error.message).toContain(message);
  });
});

describe('a file that fails in the middle', () => {
  it('is refused when a line is broken, far down', async () => {
    const rows = Array.from({ length: 120_000 }, (_, i) => (i === 90_000 ? 'AA,2018-01-02' : `AA,2018-01-02,${i},1`));
    const path = await fileWith(bars(rows.join('\n')));
    const error = await failure(batchesOf(path, 'bars'));
    expect(error).toMatchObject({ code: 'UNREADABLE_FILE', fields: { path } });
    expect(error.message).toContain('Line: 90002');
  });

  it('is refused when bytes of Parquet were changed, far down', async () => {
    const path = await parquetWith(`select 'AA' as symbol, date '2018-01-02' as session, random() as close from range(400000)`);
    const bytes = await readFile(path);
    bytes.fill(0xff, Math.floor(bytes.length * 0.7), Math.floor(bytes.length * 0.9));
    await writeFile(path, bytes);
    const outcome = await batchesOf(path, 'bars').then((batches) => batches.reduce((sum, { rowCount }) => sum + rowCount, 0), (error: unknown) => error);
    // uncompressed values have no checksum: all rows, or an error, but never some of them
    if (outcome !== 400_000) expect(outcome).toMatchObject({ code: 'UNREADABLE_FILE', fields: { path } });
  });
});

describe('a reader that is stopped', () => {
  it('hears the reason of the signal, whatever kind of error that is', async () => {
    const path = await parquetWith(`select 'AA' as symbol, date '2018-01-02' as session, i::double as close from range(200000) t(i)`);
    for (const reason of [new DOMException('stopped', 'AbortError'), new DOMException('late', 'TimeoutError'), new RangeError('mine')]) {
      const controller = new AbortController();
      let count = 0;
      const reading = (async () => {
        for await (const batch of readBatches(path, 'bars', {}, { signal: controller.signal })) {
          count += batch.rowCount;
          controller.abort(reason);
        }
      })();
      expect(await failure(reading)).toBe(reason);
      expect(count).toBeLessThan(100_000);
    }
  });

  it('may leave in the middle', async () => {
    const path = await parquetWith(`select 'AA' as symbol, date '2018-01-02' as session, i::double as close from range(200000) t(i)`);
    for await (const { rowCount } of readBatches(path, 'bars', {})) {
      expect(rowCount).toBeGreaterThan(0);
      break;
    }
    expect((await batchesOf(path, 'bars')).length).toBeGreaterThan(2);
  });
});

describe('a described file', () => {
  const hash = (content: string): string => createHash('sha256').update(content).digest('hex');

  async function described(more: Partial<FileEntry>, content = CSV.bars): Promise<{ provider: MarketDataProvider; path: string }> {
    const path = await fileWith(content, 'bars.csv');
    return { provider: filesProvider({ name: 'made', folder: dirname(path), datasets: { bars: { file: 'bars.csv', source: 's', licence: 'l', notes: [], ...more } } }), path };
  }

  const fetchAll = async (provider: MarketDataProvider, request: DataRequest = {}): Promise<number> => {
    let count = 0;
    for await (const { rowCount } of provider.fetch('bars', request)) count += rowCount;
    return count;
  };

  it('is checked against its hash before a row is delivered', async () => {
    expect(await fetchAll((await described({ sha256: hash(CSV.bars) })).provider)).toBe(4);
    const { provider, path } = await described({ sha256: hash('other') });
    const error = await failure(fetchAll(provider));
    expect(error).toMatchObject({ code: 'HASH_MISMATCH', fields: { path } });
    expect(error.message).toContain(`expected sha256 ${hash('other').slice(0, 12)}…, found ${hash(CSV.bars).slice(0, 12)}… in "${path}"`);
  });

  it('is checked against its count of rows when all are read', async () => {
    expect(await fetchAll((await described({ rows: 4 })).provider)).toBe(4);
    const { provider, path } = await described({ rows: 5 });
    expect(await failure(fetchAll(provider))).toMatchObject({ code: 'ROW_COUNT', message: `expected 5 rows, found 4 in "${path}": the file was changed since it was described` });
    expect(await fetchAll(provider, { symbols: ['AA'] })).toBe(2);
  });

  it('has another fingerprint when its content or what is said about it changes, and the same in another place', async () => {
    const fingerprint = async (more: Partial<FileEntry>, content?: string): Promise<string> => (await described(more, content)).provider.fingerprint!('bars');
    const usual = await fingerprint({});
    expect(await fingerprint({})).toBe(usual);
    const others = await Promise.all([fingerprint({}, `${CSV.bars}DD,2018-01-02,1,1,1,1,1,1\n`), fingerprint({ priceBasis: 'raw' }), fingerprint({ priceBasis: 'total-return' }), fingerprint({ source: 'another' }), fingerprint({ notes: ['n'] })]);
    expect(new Set([usual, ...others]).size).toBe(6);
  });

  it('without a file has no fingerprint', async () => {
    const { provider, path } = await described({});
    await rm(path);
    expect(await failure(provider.fingerprint!('bars'))).toMatchObject({ code: 'NO_FILE', fields: { path } });
  });
});

describe('a folder of files', () => {
  const entry = { file: 'bars.csv', source: 's', licence: 'l' };

  it('is described by source.json', async () => {
    const path = await fileWith(JSON.stringify({ name: 'mine', datasets: { bars: { ...entry, priceBasis: 'raw', notes: ['n'] } } }), 'source.json');
    await copyFile(await fileWith(CSV.bars), join(dirname(path), 'bars.csv'));
    const provider = await openFilesFolder(dirname(path));
    expect([provider.name, provider.capabilities, provider.provenance('bars')]).toEqual(['mine', ['bars'], { source: 's', licence: 'l', notes: ['n'], priceBasis: 'raw' }]);
    expect((await readFile(join(dirname(path), 'bars.csv'), 'utf8')).length).toBeGreaterThan(10);
  });

  it.each([
    ['nothing', null, 'NO_DESCRIPTION', 'expected a description of the folder\'s files as JSON in'],
    ['no JSON', '{', 'NO_DESCRIPTION', 'as JSON in'],
    ['an unknown dataset', JSON.stringify({ name: 'x', datasets: { candles: entry } }), 'BAD_DESCRIPTION', 'datasets'],
    ['an unknown key', JSON.stringify({ name: 'x', datasets: { bars: { ...entry, license: 'MIT' } } }), 'BAD_DESCRIPTION', 'Unrecognized key: "license" at datasets.bars in'],
    ['two files of what comes from one', JSON.stringify({ name: 'x', datasets: { bars: [entry, entry] } }), 'BAD_DESCRIPTION', 'expected one file of "bars", found a list in'],
    ['a list of nothing', JSON.stringify({ name: 'x', datasets: { macro: [] } }), 'BAD_DESCRIPTION', 'at datasets.macro in'],
    ['a file of several without a licence', JSON.stringify({ name: 'x', datasets: { macro: [entry, { file: 'a', source: 'b' }] } }), 'BAD_DESCRIPTION', 'at datasets.macro.1.licence in'],
    ['no licence', JSON.stringify({ name: 'x', datasets: { bars: { file: 'a', source: 'b' } } }), 'BAD_DESCRIPTION', 'at datasets.bars.licence in'],
    ['another basis', JSON.stringify({ name: 'x', datasets: { bars: { ...entry, priceBasis: 'adjusted' } } }), 'BAD_DESCRIPTION', 'at datasets.bars.priceBasis in'],
    ['no name', JSON.stringify({ datasets: { bars: entry } }), 'BAD_DESCRIPTION', 'at name in'],
  ])('is refused with %s in its description', async (_, content, code, message) => {
    const path = await fileWith(content ?? 'x', content === null ? 'other.txt' : 'source.json');
    const error = await failure(openFilesFolder(dirname(path)));
    expect(error).toBeInstanceOf(DataError);
    expect(error).toMatchObject({ code });
    expect(error.message).toContain(message);
    expect(error.message).toContain(join(dirname(path), 'source.json'));
  });
});

describe('single files', () => {
  it('are told apart by their columns, and carry their name as source', async () => {
    const [prices, members] = [await fileWith(CSV.bars, 'prices.csv'), await fileWith(CSV.membership, 'members.csv')];
    const provider = await openFiles([{ path: prices, priceBasis: 'raw' }, { path: members, source: 'my list', licence: 'MIT' }]);
    expect([provider.name, provider.capabilities]).toEqual(['files', ['bars', 'membership']]);
    expect(provider.provenance('bars')).toEqual({ source: 'prices.csv', licence: 'not stated', notes: [], priceBasis: 'raw' });
    expect(provider.provenance('membership')).toEqual({ source: 'my list', licence: 'MIT', notes: [] });
  });

  it('may be named: what is said counts, not the columns', async () => {
    const path = await fileWith('ticker,price_ticker,start_date,end_date\nFB,META,2012-05-18,2022-06-09\n');
    const provider = await openFiles([{ path, dataset: 'symbol_history' }]);
    expect(provider.capabilities).toEqual(['symbol_history']);
    for await (const { columns } of provider.fetch('symbol_history', {})) expect([columns['listed_symbol'], columns['symbol']]).toEqual([['FB'], ['META']]);
  });

  it('cannot be two of one dataset', async () => {
    const [first, second] = [await fileWith(CSV.bars, 'a.csv'), await fileWith(CSV.bars, 'b.csv')];
    const error = await failure(openFiles([{ path: first }, { path: second }]));
    expect(error).toBeInstanceOf(ConfigError);
    expect(error.message).toBe(`expected one file a dataset, found "${first}" and "${second}" for "bars"; say what they are as dataset=path`);
  });
});

const SUITE = 'real files of many sources';
printSkipReason('real data', SUITE);
const real = realDataFolder();

describe.skipIf(real === null)(SUITE, () => {
  it.each([
    ['equities/sp500_adjusted.parquet', 'bars'],
    ['equities/etfs_adjusted.parquet', 'bars'],
    ['reference/constituents_history.parquet', 'membership'],
    ['reference/companies.parquet', 'reference'],
    ['macro/rates.parquet', 'macro'],
    ['macro/economy.parquet', 'macro'],
  ] as const)('%s holds %s', async (file, dataset) => {
    expect(await datasetOfFile(join(real!, file))).toBe(dataset);
  });

  it('has companies under one symbol in the history of the index', async () => {
    const { symbol } = await only(join(real!, 'reference/constituents_history.parquet'), 'membership');
    expect(symbol).toContain('META');
    expect(symbol).toContain('BRK-B');
    expect((symbol as string[]).every((one) => /^[A-Z0-9_-]+$/.test(one))).toBe(true);
  });
});
