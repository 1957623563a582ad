import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';

import { XNYS } from '../../../src/core/calendar.js';
import { fromEpochDay, isoDate, toEpochDay, type IsoDate } from '../../../src/core/dates.js';
import { importFrom } from '../../../src/data/import.js';
import { macroAvailableAt } from '../../../src/data/macro-lags.js';
import { knownRows } from './changed-past.js';
import { readEarnings } from '../../../src/data/point-in-time/read-earnings.js';
import { readFundamentals } from '../../../src/data/point-in-time/read-fundamentals.js';
import { readMacro } from '../../../src/data/point-in-time/read-macro.js';
import type { ConceptVintages } from '../../../src/data/point-in-time/concepts.js';
import { openFiles } from '../../../src/data/providers/files/provider.js';
import { parquetTable, rows } from '../../../src/data/store/duckdb.js';
import { Store } from '../../../src/data/store/store.js';
import { printSkipReason, realDataFolder } from '../../golden/folder.js';

const SUITE = 'real fundamentals, earnings and macro series';
printSkipReason('real data', SUITE);
const real = realDataFolder();
const NAMES = ['sec_pit_45', 'quarterly_filings_899', 'quarterly_pit_50', 'eps_surprises', 'earnings_8k_dates'];
const files = real === null ? [] : NAMES.map((name) => join(real, 'fundamentals', `${name}.parquet`)).filter((path) => existsSync(path));
const END = isoDate('2026-07-30');

