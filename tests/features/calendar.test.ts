import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { XNYS } from '../../src/core/calendar.js';
import { fromEpochDay, isoDate, toEpochDay, weekday } from '../../src/core/dates.js';
import { easterSunday, exchangeYear, SPECIAL_CLOSURES } from '../../src/core/holidays.js';
import { expectedReport } from '../../src/features/calendar/expected-report.js';
import { CALENDAR } from '../../src/features/calendar/family.js';
import { optionExpiry } from '../../src/features/calendar/option-expiry.js';
import { sessionsPassed, sessionsToCome } from '../../src/features/calendar/session-counts.js';
import { MarketInputs } from '../../src/features/compute/market-inputs.js';
import type { MarketFeature, SeriesFeature } from '../../src/features/feature.js';
import { Panel } from '../../src/table/panel.js';
import { vintages } from '../../src/table/vintages.js';
import { BAR_NAMES, mapBars, cleanBars, seriesOf } from './bars.js';

const day = (date: string): number => toEpochDay(isoDate(date));
const feature = (name: string) => CALENDAR.find((one) => one.name === name)!;

/** Values of a feature of the date on some sessions. */
function onDays(name: string, ...dates: readonly string[]): number[] {
  const sessions = Int32Array.from(dates, day).sort();
  const columns = Object.fromEntries(BAR_NAMES.map((column) => [column, new Float64Array(dates.length).fill(1)]));
  const market = new MarketInputs({ bars: new Panel({ symbols: ['A'], sessions, columns }) });
  const values = (feature(name) as MarketFeature).compute(market);
  return dates.map((date) => values[sessions.indexOf(day(date))]);
}

describe('option expiry', () => {
  it.each([
    ['2024-01', '2024-01-19'],
    ['2024-03', '2024-03-15'],
    ['2008-03', '2008-03-20'], // the third Friday was Good Friday
    ['2014-04', '2014-04-17'], // likewise
    ['2019-04', '2019-04-18'], // likewise
    ['2027-06', '2027-06-17'], // Juneteenth, kept on the third Friday
  ])('of %s is %s', (month, expiry) => {
    expect(fromEpochDay(optionExpiry(Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1))).toBe(expiry);
  });

  it('is counted down to 0, then up to the next one', () => {
    expect(onDays('sessions-to-option-expiry', '2024-03-12', '2024-03-14', '2024-03-15', '2024-03-18', '2014-04-16', '2014-04-17')).toEqual([3, 1, 0, 23, 1, 0]);
  });

  it('marks its week until its day, and the quarterly one in the last month of a quarter', () => {
    expect(onDays('option-expiry-week', '2024-02-09', '2024-02-12', '2024-02-16', '2024-02-20', '2014-04-17')).toEqual([0, 1, 1, 0, 1]);
    expect(onDays('quarterly-expiry-week', '2024-02-16', '2024-03-11', '2024-03-15', '2024-03-18', '2024-12-20')).toEqual([0, 1, 1, 0, 1]);
  });
});

describe('ends of periods', () => {
  it('count sessions to and since the end of a month', () => {
    expect(onDays('sessions-to-month-end', '2024-03-26', '2024-03-28', '2024-04-01')).toEqual([2, 0, 21]);
    expect(onDays('sessions-since-month-end', '2024-03-28', '2024-04-01', '2024-04-02')).toEqual([20, 1, 2]);
  });

  it('of a quarter and of a year', () => {
    expect(onDays('sessions-to-quarter-end', '2024-03-28', '2024-05-31')).toEqual([0, 19]);
    expect(onDays('sessions-since-quarter-end', '2024-04-01', '2024-05-01')).toEqual([1, 23]);
    expect(onDays('sessions-to-year-end', '2024-12-30', '2024-12-31', '2025-01-02')).toEqual([1, 0, 249 + 1]); // one closure of 2025 nobody foresaw
    expect(onDays('sessions-since-year-end', '2024-01-02', '2024-12-31')).toEqual([1, 252]);
  });

  it('the turn of the month is its last session and the first three', () => {
    expect(onDays('turn-of-month', '2024-04-29', '2024-04-30', '2024-05-01', '2024-05-02', '2024-05-03', '2024-05-06')).toEqual([0, 1, 1, 1, 1, 0]);
  });

  it('are lived through session by session: one less to come, one more behind', () => {
    const sessions = XNYS.sessions(isoDate('2012-01-03'), isoDate('2013-12-31')).map(String);
    const [left, passed] = [onDays('sessions-to-month-end', ...sessions), onDays('sessions-since-month-end', ...sessions)];
    for (let t = 1; t < sessions.length; t++) {
      if (passed[t] === 1) expect(left[t - 1], sessions[t]).toBe(0);
      else expect(passed[t] - passed[t - 1], sessions[t]).toBe(1);
      // the storm of October 2012 took two sessions that had been counted on
      if (passed[t] > 1) expect(left[t - 1] - left[t], sessions[t]).toBe(sessions[t] === '2012-10-31' ? 3 : 1);
    }
  });
});

