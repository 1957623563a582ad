/**
 * Builds the bundled sample: `SWINGLAB_REALDATA=<folder> node data/sample/build.ts`.
 *
 * The folder holds the published files converted to Parquet (`equities/`, `reference/`, `macro/`; README.md here says
 * where each comes from). `symbol_history.csv` is kept by hand: it is read, checked and described, never rewritten.
 * Prices are copied value by value; bad prints and unadjusted spin-offs stay, the quality rules have to find them.
 * Same inputs and same DuckDB: same bytes.
 */
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';

/** Date of the symbols in the source of the bars: its last session. */
const LAST_SESSION = '2018-02-07';
/** Membership intervals that ended before are left out. */
const MEMBERSHIP_FROM = '2005-01-03';
const VIX_SERIES = ['VIX', 'VIX_OPEN', 'VIX_HIGH', 'VIX_LOW'];

interface Description {
  readonly file: string;
  readonly source: string;
  readonly licence: string;
  readonly priceBasis?: 'split-adjusted';
  readonly notes: readonly string[];
}

/** Entry of one dataset in `source.json`. */
export interface SampleDataset extends Description {
  readonly rows: number;
  readonly sha256: string;
}

/** `source.json`, which the provider `files` reads. */
export interface SampleManifest {
  readonly name: 'sample';
  readonly datasets: Readonly<Record<string, SampleDataset>>;
}

const DESCRIPTIONS: Readonly<Record<string, Description>> = {
  bars: {
    file: 'bars.parquet',
    source: 'Kaggle "S&P 500 stock data" (camnugent/sandp500), from github.com/CNuge/kaggle-code at f110943, stock_data/individual_stocks_5yr',
    licence: 'CC0-1.0',
    priceBasis: 'split-adjusted',
    notes: [
      'Survivors of February 2018: 390 of 497 members have bars on 2013-02-08, 391 of 497 on 2013-03-15, 505 of 505 on 2018-02-07. No performance claim may rest on it.',
      'Not adjusted for dividends nor for spin-offs; neither dividends nor spin-offs are in the sample.',
      'Known bad prints, missing prices and gaps are kept as published; see README.md.',
      'About 1,000 bars repeat the bar of a later session (the quality rule repeated-bar finds them): a fault of the source that looks ahead.',
    ],
  },
  symbol_history: {
    file: 'symbol_history.csv',
    source: 'kept by hand; dates from fja05680/sp500 where a change of symbol is one of index membership, else from company announcements',
    licence: 'MIT',
    notes: ['Covers the names of the sample from 2013-02-08 on; 2013-02-08 as start means "that day or earlier".'],
  },
  membership: {
    file: 'membership.csv',
    source: 'github.com/fja05680/sp500, sp500_ticker_start_end.csv and sp500_changes_since_2019.csv, corrected as README.md says',
    licence: 'MIT',
    notes: [
      'Intervals that end after 2005-01-03, as known in August 2025; 496 to 506 members a day in 2013-2018, not exactly 500.',
      'Symbols before 2019 are last-known ones in the source; companies that shared a symbol may be merged (CB, JCI).',
    ],
  },
  reference: {
    file: 'reference.csv',
    source: 'github.com/datasets/s-and-p-500-companies, data/constituents.csv, all versions from 2012-12-27 to 2025-08-12',
    licence: 'ODC-PDDL-1.0',
    notes: [
      'Last known classification, not point in time: the sector changes of 2018 and 2023 are applied backwards.',
      'Sector labels as in the source: seven rows carry one that is not a GICS sector of today; see README.md.',
    ],
  },
  macro: {
    file: 'macro.parquet',
    source: 'github.com/datasets/finance-vix, data/vix-daily.csv (from CBOE)',
    licence: 'ODC-PDDL-1.0',
    notes: ['VIX (close), VIX_OPEN, VIX_HIGH, VIX_LOW from 1990-01-02 to 2025-08-20; open, high and low equal the close before 1992.'],
  },
};

const BARS = `
  select coalesce(h.symbol, b.ticker) as symbol, b.date as session, b.open, b.high, b.low, b.close, cast(b.volume as double) as volume
  from source_bars b left join symbol_history h
    on h.listed_symbol = b.ticker and h.start_date <= date '${LAST_SESSION}' and (h.end_date is null or date '${LAST_SESSION}' < h.end_date)`;