describe.skipIf(files.length < NAMES.length)(SUITE, () => {
  let store: Store;
  let symbols: string[];
  let fundamentals: ReadonlyMap<string, ConceptVintages>;
  beforeAll(async () => {
    store = await Store.open(await mkdtemp(join(tmpdir(), 'swinglab-real-')));
    await importFrom(await openFiles([...files.map((path) => ({ path })), { path: join(real!, 'macro'), dataset: 'macro' as const }]), store, { clock: { now: () => Date.UTC(2026, 7, 10, 12) } });
    symbols = (await store.query((connection) => rows(connection, 'select symbol from fundamentals union select symbol from earnings order by 1'))).map(({ symbol }) => String(symbol));
    fundamentals = await readFundamentals(store, symbols, END);
    return () => rm(store.folder, { recursive: true, force: true });
  });

  it('split the year to date as the differences of the filings', async () => {
    const alone = await Store.open(await mkdtemp(join(tmpdir(), 'swinglab-real-')));
    onTestFinished(() => rm(alone.folder, { recursive: true, force: true }));
    await importFrom(await openFiles([{ path: files[0] }]), alone, { clock: { now: () => Date.UTC(2026, 7, 10, 12) } });
    const found = await readFundamentals(alone, symbols, END);
    // years of which each part was filed once, in order, within a year
    const years = await alone.query((connection) =>
      rows(connection, `select ticker, list(net_income order by filed) as to_date, list(cast(filed as varchar) order by filed) as filed from ${parquetTable(files[0])} group by ticker, fiscal_year
        having count(*) = 4 and count(net_income) = 4 and string_agg(fiscal_period, ' ' order by filed) = 'Q1 Q2 Q3 FY' and max(filed) - min(filed) < 365`));
    expect(years.length).toBeGreaterThan(0);
    const missing = years.flatMap(({ ticker, to_date, filed }) => {
      const toDate = to_date as number[];
      const days = filed as IsoDate[];
      const { knownFrom, value } = found.get(String(ticker))!.get('net_income')!;
      return toDate.filter((total, i) => !value.some((quarter, row) => quarter === total - (toDate[i - 1] ?? 0) && fromEpochDay(knownFrom[row]) === XNYS.next(days[i]))).map((total, i) => `${String(ticker)} ${days[i]} ${total}`);
    });
    expect(missing).toEqual([]);
  });

  it('know no figure before it was filed, and no quarter before it ended', async () => {
    const first = new Map((await store.query((connection) => rows(connection, `select symbol, concept, cast(cast(min(filed_at) as date) as varchar) as day from fundamentals group by all`))).map(({ symbol, concept, day }) => [`${String(symbol)} ${String(concept)}`, toEpochDay(day as IsoDate)]));
    let early = 0;
    let count = 0;
    for (const [symbol, concepts] of fundamentals) {
      for (const [concept, { knownFrom, period }] of concepts) {
        // the date in UTC of an instant in New York may be a day later
        expect(knownFrom.length === 0 || knownFrom[0] >= first.get(`${symbol} ${concept}`)! - 1, `${symbol} ${concept}`).toBe(true);
        for (let i = 0; i < period.length; i++) if (period[i] >= knownFrom[i]) early++;
        count += period.length;
      }
    }
    expect(count).toBeGreaterThan(0);
    expect(early / count).toBeLessThan(0.001); // sources that give the end of a month for one of 52-week years
  });

  it('are at every session what they are later, cut there', async () => {
    for (const through of [isoDate('2012-08-06'), isoDate('2019-11-01'), isoDate('2026-03-09')]) {
      const cut = await readFundamentals(store, symbols, through);
      const day = toEpochDay(through);
      const changed: string[] = [];
      for (const [symbol, concepts] of fundamentals) {
        for (const [concept, whole] of concepts) {
          const now = knownRows(whole, day);
          const then = cut.get(symbol)?.get(concept);
          if (JSON.stringify(then === undefined ? [] : knownRows(then, toEpochDay(END))) !== JSON.stringify(now)) changed.push(`${symbol} ${concept} ${through}`);
        }
      }
      expect(changed).toEqual([]);
    }
  });

  it('have reports a quarter apart that were known at once, and are the same when read earlier', async () => {
    const whole = await readEarnings(store, symbols, END);
    const gaps = [...whole.values()].flatMap(({ reports: { period } }) => Array.from(period.slice(1), (day, i) => day - period[i])).sort((a, b) => a - b);
    expect(gaps[Math.floor(gaps.length / 2)]).toBeGreaterThan(85);
    expect(gaps[Math.floor(gaps.length / 2)]).toBeLessThan(96);
    const through = isoDate('2019-05-02');
    const cut = await readEarnings(store, symbols, through);
    for (const [symbol, { reports, epsActual }] of cut) {
      expect(knownRows(whole.get(symbol)!.reports, toEpochDay(through)), symbol).toEqual(knownRows(reports, toEpochDay(END)));
      expect(knownRows(whole.get(symbol)!.epsActual, toEpochDay(through)), symbol).toEqual(knownRows(epsActual, toEpochDay(END)));
    }
  });

  it('have no report from a filing within 45 days after another', async () => {
    const calendar = new Set((await store.query((connection) => rows(connection, 'select symbol, cast(report_date as varchar) as day from earnings'))).map(({ symbol, day }) => `${String(symbol)} ${String(day)}`));
    const soon: string[] = [];
    let fromFilings = 0;
    for (const [symbol, { reports }] of await readEarnings(store, symbols, END)) {
      const known = knownRows(reports, toEpochDay(END));
      for (const { period, knownFrom } of known) {
        const name = `${symbol} ${fromEpochDay(period)}`;
        if (calendar.has(name)) continue;
        fromFilings++;
        if (known.some((other) => other.knownFrom < knownFrom && other.period < period && other.period >= period - 45)) soon.push(name);
      }
    }
    expect(fromFilings).toBeGreaterThan(100);
    expect(soon).toEqual([]);
  });

  it('have every macro series with its lag, without those that may be no feature', async () => {
    const macro = await readMacro(store, 'all', END);
    expect(macro.size).toBeGreaterThan(0);
    expect(macro.has('USREC')).toBe(false);
    for (const [id, { knownFrom, period }] of macro) expect(knownFrom.every((from, i) => from >= macroAvailableAt(id, period[i])), id).toBe(true);
  });
});
