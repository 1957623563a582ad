import { describe, expect, it } from 'vitest';

import { XNYS } from '../../src/core/calendar.js';
import { fromEpochDay, isoDate, toEpochDay } from '../../src/core/dates.js';
import { FUNDAMENTALS } from '../../src/features/fundamentals/family.js';
import { asKnown } from '../../src/features/known-periods.js';
import { vintages, type VintageRow, type Vintages } from '../../src/table/vintages.js';
import { BAR_NAMES, seriesOf, type Bars } from './bars.js';

const day = (date: string): number => toEpochDay(isoDate(date));
const SESSIONS = XNYS.sessionDays(day('2020-01-02'), day('2021-12-31'));
const at = (date: string): number => SESSIONS.indexOf(day(date));

/** Ends of quarters, newest last: 2021-06-30 and before. */
const ENDS = Array.from({ length: 16 }, (_, i) => {
  const quarter = 2021 * 4 + 1 - 15 + i;
  return day(`${Math.floor(quarter / 4)}-${['03-31', '06-30', '09-30', '12-31'][quarter % 4]}`);
});
const FILED_AFTER = 33;
const NEWEST_FILED = fromEpochDay(ENDS[15] + FILED_AFTER); // 2021-08-02

/** Quarters given oldest first, the last one that of June 2021; each known 33 days after its end. */
function quarters(values: readonly number[], more: readonly VintageRow[] = []): Vintages {
  const ends = ENDS.slice(ENDS.length - values.length);
  return vintages([...values.flatMap((value, i) => (Number.isNaN(value) ? [] : [{ period: ends[i], knownFrom: ends[i] + FILED_AFTER, value }])), ...more]);
}

const flat = (): Bars => Object.fromEntries(BAR_NAMES.map((name) => [name, new Float64Array(SESSIONS.length).fill(100)])) as Bars;

interface Tables {
  readonly fundamentals?: Readonly<Record<string, Vintages>>;
  readonly earnings?: Readonly<Record<string, Vintages>>;
}

function valuesOf(name: string, { fundamentals = {}, earnings = {} }: Tables, bars = flat(), indexReturn = new Float64Array(SESSIONS.length)): (date: string) => number {
  const feature = FUNDAMENTALS.find((one) => one.name === name)!;
  const series = seriesOf(bars, { indexReturn }, { fundamentals: new Map(Object.entries(fundamentals)), earnings: new Map(Object.entries(earnings)) }, SESSIONS);
  const found = feature.kind === 'series' ? feature.compute(series) : new Float64Array();
  return (date) => found[at(date)];
}

const constant = (value: number, count = 16): number[] => Array.from({ length: count }, () => value);