/**
 * Intervals by instrument. A line without prices whose symbol was listed again later is another share: it carries the
 * year in which it left, as `DD_2017` does. Intervals of one instrument that touch or overlap become one.
 */
const MEMBERSHIP = `
  with raw as (
    select ticker, price_ticker, start_date, end_date,
      price_ticker is null and exists (select 1 from constituents n where n.ticker = c.ticker and n.start_date > c.end_date) as replaced
    from constituents c where end_date is null or end_date > date '${MEMBERSHIP_FROM}'
  ), named as (
    select coalesce(price_ticker, replace(ticker, '.', '-') || case when replaced then '_' || year(end_date) else '' end) as symbol,
      start_date, coalesce(end_date, date '9999-12-31') as end_date
    from raw
  ), reached as (
    select *, max(end_date) over (partition by symbol order by start_date, end_date rows between unbounded preceding and 1 preceding) as reach from named
  ), counted as (
    select *, sum(case when reach is null or start_date > reach then 1 else 0 end) over (partition by symbol order by start_date, end_date) as stay from reached
  )
  select 'sp500' as universe, symbol, min(start_date) as start_date, nullif(max(end_date), date '9999-12-31') as end_date from counted group by symbol, stay`;

const REFERENCE = `
  select ticker as symbol, name, sector, sub_industry, last_listed as as_of from companies
  where ticker in (select symbol from bars union select symbol from membership)`;

const MACRO = `
  select series_id, date as observation_date, value from volatility where series_id in (${VIX_SERIES.map((id) => `'${id}'`).join(', ')})`;

/** How each file is made; later queries see the tables of earlier ones. */
const STEPS = [
  { dataset: 'bars', sql: BARS, key: 'symbol, session' },
  { dataset: 'membership', sql: MEMBERSHIP, key: 'universe, symbol, start_date' },
  { dataset: 'reference', sql: REFERENCE, key: 'symbol' },
  { dataset: 'macro', sql: MACRO, key: 'series_id, observation_date' },
] as const;

const PARQUET = 'format parquet, compression zstd, compression_level 19, parquet_version v1';
const CSV = 'format csv, header true';

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

async function openSources(connection: DuckDBConnection, realData: string, symbolHistory: string): Promise<void> {
  const sources = {
    source_bars: 'equities/sp500_2013_2018.parquet',
    constituents: 'reference/constituents_history.parquet',
    companies: 'reference/companies.parquet',
    volatility: 'macro/volatility.parquet',
  };
  for (const [view, file] of Object.entries(sources)) {
    await connection.run(`create view ${view} as from read_parquet(${literal(join(realData, file))})`);
  }
  await connection.run(`create table symbol_history as from read_csv(${literal(symbolHistory)}, header = true, columns = {listed_symbol: 'VARCHAR', symbol: 'VARCHAR', start_date: 'DATE', end_date: 'DATE'})`);
}

