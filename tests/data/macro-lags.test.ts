import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { XNYS } from '../../src/core/calendar.js';
import { fromEpochDay, isoDate, toEpochDay } from '../../src/core/dates.js';
import { DataError } from '../../src/core/errors.js';
import { MACRO_SERIES, macroAvailableAt, macroSeries, type MacroFrequency } from '../../src/data/macro-lags.js';

const ids = [...MACRO_SERIES.keys()];
const available = (id: string, observation: string): string => fromEpochDay(macroAvailableAt(id, toEpochDay(isoDate(observation))));
const withFrequency = (frequency: MacroFrequency): string[] => ids.filter((id) => macroSeries(id).frequency === frequency);

/** Last day of the observed period, counted day by day. */
function lastDay(observation: number, frequency: MacroFrequency): number {
  const months = { daily: 0, weekly: 0, monthly: 1, quarterly: 3 }[frequency];
  let day = observation;
  for (let seen = 0; seen < months; ) if (fromEpochDay(++day).endsWith('-01')) seen++;
  return months === 0 ? day : day - 1;
}

describe('when a macro observation counts as public', () => {
  it.each([
    ['VIX', '2018-01-02', '2018-01-03', 'a daily one: the next session'],
    ['DGS10', '2018-01-12', '2018-01-16', 'over a weekend and a holiday'],
    ['VIX', '2018-01-06', '2018-01-08', 'of a Saturday'],
    ['MORTGAGE30US', '2018-01-04', '2018-01-11', 'a weekly one: seven days after'],
    ['ICSA', '2017-12-30', '2018-01-08', 'seven days after a Saturday: the Monday'],
    ['WALCL', '2017-12-27', '2018-01-03', 'seven days after a Wednesday'],
    ['GASREGW', '2017-12-25', '2018-01-02', 'seven days after, on a holiday: the next session'],
    ['CPIAUCSL', '2018-01-01', '2018-04-02', 'a monthly one: sixty days after the end of January'],
    ['UNRATE', '2018-02-01', '2018-04-30', 'sixty days after the end of February, a Sunday: the Monday'],
    ['PAYEMS', '2016-02-01', '2016-04-29', 'sixty days after 29 February'],
    ['GDP', '2018-01-01', '2018-05-30', 'a quarterly one: sixty days after the end of March'],
    ['GDPC1', '2017-10-01', '2018-03-01', 'sixty days after the end of the year'],
    ['WTI_SPOT', '2018-01-09', '2018-01-18', 'nine days after a Tuesday: where Monday is a holiday, as here, the batch comes on Thursday'],
    ['DCOILWTICO', '2018-01-02', '2018-01-11', 'nine days after'],
    ['BRENT_SPOT', '2018-01-05', '2018-01-16', 'nine days after, a Sunday before a holiday: the Tuesday'],
    ['DCOILBRENTEU', '2018-01-03', '2018-01-12', 'nine days after'],
    ['WTI_FRONT_FUTURE', '2018-01-02', '2018-01-03', 'a price of an exchange: the next session'],
    ['CSUSHPINSA', '2023-11-01', '2024-02-05', 'sixty-five days after the end of November, a Saturday'],
    ['HSN1F', '2018-12-01', '2019-03-06', 'sixty-five days after the end of 2018; a shutdown held it up to 5 March'],
    ['WM2NS', '2024-01-01', '2024-03-01', 'sixty days after a week that is published with its month'],
  ])('%s of %s on %s: %s', (id, observation, expected) => {
    expect(available(id, observation)).toBe(expected);
  });

  it('is a session after the period ended, and the first one that the lag allows', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ids), fc.integer({ min: toEpochDay(isoDate('1990-01-01')), max: toEpochDay(isoDate('2035-12-31')) }), (id, day) => {
        const { frequency, lag } = macroSeries(id);
        // monthly and quarterly observations are dated by the first day of their period
        const observation = frequency === 'monthly' || frequency === 'quarterly' ? toEpochDay(isoDate(`${fromEpochDay(day).slice(0, 8)}01`)) : day;
        const end = lastDay(observation, frequency);
        const found = macroAvailableAt(id, observation);
        expect(found).toBeGreaterThan(end);
        expect(XNYS.isSession(fromEpochDay(found))).toBe(true);
        const earliest = end + (lag?.days ?? { daily: 1, weekly: 7, monthly: 60, quarterly: 60 }[frequency]);
        expect(found).toBeGreaterThanOrEqual(earliest);
        expect(XNYS.sessionDays(earliest, found)).toHaveLength(1);
      }),
      { numRuns: 500 },
    );
  });

  it('never goes back when observations go on', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ids), fc.integer({ min: 7400, max: 24_000 }), fc.integer({ min: 0, max: 100 }), (id, day, later) => {
        expect(macroAvailableAt(id, day + later)).toBeGreaterThanOrEqual(macroAvailableAt(id, day));
      }),
    );
  });

  it('is the first session of the calendar for what is older than the calendar', () => {
    expect(available('DGS10', '1962-01-02')).toBe('1990-01-02');
    expect(available('UNRATE', '1948-01-01')).toBe('1990-01-02');
    expect(available('UNRATE', '1989-11-01')).toBe('1990-01-29');
    expect(available('VIX', '1989-12-29')).toBe('1990-01-02');
  });
});

describe('the table of macro series', () => {
  it('has each series once, with series of every frequency', () => {
    expect(new Set(ids).size).toBe(ids.length);
    for (const frequency of ['daily', 'weekly', 'monthly', 'quarterly'] as const) expect(withFrequency(frequency).length).toBeGreaterThan(1);
    for (const id of ids) expect(id).toMatch(/^[A-Z0-9_]+$/);
  });

  it('refuses a series without a lag, because a wrong one would look ahead', () => {
    expect(() => macroAvailableAt('NAPM', 17_000)).toThrow(DataError);
    expect(() => macroSeries('NAPM')).toThrow('expected a macro series with a publication lag in the table, found "NAPM"');
    expect(() => macroSeries('vix')).toThrow('found "vix"');
  });

  it('has lags of their own only where they are longer, each with its reason', () => {
    const own = ids.filter((id) => macroSeries(id).lag !== undefined);
    expect(own.map((id) => `${id} ${macroSeries(id).lag!.days}`).sort()).toEqual(['BRENT_SPOT 9', 'CSUSHPINSA 65', 'DCOILBRENTEU 9', 'DCOILWTICO 9', 'HSN1F 65', 'WM2NS 60', 'WTI_SPOT 9']);
    for (const id of own) expect(macroSeries(id).lag!.reason.length, id).toBeGreaterThan(20);
  });

  it('bans recession dates from being a feature and nothing else', () => {
    expect(ids.filter((id) => macroSeries(id).banned !== undefined)).toEqual(['USREC']);
  });

  it('flags what is revised after its first release, and leaves market prices unflagged', () => {
    for (const id of ['CPIAUCSL', 'PAYEMS', 'GDP', 'INDPRO', 'ICSA', 'USREC']) expect(macroSeries(id).revised, id).toBe(true);
    for (const id of ['VIX', 'DGS10', 'DFF', 'MORTGAGE30US', 'EURUSD']) expect(macroSeries(id).revised, id).toBe(false);
  });
});
