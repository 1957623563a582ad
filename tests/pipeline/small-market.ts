import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { loadConfig, type LoadedConfig } from '../../src/config/load.js';
import { decisionTime, fixedClock, type Clock } from '../../src/core/clock.js';
import { isoDate, type IsoDate } from '../../src/core/dates.js';
import { collect, result } from '../../src/core/events.js';
import { sampleFolder } from '../../src/data/sample.js';
import { fileLiteral, rows, withDuckDB } from '../../src/data/store/duckdb.js';
import { Store } from '../../src/data/store/store.js';
import { runDaily, type DailyOptions, type DailyResult } from '../../src/pipeline/daily.js';
import type { CatchUpEvent } from '../../src/pipeline/catch-up.js';
import type { FlowEvent } from '../../src/pipeline/flow.js';
import { temporaryRoot } from '../temporary-root.js';

/** Thirty names of the sample, some with the faults it is known for. */
export const SYMBOLS = ['AAPL', 'AMZN', 'BA', 'CAG', 'CAT', 'CSCO', 'DHR', 'DIS', 'GE', 'GS', 'HD', 'HPE', 'IBM', 'INTC', 'JNJ', 'JPM', 'KO', 'MCD', 'META', 'MMM', 'MSFT', 'NVDA', 'PG', 'UNH', 'VNO', 'VZ', 'WMT', 'XOM', 'XRX', 'YUM'];

export const FIRST = isoDate('2016-06-01');
export const LAST = isoDate('2018-02-07');

/** Members come and go: BA joins and IBM leaves within the span. */
const STAYS: Readonly<Record<string, string>> = { BA: '2018-01-23,', IBM: '1996-01-02,2018-01-18' };

