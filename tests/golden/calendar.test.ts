import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { XNYS } from '../../src/core/calendar.js';
import { type IsoDate, fromEpochDay, toEpochDay, weekday } from '../../src/core/dates.js';
import { goldenFolder, printSkipReason } from './folder.js';

interface Golden {
  readonly first_session: IsoDate;
  readonly last_session: IsoDate;
  readonly session_count: number;
  readonly closed_weekdays: readonly IsoDate[];
  readonly early_closes: readonly IsoDate[];
}

const folder = goldenFolder();
printSkipReason('golden', 'XNYS against exchange_calendars');

describe.skipIf(folder === null)('XNYS against exchange_calendars', () => {
  const golden: Golden = folder === null ? (null as never) : (JSON.parse(readFileSync(join(folder, 'calendar.json'), 'utf8')) as Golden);

  it('has every session and no other', () => {
    const expected = sessionsOf(golden);
    expect(expected).toHaveLength(golden.session_count);
    expect(XNYS.sessions(golden.first_session, golden.last_session)).toEqual(expected);
    expect(XNYS.next('1990-01-01' as IsoDate)).toBe(golden.first_session);
  });

  it('has every early close and no other', () => {
    const found = XNYS.sessions(golden.first_session, golden.last_session).filter((session) => XNYS.isEarlyClose(session));
    expect(found).toEqual(golden.early_closes);
  });
});

function sessionsOf(golden: Golden): IsoDate[] {
  const closed = new Set(golden.closed_weekdays);
  const sessions: IsoDate[] = [];
  for (let day = toEpochDay(golden.first_session); day <= toEpochDay(golden.last_session); day++) {
    const date = fromEpochDay(day);
    if (weekday(day) < 5 && !closed.has(date)) sessions.push(date);
  }
  return sessions;
}
