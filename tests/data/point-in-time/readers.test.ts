import { describe, expect, it } from 'vitest';

import { fromEpochDay, isoDate, toEpochDay } from '../../../src/core/dates.js';
import { DataError } from '../../../src/core/errors.js';
import { changedPast, knownRows } from './changed-past.js';
import { readEarnings } from '../../../src/data/point-in-time/read-earnings.js';
import { readFundamentals } from '../../../src/data/point-in-time/read-fundamentals.js';
import { readMacro } from '../../../src/data/point-in-time/read-macro.js';
import type { Store } from '../../../src/data/store/store.js';
import type { DatasetName } from '../../../src/data/datasets.js';
import type { Vintages } from '../../../src/table/vintages.js';
import { CLOCK, temporaryStore, write, type Row } from '../store/rows.js';

const END = isoDate('2018-02-07');

async function storeOf(datasets: Partial<Record<DatasetName, readonly Row[]>>): Promise<Store> {
  const store = await temporaryStore();
  await store.commit(Object.entries(datasets).map(([name, rows]) => write(name as DatasetName, rows)), { clock: CLOCK });
  return store;
}

/** Rows as "known period value". */
const shown = (vintages: Vintages | undefined): string[] => (vintages === undefined ? [] : knownRows(vintages, toEpochDay(END)).map(({ knownFrom, period, value }) => `${fromEpochDay(knownFrom)} ${fromEpochDay(period)} ${value}`));

const filing = (year: number, quarter: number, months: number, filedAt: string, value: number, more: Row = {}): Row => ({ symbol: 'AA', concept: 'net_income', fiscal_year: year, fiscal_quarter: quarter, months, filed_at: filedAt, value, source: 'a', ...more });

const STATEMENTS = [filing(2016, 1, 3, '2016-05-03T12:00:00Z', 10), filing(2016, 2, 6, '2016-08-03T12:00:00Z', 25), filing(2016, 3, 9, '2016-11-02T12:00:00Z', 33), filing(2016, 4, 12, '2017-02-22T12:00:00Z', 60)];