describe('closures', () => {
  it('a weekend and a holiday lengthen the way from the session before', () => {
    expect(onDays('days-since-last-session', '2024-07-03', '2024-07-05', '2024-07-08', '2001-09-17')).toEqual([1, 2, 3, 7]);
    expect(onDays('days-to-next-session', '2024-07-03', '2024-07-05', '2024-07-08', '2024-08-30')).toEqual([2, 3, 1, 4]);
  });

  it('a holiday has an eve and a day after', () => {
    expect(onDays('holiday-eve', '2024-07-02', '2024-07-03', '2024-07-05', '2024-08-30', '2024-03-28')).toEqual([0, 1, 0, 1, 1]);
    expect(onDays('after-holiday', '2024-07-03', '2024-07-05', '2024-07-08', '2024-09-03', '2024-04-01')).toEqual([0, 1, 0, 1, 1]);
  });

  it('nobody foresaw the storm of 2012 or the attack of 2001: the days before look like any other', () => {
    expect(onDays('days-to-next-session', '2012-10-26', '2001-09-10')).toEqual([3, 1]);
    expect(onDays('holiday-eve', '2012-10-26', '2001-09-10', '2018-12-04')).toEqual([0, 0, 0]);
    expect(onDays('days-since-last-session', '2012-10-31', '2001-09-17')).toEqual([5, 7]);
    expect(onDays('after-holiday', '2012-10-31')).toEqual([0]);
  });

  it('unforeseen are those closures of the calendar that follow no rule, and no others', () => {
    const regular = (closed: number, year: number): boolean => {
      const [month, date] = [Number(fromEpochDay(closed).slice(5, 7)), Number(fromEpochDay(closed).slice(8, 10))];
      const within = (inMonth: number, from: number, to: number, weekdays: readonly number[] = [0, 1, 2, 3, 4]): boolean => month === inMonth && date >= from && date <= to && weekdays.includes(weekday(closed));
      return within(1, 1, 1) || within(1, 2, 2, [0]) || within(1, 15, 21, [0]) || within(2, 15, 21, [0]) || closed === easterSunday(year) - 2 || within(5, 25, 31, [0]) || within(6, 18, 20) || within(7, 3, 5) || within(9, 1, 7, [0]) || within(11, 22, 28, [3]) || within(12, 24, 26);
    };
    const odd = Array.from({ length: 60 }, (_, i) => 1990 + i).flatMap((year) => [...exchangeYear(year).closures].filter((closed) => weekday(closed) < 5 && !regular(closed, year)));
    expect(odd.sort((a, b) => a - b)).toEqual(Object.keys(SPECIAL_CLOSURES).map(day));
  });

  it('sessions are counted as the calendar counts them where all was foreseen', () => {
    fc.assert(
      fc.property(fc.integer({ min: day('2013-01-02'), max: day('2018-01-02') }), fc.integer({ min: 0, max: 300 }), (from, days) => {
        const held = XNYS.sessionDays(from + 1, from + days).length;
        expect(sessionsToCome(from, from + days)).toBe(held);
        expect(sessionsPassed(from, from + days)).toBe(held);
        expect(sessionsToCome(from + days, from)).toBe(0);
      }),
      { seed: 1, numRuns: 50 },
    );
  });
});

