import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { XNYS, requireSession } from '../../src/core/calendar.js';
import { type IsoDate, fromEpochDay, isoDate, toEpochDay, weekday } from '../../src/core/dates.js';
import { easterSunday } from '../../src/core/holidays.js';

const date = (text: string) => isoDate(text);
const anyDay = fc.integer({ min: toEpochDay(date('1990-02-01')), max: toEpochDay(date('2100-11-30')) }).map((day) => fromEpochDay(day));

describe('holidays', () => {
  it.each([
    [2012, '01-02 01-16 02-20 04-06 05-28 07-04 09-03 10-29 10-30 11-22 12-25', '07-03 11-23 12-24'],
    [2018, '01-01 01-15 02-19 03-30 05-28 07-04 09-03 11-22 12-05 12-25', '07-03 11-23 12-24'],
    [2021, '01-01 01-18 02-15 04-02 05-31 07-05 09-06 11-25 12-24', '11-26'],
    [2022, '01-17 02-21 04-15 05-30 06-20 07-04 09-05 11-24 12-26', '11-25'],
    [2025, '01-01 01-09 01-20 02-17 04-18 05-26 06-19 07-04 09-01 11-27 12-25', '07-03 11-28 12-24'],
    [2028, '01-17 02-21 04-14 05-29 06-19 07-04 09-04 11-23 12-25', '07-03 11-24'],
    [2033, '01-17 02-21 04-15 05-30 06-20 07-04 09-05 11-24 12-26', '11-25'],
  ])('closes and shortens the days of %i that the exchange announced or its rules give', (year, closures, earlyCloses) => {
    const closed: string[] = [];
    const early: string[] = [];
    for (let day = toEpochDay(date(`${year}-01-01`)); day <= toEpochDay(date(`${year}-12-31`)); day++) {
      const text = fromEpochDay(day);
      if (weekday(day) < 5 && !XNYS.isSession(text)) closed.push(text.slice(5));
      if (XNYS.isEarlyClose(text)) early.push(text.slice(5));
    }
    expect(closed.join(' ')).toBe(closures);
    expect(early.join(' ')).toBe(earlyCloses);
  });

  it('trades on the Friday before a New Year that falls on a Saturday', () => {
    for (const eve of ['1993-12-31', '1999-12-31', '2004-12-31', '2010-12-31', '2021-12-31', '2027-12-31', '2032-12-31']) {
      expect(XNYS.isSession(date(eve)), eve).toBe(true);
    }
  });

  it('agrees with the method of Gauss on Easter in all years', () => {
    for (let year = 1990; year <= 2100; year++) expect(fromEpochDay(easterSunday(year)), `${year}`).toBe(easterByGauss(year));
  });

  it('never trades on weekends, and every early close is a session', () => {
    for (const session of XNYS.sessions(date('1990-01-01'), date('2100-12-31'))) expect(weekday(toEpochDay(session))).toBeLessThan(5);
    for (let day = toEpochDay(date('1990-01-01')); day <= toEpochDay(date('2100-12-31')); day++) {
      const text = fromEpochDay(day);
      if (XNYS.isEarlyClose(text)) expect(XNYS.isSession(text), text).toBe(true);
    }
  });

  it('has 248 to 254 sessions in every year', () => {
    for (let year = 1990; year <= 2100; year++) {
      const sessions = XNYS.sessions(date(`${year}-01-01`), date(`${year}-12-31`)).length;
      expect(sessions, `${year}`).toBeGreaterThanOrEqual(248);
      expect(sessions, `${year}`).toBeLessThanOrEqual(254);
    }
  });
});