/** A folder that is removed by `remove`. */
export async function temporaryFolder(): Promise<{ folder: string; remove: () => Promise<void> }> {
  const folder = await realpath(await mkdtemp(join(temporaryRoot(), 'swing-pipeline-')));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Real bars of the thirty names up to a session, as a folder for the provider `files`. */
export async function writeSmallMarket(folder: string, options: { until?: IsoDate; name?: string } = {}): Promise<string> {
  const { until = LAST, name = 'small' } = options;
  await mkdir(folder, { recursive: true });
  const among = SYMBOLS.map((symbol) => `'${symbol}'`).join(', ');
  await withDuckDB(async (connection) => {
    const from = (file: string): string => fileLiteral(join(sampleFolder(), file));
    await connection.run(`copy (select * from read_parquet(${from('bars.parquet')}) where symbol in (${among}) and session between '${FIRST}' and '${until}' order by symbol, session) to ${fileLiteral(join(folder, 'bars.parquet'))} (format parquet)`);
    await connection.run(`copy (select * from read_csv(${from('reference.csv')}, all_varchar = true) where symbol in (${among})) to ${fileLiteral(join(folder, 'reference.csv'))} (format csv, header)`);
  });
  await writeFile(join(folder, 'membership.csv'), ['universe,symbol,start_date,end_date', ...SYMBOLS.map((symbol) => `sp500,${symbol},${STAYS[symbol] ?? '1996-01-02,'}`)].join('\n'));
  await writeFile(join(folder, 'symbol_history.csv'), 'listed_symbol,symbol,start_date,end_date\nFB,META,2013-02-08,2022-06-09\n');
  const entry = (file: string): object => ({ file, source: `cut from the bundled sample, ${file}`, licence: 'see data/sample' });
  const datasets = { bars: { ...entry('bars.parquet'), priceBasis: 'split-adjusted', notes: ['Thirty names only.'] }, membership: entry('membership.csv'), reference: entry('reference.csv'), symbol_history: entry('symbol_history.csv') };
  await writeFile(join(folder, 'source.json'), JSON.stringify({ name, datasets }));
  return folder;
}

/** A split and dividends of names of the small market, and its bars as they were quoted then: before the split at twice the price. */
export async function writeRawMarket(folder: string): Promise<string> {
  await writeSmallMarket(folder, { name: 'raw' });
  const bars = join(folder, 'bars.parquet');
  const raw = (column: string): string => `case when symbol = 'MSFT' and session < date '2018-01-24' then 2 * ${column} else ${column} end as ${column}`;
  await withDuckDB(async (connection) => {
    await connection.run(`create temp table quoted as select symbol, session, ${['open', 'high', 'low', 'close'].map(raw).join(', ')}, case when symbol = 'MSFT' and session < date '2018-01-24' then volume / 2 else volume end as volume from read_parquet(${fileLiteral(bars)})`);
    await connection.run(`copy (select * from quoted order by symbol, session) to ${fileLiteral(bars)} (format parquet)`);
  });
  const dividends = SYMBOLS.flatMap((symbol) => ['2018-01-22', '2018-01-25', '2018-01-30'].map((day) => `${symbol},${day},dividend,0.25`));
  await writeFile(join(folder, 'actions.csv'), ['symbol,ex_date,kind,value', 'MSFT,2018-01-24,split,2', ...dividends].join('\n'));
  const { datasets } = JSON.parse(await readFile(join(folder, 'source.json'), 'utf8')) as { datasets: Record<string, object> };
  await writeFile(join(folder, 'source.json'), JSON.stringify({ name: 'raw', datasets: { ...datasets, bars: { ...datasets['bars'], priceBasis: 'raw' }, actions: { file: 'actions.csv', source: 'made up', licence: 'none' } } }));
  return folder;
}

/** Settings that make an evening quick and let positions come and go within days. */
const SETTINGS = ['data.source=files', 'data.history=300', 'forecast.model=momentum', 'forecast.window=60', 'forecast.minSessions=20', 'strategy.priority.top=6', 'strategy.priority.horizon=4', 'report.chartSessions=40', 'pipeline.retryDelayMs=1'];

/** Configuration of a project in its own folder over a folder of bars; `set` are further settings. */
export function smallConfig(project: string, data: string, set: readonly string[] = []): Promise<LoadedConfig> {
  return loadConfig({ cwd: project, file: null, overrides: [...SETTINGS, `data.folder=${data}`, ...set] });
}

let runs = 0;
/** Half an hour after the decision of a session; each clock is a millisecond later than the one before, as runs follow each other. */
export const eveningOf = (session: IsoDate): Clock => fixedClock(decisionTime(session) + 30 * 60_000 + ++runs);

/** A session after all that the folder holds. */
export const TODAY = isoDate('2018-03-01');

export function daily(config: LoadedConfig, options: Partial<DailyOptions> = {}): Promise<DailyResult> {
  return result(runDaily({ config, clock: eveningOf(TODAY), ...options }));
}

export function dailyEvents(config: LoadedConfig, options: Partial<DailyOptions> = {}): Promise<{ events: (FlowEvent | CatchUpEvent)[]; result: DailyResult }> {
  return collect(runDaily({ config, clock: eveningOf(TODAY), ...options }));
}

/** Names of the steps that were run, not taken from an earlier run. */
export const stepsRun = (events: readonly (FlowEvent | CatchUpEvent)[]): string[] => events.flatMap((event) => (event.kind === 'step-end' && !event.cached ? [event.step] : []));

/** Rows of a query over the store's datasets; dates as text. */
export async function query(config: LoadedConfig, sql: string): Promise<Record<string, any>[]> {
  const store = await Store.open(config.paths.store);
  return store.query((connection) => rows(connection, sql));
}

/** What the store holds of each dataset, as hashes. */
export async function contents(config: LoadedConfig): Promise<Record<string, string>> {
  const { datasets } = await (await Store.open(config.paths.store)).manifest();
  return Object.fromEntries(Object.entries(datasets).map(([name, { contentHash }]) => [name, contentHash]));
}