/** Facts without which the files must not be written: each query must find nothing. */
const CHECKS: readonly { readonly expectation: string; readonly sql: string }[] = [
  {
    expectation: 'one instrument a symbol and day in symbol_history.csv',
    sql: `select a.listed_symbol, a.symbol, b.symbol from symbol_history a join symbol_history b on a.listed_symbol = b.listed_symbol and a.start_date < b.start_date where a.end_date is null or a.end_date > b.start_date`,
  },
  {
    expectation: 'every row of symbol_history.csv to end after it starts',
    sql: 'select * from symbol_history where end_date <= start_date',
  },
  {
    expectation: 'as many instruments as symbols in the source of the bars',
    sql: `select count(distinct symbol), (select count(distinct ticker) from source_bars) as listed from bars having count(distinct symbol) <> listed`,
  },
  {
    expectation: `every instrument with bars to be a member on ${LAST_SESSION}, and every member to have bars`,
    sql: `with members as (select distinct symbol from membership where start_date <= date '${LAST_SESSION}' and (end_date is null or date '${LAST_SESSION}' < end_date)), held as (select distinct symbol from bars) select members.symbol as member, held.symbol as held from members full join held using (symbol) where members.symbol is null or held.symbol is null`,
  },
  {
    expectation: 'the instrument that the membership names for each symbol of the bars',
    sql: `select b.ticker, h.symbol, c.price_ticker from (select distinct ticker from source_bars) b join constituents c on c.ticker = replace(b.ticker, '.', '-') and c.start_date <= date '${LAST_SESSION}' and (c.end_date is null or date '${LAST_SESSION}' < c.end_date) left join symbol_history h on h.listed_symbol = b.ticker and h.start_date <= date '${LAST_SESSION}' and (h.end_date is null or date '${LAST_SESSION}' < h.end_date) where coalesce(h.symbol, b.ticker) <> c.price_ticker`,
  },
  {
    expectation: 'every bar of the source once, its values unchanged',
    sql: `select * from (select date, open, high, low, close, volume from source_bars except all select session, open, high, low, close, volume from bars) union all select * from (select session, open, high, low, close, volume from bars except all select date, open, high, low, close, volume from source_bars)`,
  },
];

async function check(connection: DuckDBConnection): Promise<void> {
  for (const { expectation, sql } of CHECKS) {
    const found = (await connection.runAndReadAll(`${sql} limit 5`)).getRowsJson();
    if (found.length > 0) throw new Error(`expected ${expectation}, found ${JSON.stringify(found)}`);
  }
}

async function describeFile(connection: DuckDBConnection, folder: string, dataset: string): Promise<SampleDataset> {
  const { file, source, licence, priceBasis, notes } = DESCRIPTIONS[dataset]!;
  const counted = await connection.runAndReadAll(`select cast(count(*) as integer) from ${dataset}`);
  const sha256 = createHash('sha256').update(await readFile(join(folder, file))).digest('hex');
  return { file, source, licence, ...(priceBasis === undefined ? {} : { priceBasis }), notes, rows: Number(counted.getRows()[0]![0]), sha256 };
}

/**
 * Writes the files of the sample and `source.json`.
 *
 * @param realData folder of the published files as Parquet
 * @param target   folder to write to; made when absent
 * @throws Error when the sources contradict each other, before anything is written
 */
export async function buildSample(realData: string, target: string): Promise<SampleManifest> {
  const here = dirname(fileURLToPath(import.meta.url));
  const symbolHistory = join(here, DESCRIPTIONS['symbol_history']!.file);
  // one thread: row groups in order, so that the same rows give the same bytes
  const instance = await DuckDBInstance.create(':memory:', { threads: '1', memory_limit: '1GB' });
  const connection = await instance.connect();
  try {
    await openSources(connection, realData, symbolHistory);
    for (const { dataset, sql, key } of STEPS) await connection.run(`create table ${dataset} as select * from (${sql}) order by ${key}`);
    await check(connection);
    await mkdir(target, { recursive: true });
    for (const { dataset, key } of STEPS) {
      const { file } = DESCRIPTIONS[dataset]!;
      await connection.run(`copy (select * from ${dataset} order by ${key}) to ${literal(join(target, file))} (${file.endsWith('.csv') ? CSV : PARQUET})`);
    }
    if (resolve(target) !== resolve(here)) await copyFile(symbolHistory, join(target, DESCRIPTIONS['symbol_history']!.file));
    const datasets: Record<string, SampleDataset> = {};
    for (const dataset of Object.keys(DESCRIPTIONS)) datasets[dataset] = await describeFile(connection, target, dataset);
    const manifest: SampleManifest = { name: 'sample', datasets };
    await writeFile(join(target, 'source.json'), `${JSON.stringify(manifest, null, 2)}\n`);
    return manifest;
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

async function main(): Promise<void> {
  const here = dirname(fileURLToPath(import.meta.url));
  const realData = process.env['SWINGLAB_REALDATA'] ?? join(here, '../../../shared/data');
  const manifest = await buildSample(realData, process.argv[2] ?? here);
  for (const [dataset, { rows, sha256 }] of Object.entries(manifest.datasets)) console.log(`${dataset}: ${rows} rows, sha256 ${sha256}`);
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) await main();
