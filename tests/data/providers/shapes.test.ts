import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import { fixedClock } from '../../../src/core/clock.js';
import type { DatasetName } from '../../../src/data/datasets.js';
import { importFrom } from '../../../src/data/import.js';
import { openFiles } from '../../../src/data/providers/files/provider.js';
import { datasetOfFile } from '../../../src/data/providers/files/read.js';
import { FILE_SHAPES } from '../../../src/data/providers/files/shapes/registry.js';
import { literal, rows } from '../../../src/data/store/duckdb.js';
import type { Store } from '../../../src/data/store/store.js';
import { temporaryStore } from '../store/rows.js';

const CLOCK = fixedClock(Date.UTC(2026, 7, 1, 12));

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'swinglab-shape-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

async function fileOf(content: string, name = 'file.csv'): Promise<string> {
  const path = join(await folder(), name);
  await writeFile(path, content);
  return path;
}

/** A file of each shape, with a trap of each kind. */
const FILES: Readonly<Record<string, string>> = {
  'cumulative-filings': `ticker,filed,form,fiscal_period,fiscal_year,revenue,net_income,eps_diluted,operating_cash_flow,net_margin,ocf_margin,current_ratio,cash_to_lt_debt,roe
AA,2010-05-03,10-Q,Q1,2010,100,10,1,,0.1,,2,,0.05
BRK.B,2010-08-03,10-Q,Q2,2010,,25,,,,,,,
AA,2010-08-04,10-Q,FY,2010,,99,,,,,,,
AA,2011-02-22,10-K,Q4,2010,,99,,,,,,,
AA,2011-05-03,10-Q,Q1,2010,,99,,,,,,,
`,
  'quarterly-filings': `ticker,period,filing_date,announcement_date,revenue,net_income,shares_outstanding
AA,Q1 2011,2011-05-03,,100,10,355
AA,Q2 2011,2011-08-03,,110,,355000000
AA,Q2 2011,2011-08-09,,3,2,1000000
AA,Q3 2011,2011-11-03,,120,12,35500
AA,Q1 2012,2012-05-03,,130,13,356000000000
AA,Q2 2012,2012-08-03,,140,14,710000000
AA,Q4 2012,2012-11-03,,150,15,710000000
`,
  'quarterly-first-seen': `ticker,period_end,revenue,net_income,eps,gross_margin,operating_margin,net_margin,free_cash_flow,total_debt,total_equity,cash,roe,roa,shares_outstanding,first_seen_at,backfill
AA,2025-12-31,100,,,0.4,,,,7,,,,,9000000,2026-03-07 00:04:50,true
AA,2026-03-31,110,11,0.5,,,,,,,,,,,2026-05-02 00:26:09,false
`,
  'results-filings': `ticker,filed_date
AA,2008-02-13
AA,2008-05-14
AA,2008-05-14
`,
  'quote-snapshots': `date,snapshot_et,after_close,underlying,expiration,strike,cp,bid,ask,last_price,volume,open_interest,iv,underlying_price
2026-03-19,2026-03-19 22:26:23,true,BRK.B,2026-03-20,500,C,1,1.5,1.25,2,166,0.25,499.5
2026-03-19,2026-03-19 22:26:23,true,BRK.B,2026-03-20,500,P,,,0.01,,3123,,499.5
2026-03-27,2026-03-27 13:27:56,false,SPY,2026-04-02,600,C,2,2.1,2.05,5,10,0.2,599
`,
  'broker-chain': `underlying,underlying_price,interest_rate_pct,expiration,strike,cp,bid,ask,last_price,volume,open_interest,iv,delta,non_standard,quote_at_utc
GME,25.21,4.25,2025-04-11,25,C,1,1.1,1.05,55,4,0.9,0.5,false,2025-04-10 20:00:00.5
GME,25.21,4.25,2025-04-11,25,P,0.8,0.9,,0,6,,,false,2025-04-09 19:58:34
VXX,70,4.25,2025-04-11,70,C,1,1.1,,0,6,,,true,2025-04-11 00:15:00
VXX,70,4.25,2025-04-11,70,C,2,2.1,,0,6,,,false,2025-04-10 20:15:00
`,
};

async function imported(path: string, more: { readonly dataset?: DatasetName } = {}): Promise<{ readonly store: Store; readonly notes: readonly string[]; readonly licence: string }> {
  const store = await temporaryStore();
  const report = await importFrom(await openFiles([{ path, ...more }]), store, { clock: CLOCK });
  const { notes, licence } = report.datasets[0].entry;
  return { store, notes, licence };
}

const lines = (store: Store, sql: string): Promise<string[]> => store.query(async (connection) => (await rows(connection, sql)).map((row) => Object.values(row).map(String).join(' ')));
const FIGURES = `select symbol, concept, fiscal_year, fiscal_quarter, cast(period_end as varchar), months, cast(filed_at as varchar), value, source from fundamentals order by concept, filed_at`;

