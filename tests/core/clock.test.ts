import { describe, expect, it } from 'vitest';
import { XNYS } from '../../src/core/calendar.js';
import { dateIn, decisionTime, fixedClock, isUsable, lastDecidedSession, systemClock } from '../../src/core/clock.js';
import { isoDate } from '../../src/core/dates.js';

const date = (text: string) => isoDate(text);
const utc = (text: string) => Date.parse(text);

describe('decisionTime', () => {
  it.each([
    ['2024-03-08', '2024-03-09T04:30:00Z'], // winter time
    ['2024-03-11', '2024-03-12T03:30:00Z'], // summer time since Sunday
    ['2024-11-01', '2024-11-02T03:30:00Z'],
    ['2024-11-04', '2024-11-05T04:30:00Z'],
    ['1990-04-02', '1990-04-03T03:30:00Z'], // summer time began in April until 2006
    ['2006-10-30', '2006-10-31T04:30:00Z'],
    ['2007-10-31', '2007-11-01T03:30:00Z'], // and ends in November since 2007
  ])('is 23:30 in New York on %s', (session, expected) => {
    expect(new Date(decisionTime(date(session))).toISOString()).toBe(new Date(utc(expected)).toISOString());
  });

  it('reads 23:30 on the date of the session, in every session of thirty years', () => {
    const format = new Intl.DateTimeFormat('sv-SE', { timeZone: 'America/New_York', dateStyle: 'short', timeStyle: 'short' });
    for (const session of XNYS.sessions(date('1996-01-01'), date('2026-12-31'))) {
      expect(format.format(decisionTime(session))).toBe(`${session} 23:30`);
    }
  });

  it('takes another time and zone', () => {
    expect(decisionTime(date('2024-07-01'), { time: '17:15' })).toBe(utc('2024-07-01T21:15:00Z'));
    expect(decisionTime(date('2024-07-01'), { time: '22:00', zone: 'Europe/London' })).toBe(utc('2024-07-01T21:00:00Z'));
    expect(decisionTime(date('2024-07-01'), { time: '23:30', zone: 'UTC' })).toBe(utc('2024-07-01T23:30:00Z'));
  });

  it('rejects a time before the close, which would see the future', () => {
    const rejected = expect.objectContaining({ name: 'ConfigError', code: 'BAD_DECISION_TIME' });
    expect(() => decisionTime(date('2024-07-01'), { time: '15:59' })).toThrow(rejected);
    expect(() => decisionTime(date('2024-07-01'), { time: '23:30', zone: 'Asia/Tokyo' })).toThrow(rejected);
    expect(() => decisionTime(date('2024-07-01'), { time: '16:00' })).not.toThrow();
  });

  it('is before the next open in the last time zone on earth', () => {
    for (const session of XNYS.sessions(date('2023-01-01'), date('2023-12-31'))) {
      const nextOpen = utc(`${XNYS.next(session)}T13:30:00Z`); // 09:30 in summer, earlier than in winter
      expect(decisionTime(session, { time: '23:59', zone: 'Etc/GMT+12' })).toBeLessThan(nextOpen);
    }
  });

  it('rejects what is no time of day or no zone', () => {
    for (const time of ['24:00', '23:60', '9:30', '2330', '']) expect(() => decisionTime(date('2024-07-01'), { time })).toThrow(`found "${time}"`);
    expect(() => decisionTime(date('2024-07-01'), { zone: 'New York' })).toThrow(expect.objectContaining({ code: 'BAD_TIME_ZONE' }));
  });
});

describe('lastDecidedSession', () => {
  it('is the day before until 23:30, and the day from 23:30 on', () => {
    const decided = decisionTime(date('2024-07-02'));
    expect(lastDecidedSession(fixedClock(decided - 1))).toBe('2024-07-01');
    expect(lastDecidedSession(fixedClock(decided))).toBe('2024-07-02');
    expect(lastDecidedSession(fixedClock(decided + 1))).toBe('2024-07-02');
  });

  it('stays on the last session over a weekend and a holiday', () => {
    expect(lastDecidedSession(fixedClock(utc('2024-07-05T03:00:00Z')))).toBe('2024-07-03');
    expect(lastDecidedSession(fixedClock(utc('2024-07-08T15:00:00Z')))).toBe('2024-07-05');
  });

  it('follows another decision time', () => {
    const clock = fixedClock(utc('2024-07-02T22:00:00Z')); // 18:00 in New York
    expect(lastDecidedSession(clock, XNYS, { time: '17:00' })).toBe('2024-07-02');
    expect(lastDecidedSession(clock, XNYS, { time: '19:00' })).toBe('2024-07-01');
  });

  it('never names a session whose decision lies ahead, and never skips one', () => {
    for (let now = utc('2024-10-28T00:17:00Z'); now < utc('2024-11-12T00:00:00Z'); now += 37 * 60_000) {
      const session = lastDecidedSession(fixedClock(now));
      expect(decisionTime(session)).toBeLessThanOrEqual(now);
      expect(decisionTime(XNYS.next(session))).toBeGreaterThan(now);
    }
  });
});

describe('isUsable', () => {
  it('includes the decision time itself and nothing after it', () => {
    const decided = decisionTime(date('2024-07-02'));
    expect(isUsable(decided, date('2024-07-02'))).toBe(true);
    expect(isUsable(decided + 1, date('2024-07-02'))).toBe(false);
    expect(isUsable(decided + 1, date('2024-07-03'))).toBe(true);
  });

  it('is false for an unknown time', () => {
    expect(isUsable(NaN, date('2024-07-02'))).toBe(false);
  });
});

describe('clocks', () => {
  it('stand still or follow the system', () => {
    expect(fixedClock(5).now()).toBe(5);
    expect(() => fixedClock(NaN)).toThrow(/NaN/);
    const before = Date.now();
    const now = systemClock.now();
    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(Date.now());
  });

  it('know the date in a zone', () => {
    expect(dateIn('America/New_York', utc('2024-07-02T03:59:59.999Z'))).toBe('2024-07-01');
    expect(dateIn('America/New_York', utc('2024-07-02T04:00:00Z'))).toBe('2024-07-02');
  });
});
