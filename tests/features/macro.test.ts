import { describe, expect, it } from 'vitest';

import { XNYS } from '../../src/core/calendar.js';
import { fromEpochDay, isoDate, toEpochDay, weekday } from '../../src/core/dates.js';
import { MACRO_SERIES, macroAvailableAt } from '../../src/data/macro-lags.js';
import { MarketInputs } from '../../src/features/compute/market-inputs.js';
import { MACRO } from '../../src/features/macro/family.js';
import { FEATURES } from '../../src/features/registry.js';
import { Panel } from '../../src/table/panel.js';
import { vintages, type Vintages } from '../../src/table/vintages.js';
import { BAR_NAMES } from './bars.js';

const day = (date: string): number => toEpochDay(isoDate(date));
const SESSIONS = XNYS.sessionDays(day('2019-01-02'), day('2020-12-31'));
const BARS = new Panel({ symbols: ['A'], sessions: SESSIONS, columns: Object.fromEntries(BAR_NAMES.map((name) => [name, new Float64Array(SESSIONS.length).fill(1)])) });

/** A series that is known when the lag table says so. */
function released(id: string, observations: readonly (readonly [number, number])[]): Vintages {
  return vintages(observations.map(([period, value]) => ({ period, value, knownFrom: macroAvailableAt(id, period) })));
}

function valuesOf(name: string, macro: ReadonlyMap<string, Vintages>): (date: string) => number {
  const feature = MACRO.find((one) => one.name === name)!;
  const found = feature.kind === 'market' ? feature.compute(new MarketInputs({ bars: BARS, macro })) : new Float64Array();
  return (date) => found[SESSIONS.indexOf(day(date))];
}

const weekdays = (from: string, to: string): number[] => Array.from({ length: day(to) - day(from) + 1 }, (_, i) => day(from) + i).filter((one) => weekday(one) < 5);
const months = (from: string, count: number): number[] => Array.from({ length: count }, (_, i) => day(`${Number(from.slice(0, 4)) + Math.floor((Number(from.slice(5, 7)) - 1 + i) / 12)}-${String(((Number(from.slice(5, 7)) - 1 + i) % 12) + 1).padStart(2, '0')}-01`));

describe('rates', () => {
  const rising = released('DGS10', weekdays('2018-01-01', '2020-12-31').map((one, i) => [one, 1 + i / 100]));
  const levelOn = (date: string): number => (1 + weekdays('2018-01-01', date).length / 100 - 0.01) / 100;

  it('are fractions, of the day before', () => {
    expect(valuesOf('treasury-10y', new Map([['DGS10', rising]]))('2019-03-05')).toBeCloseTo(levelOn('2019-03-04'), 14);
    expect(valuesOf('treasury-10y', new Map([['DGS10', rising]]))('2019-03-04')).toBeCloseTo(levelOn('2019-03-01'), 14);
  });

  it('change between what was known then and what is known now', () => {
    const now = '2019-06-14';
    const then = XNYS.shift(isoDate(now), -21);
    expect(valuesOf('treasury-10y-change-21', new Map([['DGS10', rising]]))(now)).toBeCloseTo(levelOn('2019-06-13') - levelOn(XNYS.previous(then)), 14);
  });

  it('are unknown when the series stopped ten days ago', () => {
    const stopped = valuesOf('treasury-10y', new Map([['DGS10', released('DGS10', weekdays('2018-01-01', '2019-03-01').map((one) => [one, 2]))]]));
    expect([stopped('2019-03-11'), stopped('2019-03-12')]).toEqual([0.02, Number.NaN]);
  });

  it('of credit are unusual when they jump', () => {
    const jump = released('BAMLH0A0HYM2', weekdays('2017-01-02', '2020-12-31').map((one, i) => [one, one < day('2020-03-02') ? 4 + 0.1 * (i % 2) : 8]));
    const of = (name: string): number => valuesOf(name, new Map([['BAMLH0A0HYM2', jump]]))('2020-03-03');
    expect(of('high-yield-spread')).toBeCloseTo(0.08, 14);
    expect(of('high-yield-spread-change-21')).toBeGreaterThan(0.038);
    expect(of('high-yield-spread-z-score-252')).toBeGreaterThan(8);
  });
});

describe('prices', () => {
  const oil = (price: (date: string) => number): Map<string, Vintages> => new Map([['WTI_SPOT', released('WTI_SPOT', weekdays('2019-01-01', '2020-12-31').map((one) => [one, price(fromEpochDay(one))]))]]);

  it('return what they gained', () => {
    const gained = valuesOf('wti-return-21', oil((date) => (date < '2020-06-01' ? 20 : 25)));
    // the price of Monday, 1 June, counts as released nine days later
    expect(gained('2020-06-09')).toBe(0);
    expect(gained('2020-06-10')).toBeCloseTo(0.25, 12);
  });

  it('have no return from or to a price below zero', () => {
    const negative = valuesOf('wti-return-21', oil((date) => (date === '2020-04-20' ? -36.98 : 20)));
    expect([negative('2020-04-28'), negative('2020-04-29'), negative('2020-04-30')]).toEqual([0, Number.NaN, 0]);
    expect(negative(XNYS.shift(isoDate('2020-04-29'), 21))).toBeNaN();
    expect(negative(XNYS.shift(isoDate('2020-04-30'), 21))).toBe(0);
  });

  it('of oil last over holidays in spite of their lag, and end when the series stops', () => {
    const holidays = new Set(['2019-11-28', '2019-11-29', '2019-12-24', '2019-12-25', '2020-01-01']);
    const prices = weekdays('2019-01-01', '2020-02-07').filter((one) => !holidays.has(fromEpochDay(one))).map((one) => [one, 50] as const);
    const flat = valuesOf('brent-return-21', new Map([['BRENT_SPOT', released('BRENT_SPOT', prices)]]));
    expect([...XNYS.sessionDays(day('2019-03-01'), day('2020-02-26'))].filter((one) => flat(fromEpochDay(one)) !== 0)).toEqual([]);
    expect(flat('2020-02-27')).toBeNaN();
  });

  it('of the dollar are those of the day before', () => {
    const dollar = valuesOf('dollar-return-21', new Map([['DXY', released('DXY', weekdays('2019-01-01', '2020-12-31').map((one) => [one, one < day('2020-06-01') ? 100 : 102]))]]));
    expect(dollar('2020-06-01')).toBe(0);
    expect(dollar('2020-06-02')).toBeCloseTo(0.02, 12);
  });
});