describe('files of other shapes', () => {
  it('have a test here each', () => {
    expect(Object.keys(FILES).sort()).toEqual(FILE_SHAPES.map(({ name }) => name).sort());
  });

  it.each(FILE_SHAPES.map((shape) => [shape.name, shape] as const))('%s is known by its columns, named or not, as CSV and Parquet', async (name, { dataset }) => {
    const csv = await fileOf(FILES[name]);
    expect(await datasetOfFile(csv)).toBe(dataset);
    const plain = await imported(csv);
    const parquet = csv.replace('.csv', '.parquet');
    await plain.store.query((connection) => connection.run(`copy (from read_csv(${literal(csv)})) to ${literal(parquet)} (format parquet)`));
    const hash = (await plain.store.entry(dataset))!.contentHash;
    expect((await (await imported(parquet, { dataset })).store.entry(dataset))!.contentHash).toBe(hash);
    // out and in again, now in the dataset's own columns
    const own = join(await folder(), 'own.parquet');
    await plain.store.query((connection) => connection.run(`copy (from ${dataset}) to ${literal(own)} (format parquet)`));
    expect((await (await imported(own)).store.entry(dataset))!.contentHash).toBe(hash);
  });

  it('say of statements what the values cover, and leave out labels that cannot be right', async () => {
    const { store, notes, licence } = await imported(await fileOf(FILES['cumulative-filings']));
    expect(await lines(store, FIGURES)).toEqual([
      'AA current_ratio 2010 1 null 0 2010-05-04 04:00:00 2 cumulative-filings',
      'AA eps_diluted 2010 1 null 3 2010-05-04 04:00:00 1 cumulative-filings',
      'AA net_income 2010 1 null 3 2010-05-04 04:00:00 10 cumulative-filings',
      'BRK-B net_income 2010 2 null 6 2010-08-04 04:00:00 25 cumulative-filings',
      'AA revenue 2010 1 null 3 2010-05-04 04:00:00 100 cumulative-filings',
    ]);
    expect(notes.slice(1)).toEqual(['2 filings left out whose fiscal period does not fit their form', '1 filings left out whose fiscal label was filed in an earlier season', 'no licence stated: private research and tests only']);
    expect(licence).toBe('not stated');
  });

  it('mask numbers of shares in a wrong unit, and never repair them', async () => {
    const { store, notes } = await imported(await fileOf(FILES['quarterly-filings']));
    expect(await lines(store, `select fiscal_year, fiscal_quarter, value from fundamentals where concept = 'shares_outstanding' order by 1, 2`)).toEqual(['2011 2 355000000', '2012 2 710000000']);
    expect(await lines(store, `select fiscal_year, fiscal_quarter, value from fundamentals where concept = 'revenue' order by 1, 2`)).toEqual(['2011 1 100', '2011 2 110', '2011 3 120', '2012 1 130', '2012 2 140']);
    expect(notes.slice(1, 4).map((note) => note.slice(0, 12))).toEqual(['1 rows left ', '1 rows left ', '3 numbers of']);
  });

  it('take the first sight for the filing', async () => {
    const { store, notes } = await imported(await fileOf(FILES['quarterly-first-seen']));
    expect(await lines(store, `select concept, cast(period_end as varchar), months, cast(filed_at as varchar), value from fundamentals where filed_at < '2026-04-01' order by 1`)).toEqual(['gross_margin 2025-12-31 3 2026-03-07 00:04:50 0.4', 'revenue 2025-12-31 3 2026-03-07 00:04:50 100', 'shares_outstanding 2025-12-31 0 2026-03-07 00:04:50 9000000', 'total_debt 2025-12-31 0 2026-03-07 00:04:50 7']);
    expect(notes[1]).toMatch(/^1 rows were there when the collection began/);
  });

  it('say what a bare list of dates is taken for', async () => {
    const { store, notes } = await imported(await fileOf(FILES['results-filings']));
    expect(await lines(store, 'select symbol, form, item, cast(filed_at as varchar) from filings order by filed_at')).toEqual(['AA 8-K 2.02 2008-02-14 05:00:00', 'AA 8-K 2.02 2008-05-15 04:00:00']);
    expect(notes[0]).toContain('taken for 8-K filings of item 2.02');
  });
});