describe('XNYS', () => {
  it('steps over weekends and holidays', () => {
    expect(XNYS.shift(date('2025-01-08'), 1)).toBe('2025-01-10');
    expect(XNYS.shift(date('2025-01-10'), -1)).toBe('2025-01-08');
    expect(XNYS.shift(date('2025-07-03'), 2)).toBe('2025-07-08');
    expect(XNYS.next(date('2025-07-03'))).toBe('2025-07-07');
    expect(XNYS.previous(date('2025-07-06'))).toBe('2025-07-03');
    expect(XNYS.onOrBefore(date('2025-07-06'))).toBe('2025-07-03');
    expect(XNYS.onOrAfter(date('2025-07-04'))).toBe('2025-07-07');
    expect(XNYS.onOrAfter(date('2025-07-07'))).toBe('2025-07-07');
  });

  it('agrees with a walk over the days', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const walk = (step: number) => {
          let at = toEpochDay(day) + step;
          while (!XNYS.isSession(fromEpochDay(at))) at += step;
          return fromEpochDay(at);
        };
        expect(XNYS.next(day)).toBe(walk(1));
        expect(XNYS.previous(day)).toBe(walk(-1));
        expect(XNYS.onOrBefore(day)).toBe(XNYS.isSession(day) ? day : walk(-1));
        expect(XNYS.onOrAfter(day)).toBe(XNYS.isSession(day) ? day : walk(1));
      }),
    );
  });

  it('counts what it shifts, both ways', () => {
    const middle = anyDay.filter((day) => day > '1995-01-01' && day < '2095-01-01');
    fc.assert(
      fc.property(middle, fc.integer({ min: -1200, max: 1200 }), (day, n) => {
        const session = XNYS.onOrAfter(day);
        const moved = XNYS.shift(session, n);
        expect(XNYS.count(session, moved)).toBe(n);
        expect(XNYS.shift(moved, -n)).toBe(session);
      }),
    );
  });

  it('counts the sessions after the start up to the end', () => {
    expect(XNYS.count(date('2025-07-03'), date('2025-07-07'))).toBe(1);
    expect(XNYS.count(date('2025-07-04'), date('2025-07-06'))).toBe(0);
    expect(XNYS.count(date('2025-07-07'), date('2025-07-02'))).toBe(-2);
  });

  it('lists sessions from start to end, both inclusive', () => {
    expect(XNYS.sessions(date('2025-07-02'), date('2025-07-07'))).toEqual(['2025-07-02', '2025-07-03', '2025-07-07']);
    expect(XNYS.sessions(date('2025-07-04'), date('2025-07-06'))).toEqual([]);
    expect(XNYS.sessions(date('2025-07-07'), date('2025-07-02'))).toEqual([]);
  });

  it('gives the same sessions as day numbers, in a copy', () => {
    fc.assert(
      fc.property(anyDay, anyDay, (start, end) => {
        const days = XNYS.sessionDays(toEpochDay(start), toEpochDay(end));
        expect(Array.from(days, (day) => fromEpochDay(day))).toEqual(XNYS.sessions(start, end));
      }),
      { numRuns: 20 },
    );
    const day = toEpochDay(date('2025-07-02'));
    XNYS.sessionDays(day, day).fill(0);
    expect([...XNYS.sessionDays(day, day)]).toEqual([day]);
  });

  it('reaches its last session from far away', () => {
    const first = date('1990-01-02');
    const steps = XNYS.count(first, date('2100-12-31'));
    expect(XNYS.shift(first, steps)).toBe('2100-12-31');
    expect(() => XNYS.shift(first, steps + 1)).toThrow(/1990-01-01 to 2100-12-31/);
  });

  it('says which dates it knows', () => {
    const range = expect.objectContaining({ code: 'CALENDAR_RANGE' });
    expect(() => XNYS.isSession(date('1989-12-29'))).toThrow(range);
    expect(() => XNYS.isEarlyClose(date('2101-01-03'))).toThrow('expected a date within 1990-01-01 to 2100-12-31, found "2101-01-03" in the calendar XNYS');
    expect(() => XNYS.previous(date('1990-01-02'))).toThrow(range);
    expect(() => XNYS.onOrBefore(date('1990-01-01'))).toThrow(range);
    expect(() => XNYS.sessions(date('1980-01-01'), date('1995-01-01'))).toThrow(range);
    expect(() => XNYS.sessionDays(0.5, 9000)).toThrow(range);
    expect(() => XNYS.count('nonsense' as IsoDate, date('1995-01-01'))).toThrow(range);
  });

  it('refuses to shift a date that is no session, naming its neighbours', () => {
    expect(() => XNYS.shift(date('2025-07-04'), 1)).toThrow(expect.objectContaining({ name: 'InvariantError', code: 'NOT_A_SESSION' }));
    expect(() => XNYS.shift(date('2025-07-04'), 1)).toThrow(/previous session 2025-07-03, next session 2025-07-07/);
    expect(() => XNYS.shift(date('2025-07-03'), 0.5)).toThrow(/whole number of sessions, found 0.5/);
  });
});

describe('requireSession', () => {
  it('passes a session on', () => {
    expect(requireSession(date('2025-07-03'), '--as-of')).toBe('2025-07-03');
  });

  it('names the place and the sessions beside a date that is none', () => {
    expect(() => requireSession(date('2025-07-05'), '--as-of')).toThrow(
      'expected a session of XNYS, found "2025-07-05" in --as-of (previous session 2025-07-03, next session 2025-07-07)',
    );
  });

  it('says when there is no session before', () => {
    expect(() => requireSession(date('1990-01-01'), 'start')).toThrow(
      expect.objectContaining({ code: 'NOT_A_SESSION', fields: expect.objectContaining({ previous: null, next: '1990-01-02' }) }),
    );
  });
});

/** Gauss's method with the constants of 1900 to 2199 (M = 24, N = 5 until 2099; M = 24, N = 6 in 2100). */
function easterByGauss(year: number): string {
  const [a, b, c] = [year % 19, year % 4, year % 7];
  const d = (19 * a + 24) % 30;
  const e = (2 * b + 4 * c + 6 * d + (year < 2100 ? 5 : 6)) % 7;
  let march = 22 + d + e;
  if (d === 29 && e === 6) march -= 7;
  if (d === 28 && e === 6 && a > 10) march -= 7;
  return march <= 31 ? `${year}-03-${march}` : `${year}-04-${String(march - 31).padStart(2, '0')}`;
}
