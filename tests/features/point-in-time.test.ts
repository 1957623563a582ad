import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { beforeAll, describe, expect, it } from 'vitest';

import { XNYS } from '../../src/core/calendar.js';
import { fromEpochDay, isoDate, toEpochDay, type IsoDate } from '../../src/core/dates.js';
import { importFrom } from '../../src/data/import.js';
import { readEarnings } from '../../src/data/point-in-time/read-earnings.js';
import { readFundamentals } from '../../src/data/point-in-time/read-fundamentals.js';
import { readMacro } from '../../src/data/point-in-time/read-macro.js';
import { openFiles } from '../../src/data/providers/files/provider.js';
import { literal, parquetTable, rows, withDuckDB } from '../../src/data/store/duckdb.js';
import { Store } from '../../src/data/store/store.js';
import { CALENDAR } from '../../src/features/calendar/family.js';
import { computeFeatures } from '../../src/features/compute/compute-features.js';
import { cutInputs } from '../../src/features/compute/cut.js';
import type { FeatureInputs } from '../../src/features/compute/feature-inputs.js';
import type { Feature } from '../../src/features/feature.js';
import { FUNDAMENTALS } from '../../src/features/fundamentals/family.js';
import { checkPrefix } from '../../src/features/laws/prefix.js';
import { MACRO } from '../../src/features/macro/family.js';
import { MARKET } from '../../src/features/market/family.js';
import { Panel } from '../../src/table/panel.js';
import type { Vintages } from '../../src/table/vintages.js';
import { printSkipReason, realDataFolder } from '../golden/folder.js';
import { BAR_NAMES } from './bars.js';

const SUITE = 'features of real fundamentals, earnings and macro series';
printSkipReason('real data', SUITE);
const real = realDataFolder();
const file = (...parts: readonly string[]): string => join(real ?? '', ...parts);
const STATEMENTS = file('fundamentals', 'sec_pit_45.parquet');
const SURPRISES = file('fundamentals', 'eps_surprises.parquet');
const RESULTS = file('fundamentals', 'earnings_8k_dates.parquet');
const present = real !== null && [STATEMENTS, SURPRISES, RESULTS, file('macro')].every((path) => existsSync(path));

const SYMBOLS_ASKED = 12;
const SESSIONS = XNYS.sessionDays(toEpochDay(isoDate('2009-01-02')), toEpochDay(isoDate('2025-08-20')));
const FEATURES: readonly Feature[] = [...FUNDAMENTALS, ...MACRO, ...MARKET, ...CALENDAR].filter(({ inputs }) => inputs.some((input) => /^(macro|fundamentals|earnings):/.test(input)));

const ask = (sql: string): Promise<Record<string, unknown>[]> => withDuckDB((connection) => rows(connection, sql));

/** Macro files, `series_id, date, value`. */
const MACRO_FILES = `read_parquet(${literal(file('macro', '*.parquet'))})`;