describe('quarters as known', () => {
  it('grow over the same quarter a year before, from the filing on', () => {
    const revenue = quarters([100, 50, 60, 70, 110, 60]);
    const growth = valuesOf('revenue-growth', { fundamentals: { revenue } });
    expect(growth('2021-07-30')).toBeCloseTo(0.1, 12); // March 2021 over March 2020
    expect(growth(NEWEST_FILED)).toBeCloseTo(0.2, 12); // June 2021 over June 2020
  });

  it('say nothing before the first filing, nor 200 days after the last', () => {
    const growth = valuesOf('revenue-growth', { fundamentals: { revenue: quarters([100, 50, 60, 70, 110, Number.NaN]) } });
    // March 2021 was filed on 3 May; 19 November is 200 days later, a Friday
    expect(fromEpochDay(ENDS[14] + FILED_AFTER)).toBe('2021-05-03');
    expect([growth('2020-04-01'), growth('2021-04-30')]).toEqual([Number.NaN, Number.NaN]);
    expect(growth('2021-11-19')).toBeCloseTo(0.1, 12);
    expect(growth('2021-11-22')).toBeNaN();
  });

  it('are replaced by their restatement from the session it was known, and not before', () => {
    const revenue = quarters([100, 50, 60, 70, 110, Number.NaN], [{ period: ENDS[14], knownFrom: day('2021-06-15'), value: 120 }]);
    const growth = valuesOf('revenue-growth', { fundamentals: { revenue } });
    expect([growth('2021-06-14'), growth('2021-06-15')].map((value) => value.toFixed(10))).toEqual(['0.1000000000', '0.2000000000']);
  });

  it('an old quarter that is filed late does not become the newest', () => {
    const revenue = quarters([100, 50, 60, 70, 110, Number.NaN], [{ period: ENDS[8], knownFrom: day('2021-06-15'), value: 1 }]);
    expect(valuesOf('revenue-growth', { fundamentals: { revenue } })('2021-06-15')).toBeCloseTo(0.1, 12);
    expect(valuesOf('days-since-filing', { fundamentals: { net_income: revenue } })('2021-06-15')).toBe(day('2021-06-15') - ENDS[14] - FILED_AFTER);
  });

  it('a missing fourth quarter leaves growth over the year, but no growth of four quarters and no acceleration after it', () => {
    // Q3, Q4, Q1, Q2 twice; the second Q4 is missing
    const revenue = quarters([10, 10, 10, 10, 11, Number.NaN, 13, 14]);
    const of = (name: string): number => valuesOf(name, { fundamentals: { revenue } })(NEWEST_FILED);
    expect(of('revenue-growth')).toBeCloseTo(0.4, 12);
    expect(of('revenue-growth-of-year')).toBeNaN();
    expect(of('revenue-acceleration')).toBeCloseTo(0.1, 12);
    expect(valuesOf('revenue-acceleration', { fundamentals: { revenue } })('2021-06-15')).toBeNaN();
    expect(valuesOf('revenue-growth-of-year', { fundamentals: { revenue: quarters([10, 10, 10, 10, 11, 12, 13, 14]) } })(NEWEST_FILED)).toBeCloseTo(0.25, 12);
  });

  it('52-week years, whose quarters end on other days each year, are matched', () => {
    const ends = ['2020-06-27', '2020-09-26', '2020-12-26', '2021-03-27', '2021-06-26'].map(day);
    const revenue = vintages(ends.map((period, i) => ({ period, knownFrom: period + 30, value: 10 + i })));
    expect(valuesOf('revenue-growth', { fundamentals: { revenue } })('2021-07-30')).toBeCloseTo(0.4, 12);
  });

  it('a statistic is asked once for each session that brought something new', () => {
    let asked = 0;
    asKnown([quarters(constant(1))], SESSIONS, () => ++asked, { maxAge: 200, since: 'known' });
    // what was known on the first session, and six filings since
    expect(asked).toBe(1 + ENDS.filter((end) => end + FILED_AFTER > SESSIONS[0]).length);
  });
});