describe('weekly and monthly series', () => {
  it('inflation compares the newest month released with that a year before, 60 days after its end', () => {
    const prices = released('CPIAUCSL', months('2017-01', 48).map((one, i) => [one, 100 * 1.002 ** i]));
    const inflation = valuesOf('inflation', new Map([['CPIAUCSL', prices]]));
    expect(inflation('2020-07-15')).toBeCloseTo(1.002 ** 12 - 1, 12);
    const jump = released('CPIAUCSL', months('2017-01', 48).map((one) => [one, one < day('2020-04-01') ? 100 : 103]));
    const after = valuesOf('inflation', new Map([['CPIAUCSL', jump]]));
    // April ended on the 30th; 60 days later is 29 June
    expect([after('2020-06-26'), after('2020-06-29')]).toEqual([0, 1.03 - 1]);
  });

  it('a month that is missing a year before leaves nothing to compare with', () => {
    const holed = released('CPIAUCSL', months('2018-01', 36).filter((one) => one !== day('2019-04-01')).map((one) => [one, 100]));
    const inflation = valuesOf('inflation', new Map([['CPIAUCSL', holed]]));
    expect([inflation('2020-06-26'), inflation('2020-07-15'), inflation('2020-08-14')]).toEqual([0, Number.NaN, 0]);
  });

  it('unemployment rises in fractions', () => {
    const rate = released('UNRATE', months('2018-01', 36).map((one) => [one, one < day('2020-04-01') ? 3.5 : 14.8]));
    const change = valuesOf('unemployment-change', new Map([['UNRATE', rate]]));
    expect(change('2020-06-26')).toBe(0);
    expect(change('2020-06-30')).toBeCloseTo(0.113, 12);
  });

  it('claims of four weeks are set against those of a year', () => {
    const saturdays = Array.from({ length: 150 }, (_, i) => day('2018-01-06') + 7 * i);
    const claims = released('ICSA', saturdays.map((one) => [one, one <= day('2020-03-14') ? 200_000 : 1_000_000]));
    const trend = valuesOf('initial-claims-trend', new Map([['ICSA', claims]]));
    expect(trend('2020-03-20')).toBe(0);
    // the week that ended on 21 March counts from 28 March, a Saturday
    expect(trend('2020-03-27')).toBe(0);
    expect(trend('2020-03-30')).toBeCloseTo((3 * 200 + 1000) / 4 / ((51 * 200 + 1000) / 52) - 1, 12);
  });

  it('a year of claims with missing weeks is none', () => {
    const saturdays = Array.from({ length: 100 }, (_, i) => day('2018-06-02') + 7 * i).filter((_, i) => i < 20 || i > 24);
    const trend = valuesOf('initial-claims-trend', new Map([['ICSA', released('ICSA', saturdays.map((one) => [one, 200_000]))]]));
    expect(trend('2019-06-14')).toBeNaN();
    expect(trend('2020-01-31')).toBe(0);
  });

  it('financial conditions last a month', () => {
    const weekly = released('ANFCI', Array.from({ length: 60 }, (_, i) => [day('2018-06-01') + 7 * i, -0.5 + 0.01 * i] as const));
    const conditions = valuesOf('financial-conditions', new Map([['ANFCI', weekly]]));
    expect(conditions('2019-02-08')).toBeCloseTo(-0.5 + 0.01 * 35, 12);
    expect(conditions('2019-08-30')).toBeNaN();
    expect(valuesOf('financial-conditions-change-63', new Map([['ANFCI', weekly]]))('2019-06-14')).toBeGreaterThan(0.1);
  });
});

describe('the entries', () => {
  const ids = (inputs: readonly string[]): string[] => inputs.flatMap((input) => (input.startsWith('macro:') ? [input.slice(6)] : []));

  it('read only series that have a lag and are not banned', () => {
    for (const { name, inputs } of FEATURES) for (const id of ids(inputs)) expect(MACRO_SERIES.get(id)?.banned, `${id} in ${name}`).toBe(MACRO_SERIES.has(id) ? undefined : 'in the table');
  });

  it('say so when the series is revised later, and only then', () => {
    for (const { name, inputs, describe: text, source } of MACRO) {
      const revised = ids(inputs).some((id) => MACRO_SERIES.get(id)?.revised);
      expect([/revised series/.test(text), /revised/.test(source)], name).toEqual([revised, revised]);
    }
  });

  it('have no values without their series', () => {
    const empty = new MarketInputs({ bars: BARS });
    for (const feature of MACRO) if (feature.kind === 'market') expect(feature.compute(empty).every(Number.isNaN), feature.name).toBe(true);
  });
});
