import { describe, expect, it } from 'vitest';

import { fromEpochDay, isoDate, toEpochDay } from '../../../src/core/dates.js';
import { dayOfFiscalMonth, fiscalMonthOfDay, fiscalQuarterNames } from '../../../src/data/point-in-time/fiscal-month.js';
import { knownFromInstant, knownFromReport } from '../../../src/data/point-in-time/known-from.js';

const day = (text: string): number => toEpochDay(isoDate(text));

/** Names of quarters given as "2010 Q1 filed". */
function named(filings: readonly (readonly [string, string])[]): string[] {
  const nameOf = fiscalQuarterNames();
  return filings.map(([label, filed]) => fromEpochDay(nameOf(Number(label.slice(0, 4)) * 12 + Number(label.slice(6)) * 3, day(filed))));
}

describe('the session from which something was known', () => {
  it.each([
    ['2018-02-08T04:30:00Z', '2018-02-07'], // 23:30 in New York
    ['2018-02-08T04:30:01Z', '2018-02-08'],
    ['2018-02-08T05:00:00Z', '2018-02-08'], // how the date 2018-02-07 alone is stored
    ['2018-02-10T15:00:00Z', '2018-02-12'],
    ['1980-01-02T15:00:00Z', '1990-01-02'],
  ])('of %s is %s', (instant, session) => {
    expect(fromEpochDay(knownFromInstant(Date.parse(instant)))).toBe(session);
  });

  it.each([
    ['2018-02-07', true, '2018-02-07'],
    ['2018-02-07', false, '2018-02-08'],
    ['2018-02-09', false, '2018-02-12'],
    ['2018-02-10', true, '2018-02-12'],
  ])('of a report on %s whose time of day is known (%s) is %s', (reported, timed, session) => {
    expect(fromEpochDay(knownFromReport(day(reported), timed))).toBe(session);
  });
});

describe('fiscal months', () => {
  it.each([['2010-03-31', 2010 * 12 + 3], ['2010-04-03', 2010 * 12 + 3], ['2009-09-26', 2009 * 12 + 9], ['2011-01-01', 2010 * 12 + 12]])('%s ends month %i', (end, month) => {
    expect(fiscalMonthOfDay(day(end))).toBe(month);
  });

  it('end on their last day', () => {
    expect([2, 3, 12].map((month) => fromEpochDay(dayOfFiscalMonth(2012 * 12 + month)))).toEqual(['2012-02-29', '2012-03-31', '2012-12-31']);
  });
});

describe('names of fiscal quarters', () => {
  it('are ends of calendar quarters before the filing, whatever the fiscal year', () => {
    expect(named([['2010 Q1', '2010-01-25'], ['2010 Q2', '2010-04-21'], ['2010 Q3', '2010-07-21'], ['2010 Q4', '2010-10-27']])).toEqual(['2009-12-31', '2010-03-31', '2010-06-30', '2010-09-30']);
    expect(named([['2019 Q1', '2018-06-04'], ['2019 Q2', '2018-09-06']])).toEqual(['2018-03-31', '2018-06-30']);
  });

  it('stay when a filing comes late, and when it comes again', () => {
    expect(named([['2010 Q1', '2010-05-10'], ['2010 Q2', '2010-11-20'], ['2010 Q3', '2010-11-20'], ['2010 Q1', '2011-08-01']])).toEqual(['2010-03-31', '2010-06-30', '2010-09-30', '2010-03-31']);
  });

  it('begin anew with another fiscal year, and are never after the filing', () => {
    expect(named([['2019 Q3', '2019-11-05'], ['2021 Q1', '2020-07-28'], ['2021 Q2', '2020-10-21']])).toEqual(['2019-09-30', '2020-06-30', '2020-09-30']);
  });
});