describe('income', () => {
  it('has a margin, and the margin changes', () => {
    const tables = { fundamentals: { net_income: quarters([10, 1, 1, 1, 15]), revenue: quarters([100, 90, 90, 90, 120]) } };
    expect(valuesOf('net-margin', tables)(NEWEST_FILED)).toBeCloseTo(0.125, 12);
    expect(valuesOf('net-margin-change', tables)(NEWEST_FILED)).toBeCloseTo(0.025, 12);
  });

  it('has no margin without revenue of the same quarter', () => {
    expect(valuesOf('net-margin', { fundamentals: { net_income: quarters([10, 15]), revenue: quarters([100, Number.NaN]) } })(NEWEST_FILED)).toBeNaN();
    expect(valuesOf('net-margin', { fundamentals: { net_income: quarters([10]), revenue: quarters([0]) } })(NEWEST_FILED)).toBeNaN();
  });

  it('is stable when its margins are alike', () => {
    const margins = [0.1, 0.14, 0.1, 0.14, 0.1, 0.14, 0.1, 0.14];
    const tables = (values: readonly number[]) => ({ fundamentals: { net_income: quarters(values.map((value) => 100 * value)), revenue: quarters(constant(100, values.length)) } });
    expect(valuesOf('net-margin-variability', tables(margins))(NEWEST_FILED)).toBeCloseTo(0.02 * Math.sqrt(8 / 7), 12);
    expect(valuesOf('net-margin-variability', tables(constant(0.1, 8)))(NEWEST_FILED)).toBeCloseTo(0, 12);
    expect(valuesOf('net-margin-variability', tables(constant(0.1, 5)))(NEWEST_FILED)).toBeNaN();
  });

  it.each([
    [10, 15, 0.4],
    [-10, 10, 2],
    [10, -10, -2],
    [-10, -5, 2 / 3],
    [0, 0, Number.NaN],
  ])('from %d to %d grew by %d of their mean size', (before, now, expected) => {
    const found = valuesOf('net-income-growth', { fundamentals: { net_income: quarters([before, 1, 1, 1, now]) } })(NEWEST_FILED);
    if (Number.isNaN(expected)) expect(found).toBeNaN();
    else expect(found).toBeCloseTo(expected, 12);
  });

  it('is unexpected by how far its change leaves those before', () => {
    // changes over the year: eight of ±1 and a last one of 4, their mean 0
    const income = [10, 10, 10, 10, 11, 9, 11, 9, 12, 8, 12, 8, 16];
    const found = valuesOf('standardized-unexpected-earnings', { fundamentals: { net_income: quarters(income) } })(NEWEST_FILED);
    expect(found).toBeCloseTo(4 / Math.sqrt(8 / 7), 12);
    expect(valuesOf('standardized-unexpected-earnings', { fundamentals: { net_income: quarters(income.slice(4)) } })(NEWEST_FILED)).toBeNaN();
    expect(valuesOf('standardized-unexpected-earnings', { fundamentals: { net_income: quarters(constant(10)) } })(NEWEST_FILED)).toBeNaN();
  });

  it('that does not come in as cash is an accrual', () => {
    const tables = { fundamentals: { net_income: quarters([1, 10, 10, 10, 10]), operating_cash_flow: quarters([5, 6, 7, 8, 9]), revenue: quarters([50, 50, 50, 50, 50]) } };
    expect(valuesOf('accruals', tables)(NEWEST_FILED)).toBeCloseTo((40 - 30) / 200, 12);
    expect(valuesOf('cash-conversion', tables)(NEWEST_FILED)).toBeCloseTo(0.75, 12);
    expect(valuesOf('cash-flow-margin', tables)(NEWEST_FILED)).toBeCloseTo(0.15, 12);
    const loss = { fundamentals: { ...tables.fundamentals, net_income: quarters([1, -10, -10, -10, -10]) } };
    expect(valuesOf('cash-conversion', loss)(NEWEST_FILED)).toBeNaN();
    expect(valuesOf('accruals', loss)(NEWEST_FILED)).toBeCloseTo(-0.35, 12);
  });
});