describe('fundamentals as they were known', () => {
  const netIncome = async (rows: readonly Row[], through = END): Promise<Vintages> => (await readFundamentals(await storeOf({ fundamentals: rows }), ['AA'], through)).get('AA')!.get('net_income')!;

  it('are single quarters from the filing on', async () => {
    expect(shown(await netIncome(STATEMENTS))).toEqual(['2016-05-03 2016-03-31 10', '2016-08-03 2016-06-30 15', '2016-11-02 2016-09-30 8', '2017-02-22 2016-12-31 27']);
  });

  it('keep what was known before a restatement until that was filed', async () => {
    const restated = filing(2016, 1, 3, '2017-05-03T12:00:00Z', 12);
    expect(shown(await netIncome([...STATEMENTS, restated])).slice(-2)).toEqual(['2017-05-03 2016-03-31 12', '2017-05-03 2016-06-30 13']);
    expect(shown(await netIncome([...STATEMENTS, restated])).slice(0, 4)).toEqual(shown(await netIncome(STATEMENTS)));
  });

  it('do not split values per share', async () => {
    const eps = STATEMENTS.map((row) => ({ ...row, concept: 'eps_diluted' }));
    expect(shown((await readFundamentals(await storeOf({ fundamentals: eps }), ['AA'], END)).get('AA')!.get('eps_diluted'))).toEqual(['2016-05-03 2016-03-31 10']);
  });

  it('never subtract one source from another; the first that knew a quarter keeps it', async () => {
    const other = [filing(2016, 1, 3, '2016-05-02T12:00:00Z', 11, { source: 'b' }), filing(2016, 1, 3, '2017-05-02T12:00:00Z', 11.5, { source: 'b' }), filing(2016, 2, 3, '2016-08-04T12:00:00Z', 99, { source: 'b' })];
    expect(shown(await netIncome([...STATEMENTS, ...other]))).toEqual(['2016-05-02 2016-03-31 11', '2016-08-03 2016-06-30 15', '2016-11-02 2016-09-30 8', '2017-02-22 2016-12-31 27', '2017-05-02 2016-03-31 11.5']);
  });

  it('take ends of periods as the source gives them, with levels and values that stand for themselves', async () => {
    const level = (concept: string, more: Row): Row => ({ symbol: 'AA', concept, period_end: '2017-10-28', filed_at: '2017-11-30T12:00:00Z', value: 5, ...more });
    const found = (await readFundamentals(await storeOf({ fundamentals: [level('cash', { months: 0 }), level('revenue', {}), level('gross_margin', { months: 3 }), level('backlog', { months: 12 })] }), ['AA'], END)).get('AA')!;
    expect([...found].map(([concept, vintages]) => [concept, ...shown(vintages)])).toEqual([['backlog'], ['cash', '2017-11-30 2017-10-28 5'], ['gross_margin', '2017-11-30 2017-10-28 5'], ['revenue', '2017-11-30 2017-10-28 5']]);
  });

  it('follow a company that changed its symbol, and leave alone a symbol that is a company of its own', async () => {
    const symbol_history = [{ listed_symbol: 'OLD', symbol: 'AA', start_date: '2010-01-04', end_date: '2017-01-03' }, { listed_symbol: 'CC', symbol: 'AA', start_date: '2010-01-04', end_date: '2017-01-03' }];
    const membership = [{ universe: 'sp500', symbol: 'CC', start_date: '2010-01-04' }];
    const rows = [filing(2016, 1, 3, '2016-05-03T12:00:00Z', 10, { symbol: 'OLD' }), filing(2017, 1, 3, '2017-05-03T12:00:00Z', 11), filing(2016, 2, 3, '2016-08-03T12:00:00Z', 7, { symbol: 'CC' })];
    const found = await readFundamentals(await storeOf({ fundamentals: rows, symbol_history, membership }), ['AA'], END);
    expect([...found.keys()]).toEqual(['AA']);
    expect(shown(found.get('AA')!.get('net_income'))).toEqual(['2016-05-03 2016-03-31 10', '2017-05-03 2017-03-31 11']);
  });

  it('read to a session are what they are at the end, cut there', async () => {
    const rows = [...STATEMENTS, filing(2016, 1, 3, '2017-05-03T12:00:00Z', 12), filing(2016, 2, 3, '2016-08-04T12:00:00Z', 99, { source: 'b' })];
    const whole = await netIncome(rows);
    for (const through of ['2016-05-02', '2016-05-03', '2016-08-03', '2016-08-04', '2017-02-21', '2017-02-22', '2017-05-03'].map((date) => isoDate(date))) {
      const cut = (await readFundamentals(await storeOf({ fundamentals: rows }), ['AA'], through)).get('AA')?.get('net_income');
      expect(cut === undefined ? [] : knownRows(cut, toEpochDay(END)), through).toEqual(knownRows(whole, toEpochDay(through)));
    }
  });

  it('show a figure that its restatement has overwritten', async () => {
    const evening = isoDate('2017-03-01');
    const then = await netIncome(STATEMENTS, evening);
    expect(changedPast(then, await netIncome([...STATEMENTS, filing(2016, 1, 3, '2017-05-03T12:00:00Z', 12)]), toEpochDay(evening))).toEqual([]);
    const planted = STATEMENTS.map((row, i) => (i === 0 ? { ...row, value: 12 } : row));
    expect(changedPast(then, await netIncome(planted), toEpochDay(evening))).toEqual(['gone: 10 for 2016-03-31 known from 2016-05-03', 'gone: 15 for 2016-06-30 known from 2016-08-03', 'new: 12 for 2016-03-31 known from 2016-05-03', 'new: 13 for 2016-06-30 known from 2016-08-03']);
  });

  it('are reported when an import overwrites them in place, and not when a restatement is filed', async () => {
    const store = await storeOf({ fundamentals: STATEMENTS });
    const findings = async (rows: readonly Row[]): Promise<unknown> => (await store.commit([write('fundamentals', rows)], { clock: CLOCK })).datasets[0].findings;
    expect(await findings([...STATEMENTS, filing(2016, 1, 3, '2017-05-03T12:00:00Z', 12)])).toEqual([]);
    expect(await findings([{ ...STATEMENTS[0], value: 12 }])).toEqual([{ rule: 'rewritten-row', policy: 'repair', count: 1, examples: ['AA net_income a 2016.0 1.0 – 3.0 2016-05-03 12:00:00'] }]);
  });

  it('are nothing without the dataset, or without symbols', async () => {
    expect(await readFundamentals(await storeOf({}), ['AA'], END)).toEqual(new Map());
    expect(await readFundamentals(await storeOf({ fundamentals: STATEMENTS }), [], END)).toEqual(new Map());
  });
});