describe('days of the week and months', () => {
  it('are marked', () => {
    expect(onDays('monday', '2024-07-08', '2024-07-09')).toEqual([1, 0]);
    expect(onDays('friday', '2024-07-05', '2024-07-08')).toEqual([1, 0]);
  });

  it('lie on a circle', () => {
    const [sine, cosine] = [onDays('month-sine', '2024-01-02', '2024-04-01', '2024-10-01'), onDays('month-cosine', '2024-01-02', '2024-04-01', '2024-07-01')];
    [0, 1, -1].forEach((value, i) => expect(sine[i]).toBeCloseTo(value, 12));
    [1, 0, -1].forEach((value, i) => expect(cosine[i]).toBeCloseTo(value, 12));
  });
});

describe('the next report', () => {
  it('is expected 364 days after that of the same quarter', () => {
    expect(expectedReport(['2022-10-27', '2023-02-02', '2023-05-04', '2023-08-03'].map(day))).toBe(day('2023-10-26'));
  });

  it('or 91 days after the last one when there is none', () => {
    expect(expectedReport([day('2023-05-04')])).toBe(day('2023-08-03'));
    expect(expectedReport([])).toBeNaN();
  });

  it('is not the one of last year that the last report already stands for', () => {
    // the report of May came nine days earlier than a year before
    expect(expectedReport(['2022-05-10', '2022-08-04', '2022-11-03', '2023-02-02', '2023-05-01'].map(day))).toBe(day('2023-08-03'));
  });

  const reports = ['2022-10-27', '2023-02-02', '2023-05-04', '2023-08-03'].map((date) => ({ period: day(date), knownFrom: day(date), value: day(date) }));
  const sessions = XNYS.sessionDays(day('2023-08-01'), day('2024-03-28'));
  const bars = mapBars(cleanBars(sessions.length), (values) => values);
  const values = (name: string, rows = reports): Record<string, number> => {
    const series = seriesOf(bars, {}, { earnings: new Map([['reports', vintages(rows)]]) }, sessions);
    const found = (feature(name) as SeriesFeature).compute(series);
    return Object.fromEntries([...sessions].map((session, t) => [fromEpochDay(session), found[t]]));
  };

  it('is counted down to, by what is known', () => {
    const found = values('sessions-to-earnings');
    // on 1 August the report of 3 August was expected by none of a year before, but 91 days after that of May
    expect([found['2023-08-01'], found['2023-08-02'], found['2023-08-03']]).toEqual([2, 1, XNYS.count(isoDate('2023-08-03'), isoDate('2023-10-26'))]);
    expect([found['2023-10-24'], found['2023-10-25']]).toEqual([2, 1]);
  });

  it('stays one session away while it is late, and is given up after 30 days', () => {
    const found = values('sessions-to-earnings');
    expect([found['2023-10-26'], found['2023-11-10'], found['2023-11-24'], found['2023-11-27']]).toEqual([1, 1, 1, Number.NaN]);
  });

  it('does not change before it is known', () => {
    const late = values('sessions-to-earnings', [...reports, { period: day('2023-10-19'), knownFrom: day('2023-10-20'), value: day('2023-10-19') }]);
    const unknown = values('sessions-to-earnings');
    for (const date of ['2023-10-18', '2023-10-19']) expect(late[date]).toBe(unknown[date]);
    expect(late['2023-10-20']).toBeGreaterThan(60);
  });

  it('opens a window of five sessions', () => {
    const found = values('earnings-window-5');
    expect([found['2023-10-18'], found['2023-10-19'], found['2023-10-25'], found['2023-11-27']]).toEqual([0, 1, 1, Number.NaN]);
  });

  it('the last one is counted from until half a year has passed', () => {
    const found = values('sessions-since-earnings');
    expect([found['2023-08-03'], found['2023-08-04'], found['2023-08-07'], found['2024-02-16'], found['2024-02-20']]).toEqual([0, 1, 2, 136, Number.NaN]);
  });

  it('nothing is expected of a company without reports', () => {
    for (const name of ['sessions-to-earnings', 'earnings-window-5', 'sessions-since-earnings']) expect(Object.values(values(name, [])).every(Number.isNaN), name).toBe(true);
  });
});