describe('chains of other shapes', () => {
  const CHAINS = `select underlying, cast(session as varchar), strike, "right", bid, volume, open_interest, implied_volatility, underlying_price, cast(quoted_at as varchar) from option_chains order by 1, 4`;

  it('are left out where they were taken before the close, and counted', async () => {
    const { store, notes } = await imported(await fileOf(FILES['quote-snapshots']));
    expect(await lines(store, CHAINS)).toEqual(['BRK-B 2026-03-19 500 call 1 2 166 0.25 499.5 2026-03-20 02:26:23', 'BRK-B 2026-03-19 500 put null null 3123 null 499.5 2026-03-20 02:26:23']);
    expect(notes[1]).toBe('1 rows left out that were taken before the close');
  });

  it('belong to the evening of the file, whenever they were quoted last; adjusted contracts are left out, and counted', async () => {
    const { store, notes } = await imported(await fileOf(FILES['broker-chain']));
    expect(await lines(store, CHAINS)).toEqual(['GME 2025-04-10 25 call 1 55 4 0.9 25.21 2025-04-10 20:00:00.5', 'GME 2025-04-10 25 put 0.8 0 6 null 25.21 2025-04-09 19:58:34', 'VXX 2025-04-10 70 call 2 0 6 null 70 2025-04-10 20:15:00']);
    expect(notes[1]).toMatch(/^1 contracts left out that were adjusted/);
  });

  it('that have no time of the close are known by their columns', async () => {
    const chain = 'date,underlying,expiration,strike,cp,last_price,iv,delta,volume,open_interest\n2026-05-26,AAPL,2026-05-26,220,C,89.66,4.0568,0.96,9,2\n2026-05-26,AAPL,2026-05-26,220,p,0.01,,-0.04,0,35\n';
    const { store, notes } = await imported(await fileOf(chain));
    expect(await lines(store, `select "right", last, implied_volatility, open_interest from option_chains order by 1`)).toEqual(['call 89.66 4.0568 2', 'put 0.01 null 35']);
    expect(notes).toEqual([]);
  });

  it('have underlyings of their own', async () => {
    const file = await fileOf('date,underlying,sp500_member,underlying_close_raw,parity_spot,n_contracts,call_volume,put_volume,call_oi,put_oi,chain_stale,in_chain_files\n2026-05-26,AAPL,true,308.33,308.9,3624,655387,277493,2799188,2011832,false,true\n2026-05-26,HON,true,,200,10,1,2,3,4,true,true\n');
    const { store } = await imported(file);
    expect(await lines(store, 'select * from option_underlyings order by 1')).toEqual(['AAPL 2026-05-26 308.33 false 655387 277493 2799188 2011832', 'HON 2026-05-26 null true 1 2 3 4'].map((line) => line.replace('2026-05-26', String(new Date(Date.UTC(2026, 4, 26))))));
  });
});

describe('several files of one dataset', () => {
  it('come in one step, with all sources named; a folder stands for its files', async () => {
    const path = await folder();
    await mkdir(join(path, 'macro'));
    await writeFile(join(path, 'macro', 'a.csv'), 'series_id,date,value\nVIX,2018-01-02,9.77\n');
    await writeFile(join(path, 'macro', 'b.csv'), 'series_id,date,value\nDGS10,2018-01-02,2.46\n');
    await writeFile(join(path, 'macro', 'README.md'), 'not data');
    for (const files of [[join(path, 'macro')], [join(path, 'macro', 'a.csv'), join(path, 'macro', 'b.csv')]]) {
      const store = await temporaryStore();
      await importFrom(await openFiles(files.map((file) => ({ path: file }))), store, { clock: CLOCK });
      expect(await store.entry('macro')).toMatchObject({ rows: 2, source: 'a.csv; b.csv', licence: 'not stated' });
      expect(await lines(store, 'select series_id, cast(available_at as varchar) from macro order by 1')).toEqual(['DGS10 2018-01-03', 'VIX 2018-01-03']);
    }
  });

  it('may be chains of several months and their underlyings', async () => {
    const chain = (day: string): string => `date,underlying,expiration,strike,cp,volume\n${day},AA,2026-08-21,50,C,1\n`;
    const path = await folder();
    await writeFile(join(path, 'chains_a.csv'), chain('2026-06-30'));
    await writeFile(join(path, 'chains_b.csv'), chain('2026-07-01'));
    await writeFile(join(path, 'underlying.csv'), 'date,underlying,underlying_close_raw\n2026-07-01,AA,51\n');
    const store = await temporaryStore();
    await importFrom(await openFiles([{ path }]), store, { clock: CLOCK });
    expect(await store.entry('option_chains')).toMatchObject({ rows: 2, firstDate: '2026-06-30', lastDate: '2026-07-01', partitions: [{ key: '2026-06-30' }, { key: '2026-07-01' }] });
    expect(await store.entry('option_underlyings')).toMatchObject({ rows: 1 });
  });

  it('have one fingerprint that changes with each', async () => {
    const [a, b] = [await fileOf(FILES['results-filings'], 'a.csv'), await fileOf('ticker,filed_date\nCC,2009-01-02\n', 'b.csv')];
    const prints = await Promise.all([[a], [a, b], [b, a]].map(async (files) => (await openFiles(files.map((path) => ({ path })))).fingerprint!('filings')));
    expect(new Set(prints).size).toBe(3);
  });

  it('are none in a folder without any', async () => {
    await expect(openFiles([{ path: await folder(), dataset: 'macro' }])).rejects.toMatchObject({ code: 'NO_FILE' });
  });
});