describe('earnings as they were known', () => {
  const report = (date: string, more: Row = {}): Row => ({ symbol: 'AA', report_date: date, eps_estimate: 1, eps_actual: 1.1, source: 'a', ...more });

  it('count from their session when the time of day is known, else from the next, and never before they were seen', async () => {
    const found = (await readEarnings(await storeOf({ earnings: [report('2017-02-01', { time_of_day: 'amc' }), report('2017-05-02'), report('2017-08-01', { time_of_day: 'bmo', first_seen_at: '2017-08-03T12:00:00Z' })] }), ['AA'], END)).get('AA')!;
    expect(shown(found.epsActual)).toEqual(['2017-02-01 2017-02-01 1.1', '2017-05-03 2017-05-02 1.1', '2017-08-03 2017-08-01 1.1']);
    expect(found.reports.value).toEqual(Float64Array.from(found.reports.period));
  });

  it('never mix sources within a report', async () => {
    const other = { source: 'b', eps_estimate: 0.1, eps_actual: 0.11, revenue_actual: 5 };
    const found = (await readEarnings(await storeOf({ earnings: [report('2017-02-01', { time_of_day: 'amc' }), report('2017-02-02', other), report('2017-05-02', { ...other, time_of_day: 'bmo' }), report('2017-05-02')] }), ['AA'], END)).get('AA')!;
    expect([shown(found.epsActual), shown(found.epsEstimate), shown(found.revenueActual)]).toEqual([['2017-02-01 2017-02-01 1.1', '2017-05-02 2017-05-02 0.11'], ['2017-02-01 2017-02-01 1', '2017-05-02 2017-05-02 0.1'], ['2017-05-02 2017-05-02 5']]);
  });

  it('get days from filings of results, and none of what is still to come', async () => {
    const filings = [{ symbol: 'AA', form: '8-K', item: '2.02', filed_at: '2017-02-02T05:00:00Z' }, { symbol: 'AA', form: '8-K', item: '2.02', filed_at: '2017-05-02T20:30:00Z' }, { symbol: 'AA', form: '8-K', item: '5.02', filed_at: '2017-06-02T20:30:00Z' }];
    const store = await storeOf({ filings, earnings: [report('2017-02-01', { time_of_day: 'amc' }), report('2018-02-06', { eps_actual: null })] });
    expect(shown((await readEarnings(store, ['AA'], END)).get('AA')!.reports)).toEqual([`2017-02-01 2017-02-01 ${toEpochDay(isoDate('2017-02-01'))}`, `2017-05-02 2017-05-02 ${toEpochDay(isoDate('2017-05-02'))}`]);
    expect(shown((await readEarnings(store, ['AA'], isoDate('2017-05-01'))).get('AA')!.reports).length).toBe(1);
    expect(await readEarnings(store, ['AA'], isoDate('2017-01-31'))).toEqual(new Map());
  });

  const filed = (date: string): Row => ({ symbol: 'AA', form: '8-K', item: '2.02', filed_at: `${date}T21:00:00Z` });
  const reportDays = async (datasets: Parameters<typeof storeOf>[0], through = END): Promise<string[]> => Array.from((await readEarnings(await storeOf(datasets), ['AA'], through)).get('AA')?.reports.period ?? [], (day) => fromEpochDay(day));

  it('get no day from a filing within 45 days after a report, be that of a filing or of a calendar', async () => {
    expect(await reportDays({ filings: ['2017-02-01', '2017-03-18', '2017-05-02', '2017-06-16', '2017-06-17'].map(filed) })).toEqual(['2017-02-01', '2017-05-02', '2017-06-17']);
    expect(await reportDays({ earnings: [report('2017-02-01', { time_of_day: 'amc' })], filings: ['2017-02-02', '2017-03-18', '2017-03-19'].map(filed) })).toEqual(['2017-02-01', '2017-03-19']);
  });

  it('count the days to a filing from reports that count, not from filings that were left out', async () => {
    expect(await reportDays({ filings: ['2017-02-01', '2017-03-10', '2017-04-20'].map(filed) })).toEqual(['2017-02-01', '2017-04-20']);
  });

  it('get every report of a calendar, also soon after a filing; preliminary figures stay', async () => {
    const datasets = { earnings: [report('2017-02-22', { time_of_day: 'amc' }), report('2017-05-20')], filings: ['2017-02-01', '2017-02-22', '2017-05-12'].map(filed) };
    expect(await reportDays(datasets)).toEqual(['2017-02-01', '2017-02-22', '2017-05-12']);
  });

  it('are never taken back: read to any session they are those known by then', async () => {
    const filings = ['2017-01-10', '2017-02-01', '2017-02-20', '2017-03-20', '2017-05-02', '2017-05-30', '2017-08-01', '2017-09-10'].map(filed);
    const store = await storeOf({ filings, earnings: [report('2017-02-01'), report('2017-02-21', { first_seen_at: '2017-04-03T12:00:00Z' }), report('2017-07-31', { first_seen_at: '2017-08-09T12:00:00Z' })] });
    const whole = (await readEarnings(store, ['AA'], END)).get('AA')!.reports;
    expect(whole.period.length).toBeGreaterThan(4);
    for (let day = toEpochDay(isoDate('2017-01-03')); day <= toEpochDay(isoDate('2017-10-02')); day += 13) {
      const cut = (await readEarnings(store, ['AA'], fromEpochDay(day))).get('AA')?.reports;
      expect(cut === undefined ? [] : knownRows(cut, toEpochDay(END)), fromEpochDay(day)).toEqual(knownRows(whole, day));
    }
  });

  it('are nothing without the datasets', async () => {
    expect(await readEarnings(await storeOf({}), ['AA'], END)).toEqual(new Map());
  });
});