describe.skipIf(!present)(SUITE, () => {
  let store: Store;
  let symbols: string[];
  let inputs: FeatureInputs;
  let values: Panel;

  /** Real tables as known at a session beside bars of which nothing is asked. */
  async function inputsThrough(session: IsoDate): Promise<FeatureInputs> {
    const cells = symbols.length * SESSIONS.length;
    const bars = new Panel({ symbols, sessions: SESSIONS, columns: Object.fromEntries(BAR_NAMES.map((name) => [name, new Float64Array(cells).fill(100)])) });
    const earnings = await readEarnings(store, symbols, session);
    return {
      bars,
      macro: await readMacro(store, 'all', session),
      fundamentals: await readFundamentals(store, symbols, session),
      earnings: new Map([...earnings].map(([symbol, history]) => [symbol, new Map(Object.entries(history) as [string, Vintages][])])),
    };
  }

  const valueOn = (name: string, symbol: string, date: string): number => values.value(name, symbol, isoDate(date));

  beforeAll(async () => {
    store = await Store.open(await mkdtemp(join(tmpdir(), 'swinglab-features-')));
    await importFrom(await openFiles([{ path: STATEMENTS }, { path: SURPRISES }, { path: RESULTS }, { path: file('macro'), dataset: 'macro' as const }]), store, { clock: { now: () => Date.UTC(2026, 7, 10, 12) } });
    const asked = await ask(`select ticker from ${parquetTable(STATEMENTS)} group by 1 order by ticker <> 'AAPL', count(revenue) desc, 1 limit ${SYMBOLS_ASKED}`);
    symbols = asked.map(({ ticker }) => String(ticker)).sort();
    inputs = await inputsThrough(fromEpochDay(SESSIONS[SESSIONS.length - 1]));
    values = computeFeatures(inputs, FEATURES);
    return () => rm(store.folder, { recursive: true, force: true });
  }, 60_000);

  it('revenue of a first quarter grows over that of a year before from the session after its filing, and not before', async () => {
    const filed = await ask(`with q as (select ticker, fiscal_year, cast(min(filed) as varchar) as day, min(revenue) as revenue from ${parquetTable(STATEMENTS)} where fiscal_period = 'Q1' and form = '10-Q' and ticker in (${symbols.map((symbol) => `'${symbol}'`).join(', ')}) group by all having count(*) = 1)
      select q.ticker, q.day, q.revenue / p.revenue - 1 as growth from q join q p on q.ticker = p.ticker and q.fiscal_year = p.fiscal_year + 1 where p.revenue > 0 and q.revenue > 0 and q.day between '2010-01-01' and '2025-08-01' and cast(q.day as date) - cast(p.day as date) between 330 and 400`);
    expect(filed.length).toBeGreaterThan(20);
    const wrong = filed.filter(({ ticker, day, growth }) => {
      const known = XNYS.next(isoDate(String(day)));
      const before = valueOn('revenue-growth', String(ticker), XNYS.previous(known));
      return Math.abs(valueOn('revenue-growth', String(ticker), known) - Number(growth)) > 1e-6 || Math.abs(before - Number(growth)) < 1e-9;
    });
    expect(wrong).toEqual([]);
  });

  it('surprises are those of the report, from its own session when it says when, and not before', async () => {
    const reports = await ask(`with e as (select *, cast(report_date as date) as day, count(*) over (partition by ticker order by cast(report_date as date) range between interval 12 days preceding and interval 12 days following) as near from ${parquetTable(SURPRISES)})
      select ticker, cast(day as varchar) as day, eps_actual as actual, eps_estimate as estimate from e where near = 1 and session in ('bmo', 'amc') and first_seen_at is null and eps_actual is not null and eps_estimate is not null and day between date '2010-01-01' and date '2025-08-01' and ticker in (${symbols.map((symbol) => `'${symbol}'`).join(', ')})`);
    expect(reports.length).toBeGreaterThan(50);
    const surprise = reports.map(({ actual: a, estimate: e }) => (a === e ? 0 : (2 * (Number(a) - Number(e))) / (Math.abs(Number(a)) + Math.abs(Number(e)))));
    const on = (i: number, session: IsoDate): boolean => Math.abs(valueOn('earnings-surprise', String(reports[i]['ticker']), session) - surprise[i]) <= 1e-6;
    const known = reports.map(({ day }) => XNYS.onOrAfter(isoDate(String(day))));
    expect(reports.filter((_, i) => !on(i, known[i]))).toEqual([]);
    // the session before shows the report before, which rarely surprised by just as much
    expect(reports.filter((_, i) => on(i, XNYS.previous(known[i]))).length).toBeLessThan(0.1 * reports.length);
  });

  it.each([
    ['vix', 'VIX', 1],
    ['treasury-10y', 'DGS10', 100],
    ['high-yield-spread', 'BAMLH0A0HYM2', 100],
  ])('%s of a session is the newest %s from before it', async (name, id, divisor) => {
    const observed = await ask(`select cast(date - date '1970-01-01' as integer) as day, value from ${MACRO_FILES} where series_id = '${id}' and value is not null and date >= date '2008-12-01' order by date`);
    expect(observed.length).toBeGreaterThan(1000);
    let next = 0;
    const wrong = [...SESSIONS].filter((session) => {
      while (next < observed.length && Number(observed[next]['day']) < session) next++;
      const { day, value } = observed[next - 1] as { day: number; value: number };
      const found = valueOn(name, symbols[0], fromEpochDay(session));
      return session - day > 10 ? !Number.isNaN(found) : !(Math.abs(found - value / divisor) < 1e-6 * Math.max(1, value));
    });
    expect(wrong.map((session) => fromEpochDay(session))).toEqual([]);
  });

  it('are what one finds by hand in the statements of Apple and in the papers of March 2020', async () => {
    const apple = await ask(`select cast(filed as varchar) as filed, fiscal_period as period, revenue from ${parquetTable(STATEMENTS)} where ticker = 'AAPL' and cast(filed as varchar) in ('2022-07-29', '2022-10-28', '2023-02-03', '2023-08-04', '2023-11-03', '2024-02-02') order by filed`);
    const figures = apple.map(({ revenue }) => Number(revenue) / 1e6);
    if (JSON.stringify(figures) === JSON.stringify([304_182, 394_328, 117_154, 293_787, 383_285, 119_575])) {
      // year to date less the three quarters before it: 89.498 over 90.146 billion
      expect(valueOn('revenue-growth', 'AAPL', '2023-11-03')).not.toBeCloseTo(-0.007188, 5);
      expect(valueOn('revenue-growth', 'AAPL', '2023-11-06')).toBeCloseTo(-0.007188, 5);
      expect(valueOn('revenue-growth', 'AAPL', '2024-02-02')).toBeCloseTo(-0.007188, 5);
      expect(valueOn('revenue-growth', 'AAPL', '2024-02-05')).toBeCloseTo(0.020665, 5); // 119.575 over 117.154 billion
    }
    const papers = await ask(`select series_id || cast(date as varchar) as key, value from ${MACRO_FILES} where (series_id = 'VIX' and date = date '2020-03-16') or (series_id = 'WTI_SPOT' and date = date '2020-04-20')`);
    const of = (key: string): unknown => papers.find((one) => one['key'] === key)?.['value'];
    if (of('VIX2020-03-16') === 82.69) expect([valueOn('vix', symbols[0], '2020-03-17'), valueOn('vix-percentile-252', symbols[0], '2020-03-17')]).toEqual([Math.fround(82.69), 1]);
    if (Number(of('WTI_SPOT2020-04-20')) < 0) expect(['2020-04-28', '2020-04-29', '2020-04-30'].map((date) => Number.isNaN(valueOn('wti-return-21', symbols[0], date)))).toEqual([false, true, false]);
  });

  it('reports come about when they were expected two weeks before', () => {
    const column = values.column('sessions-to-earnings');
    const misses = symbols.flatMap((symbol, row) => {
      const days = inputs.earnings!.get(symbol)?.get('reports')?.period ?? new Int32Array();
      return [...days].flatMap((day) => {
        const t = values.indexOnOrBefore(day);
        if (t < 300 || t >= SESSIONS.length - 1) return [];
        const expected = column[row * SESSIONS.length + t - 10];
        return Number.isNaN(expected) ? [] : [Math.abs(expected - 10)];
      });
    }).sort((a, b) => a - b);
    expect(misses.length).toBeGreaterThan(100);
    expect(misses[Math.floor(misses.length / 2)]).toBeLessThanOrEqual(5);
  });

  it('are what they were that evening: read anew through a session they do not change up to it', async () => {
    for (const cut of [900, 2600]) {
      const then = await inputsThrough(fromEpochDay(SESSIONS[cut - 1]));
      expect(checkPrefix(inputs, FEATURES, { whole: values, cuts: [cut], known: [], asKnown: (end) => cutInputs(then, end) })).toEqual([]);
    }
  });
});