describe('shares', () => {
  const issuance = (before: number, now: number): number => valuesOf('share-issuance', { fundamentals: { shares_outstanding: quarters([before, 1, 1, 1, now]) } })(NEWEST_FILED);

  it('are bought back or issued', () => {
    expect(issuance(100, 96)).toBeCloseTo(Math.log(0.96), 12);
    expect(issuance(100, 110)).toBeCloseTo(Math.log(1.1), 12);
  });

  it('that were split say nothing', () => {
    expect([issuance(100, 150), issuance(100, 400), issuance(100, 50)]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  });
});

describe('reports', () => {
  const DAYS = ['2020-04-30', '2020-07-30', '2020-10-29', '2021-01-28', '2021-04-29'].map(day);
  const reports = (values: readonly number[], days = DAYS.slice(DAYS.length - values.length)): Vintages => vintages(values.flatMap((value, i) => (Number.isNaN(value) ? [] : [{ period: days[i], knownFrom: days[i], value }])));
  const surprise = (name: string, actual: readonly number[], estimate: readonly number[]): number => valuesOf(name, { earnings: { epsActual: reports(actual), epsEstimate: reports(estimate), revenueActual: reports(actual), revenueEstimate: reports(estimate) } })('2021-04-29');

  it('surprise by how far they leave the estimate', () => {
    expect(surprise('earnings-surprise', [1.1], [0.9])).toBeCloseTo(0.2, 12);
    expect(surprise('earnings-surprise', [-0.1], [0.1])).toBe(-2);
    expect(surprise('earnings-surprise', [0], [0])).toBe(0);
    expect(surprise('revenue-surprise', [98], [102])).toBeCloseTo(-0.04, 12);
    expect(surprise('earnings-surprise', [1, 1.1], [1, Number.NaN])).toBeNaN();
  });

  it('are not known before their day, and say nothing after 200', () => {
    const found = valuesOf('earnings-surprise', { earnings: { epsActual: reports([1, 1.5]), epsEstimate: reports([1, 1]) } });
    expect([found('2021-04-28'), found('2021-04-29'), found('2021-11-15'), found('2021-11-16')]).toEqual([0, 0.4, 0.4, Number.NaN]);
  });

  it('surprise on average', () => {
    expect(surprise('mean-earnings-surprise', [9, 1, 1, 3, 3], [1, 1, 1, 1, 1])).toBeCloseTo((0 + 0 + 1 + 1) / 4, 12);
    expect(surprise('mean-earnings-surprise', [1, Number.NaN, 3, 3], [1, 1, 1, 1])).toBeNaN();
    expect(surprise('mean-earnings-surprise', [1, 3, 3], [1, 1, 1])).toBeCloseTo(2 / 3, 12);
    expect(surprise('mean-earnings-surprise', [3, 3], [1, 1])).toBeNaN();
  });

  it.each([
    [[1, 2, 2, 2, 2], 4],
    [[2, 2, 0, 2, 2], 2],
    [[2, 2, 2, 0, 0.5], -2],
    [[2, 2, 2, 2, 1], 0],
    [[2, 2, 2, 2, 2], 5],
  ])('with actuals of %j against 1 make a streak of %d', (actual, streak) => {
    expect(surprise('earnings-surprise-streak', actual, [1, 1, 1, 1, 1]) + 0).toBe(streak);
  });

  it('a streak ends where reports are missing', () => {
    expect(surprise('earnings-surprise-streak', [2, 2, Number.NaN, 2, 2], [1, 1, 1, 1, 1])).toBe(2);
  });

  it('are taken by the market on their session and the next, beyond the benchmark', () => {
    const bars = flat();
    bars.close.fill(110, at('2021-04-29')).fill(121, at('2021-04-30'));
    const indexReturn = new Float64Array(SESSIONS.length);
    indexReturn[at('2021-04-30')] = 0.01;
    const found = valuesOf('announcement-return', { earnings: { reports: reports([0, 0]) } }, bars, indexReturn);
    // the session after the report is not over: the report before it, on which nothing moved
    expect([found('2021-04-28'), found('2021-04-29')]).toEqual([0, 0]);
    expect(found('2021-04-30')).toBeCloseTo(1.21 - 1.01, 12);
    const last = SESSIONS[at('2021-04-29') + 104];
    expect(found(fromEpochDay(last))).toBeCloseTo(0.2, 12);
    expect(found(fromEpochDay(SESSIONS[at('2021-04-29') + 105]))).toBeNaN();
  });

  it('on a day without a session count for the next one', () => {
    const bars = flat();
    bars.close.fill(110, at('2021-05-03'));
    const saturday = reports([0], [day('2021-05-01')]);
    const found = valuesOf('announcement-return', { earnings: { reports: { ...saturday, knownFrom: Int32Array.of(day('2021-05-03')) } } }, bars);
    expect([found('2021-05-03'), found('2021-05-04')].map((value) => value.toFixed(6))).toEqual(['NaN', '0.100000']);
  });
});

it('nothing is known of a company without figures', () => {
  for (const { name } of FUNDAMENTALS) expect([valuesOf(name, {})('2021-06-15'), valuesOf(name, { fundamentals: { revenue: quarters([]), net_income: quarters([]) } })('2021-06-15')], name).toEqual([Number.NaN, Number.NaN]);
});