describe('macro series as they were known', () => {
  const observation = (series_id: string, observation_date: string, value: number, available_at: string | null = null): Row => ({ series_id, observation_date, value, available_at });

  it('count from the lag table, later where the source says so, never sooner', async () => {
    const macro = [observation('VIX', '2018-01-02', 1), observation('VIX', '2018-01-03', 2, '2018-01-09'), observation('CPIAUCSL', '2017-11-01', 3, '2017-11-01')];
    const found = await readMacro(await storeOf({ macro }), ['VIX', 'CPIAUCSL', 'DGS10'], END);
    expect([...found].map(([id, vintages]) => [id, ...shown(vintages)])).toEqual([['CPIAUCSL', '2018-01-29 2017-11-01 3'], ['VIX', '2018-01-03 2018-01-02 1', '2018-01-09 2018-01-03 2']]);
  });

  it('that are banned or have no lag are refused, and left out of all', async () => {
    const store = await storeOf({ macro: [observation('USREC', '2017-01-01', 1, '2018-01-02'), observation('NAPM', '2017-01-01', 1, '2018-01-02'), observation('VIX', '2018-01-02', 1, '2018-01-03')] });
    await expect(readMacro(store, ['USREC'], END)).rejects.toMatchObject({ code: 'BANNED_SERIES' });
    await expect(readMacro(store, ['NAPM'], END)).rejects.toThrow(DataError);
    expect([...(await readMacro(store, 'all', END)).keys()]).toEqual(['VIX']);
  });

  it('read to a session are what they are at the end, cut there', async () => {
    const store = await storeOf({ macro: [observation('VIX', '2018-01-02', 1), observation('VIX', '2018-01-03', 2), observation('UNRATE', '2017-10-01', 4)] });
    const whole = await readMacro(store, 'all', END);
    for (const through of ['2017-12-29', '2018-01-02', '2018-01-03', '2018-01-04'].map((date) => isoDate(date))) {
      const cut = await readMacro(store, 'all', through);
      for (const [id, vintages] of whole) expect(cut.has(id) ? knownRows(cut.get(id)!, toEpochDay(END)) : [], `${id} ${through}`).toEqual(knownRows(vintages, toEpochDay(through)));
    }
  });

  it('are nothing without the dataset', async () => {
    expect(await readMacro(await storeOf({}), 'all', END)).toEqual(new Map());
  });
});
