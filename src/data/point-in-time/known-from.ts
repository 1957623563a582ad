import { XNYS } from '../../core/calendar.js';
import { dateIn, decisionTime } from '../../core/clock.js';
import { fromEpochDay, isoDate, toEpochDay, type EpochDay, type IsoDate } from '../../core/dates.js';

/** The calendar begins here: what was known earlier counts from its first session. */
const CALENDAR_START = isoDate('1990-01-01');

const sessionFrom = (date: IsoDate): IsoDate => XNYS.onOrAfter(date < CALENDAR_START ? CALENDAR_START : date);

const byInstant = new Map<number, EpochDay>();

/** First session at whose decision time (23:30 New York) what became public at an instant (UTC milliseconds) was known. */
export function knownFromInstant(ms: number): EpochDay {
  const known = byInstant.get(ms);
  if (known !== undefined) return known;
  const session = sessionFrom(dateIn('America/New_York', ms));
  const day = toEpochDay(decisionTime(session) >= ms ? session : XNYS.next(session));
  byInstant.set(ms, day);
  return day;
}

/**
 * First session at whose decision time results reported on a day were known: its own when the source says before the open
 * or after the close, since both precede 23:30; else the next one, as for any bare date.
 */
export function knownFromReport(day: EpochDay, timeIsKnown: boolean): EpochDay {
  return sessionOnOrAfter(timeIsKnown ? day : day + 1);
}

const byDay = new Map<EpochDay, EpochDay>();

function sessionOnOrAfter(day: EpochDay): EpochDay {
  const known = byDay.get(day);
  if (known !== undefined) return known;
  const session = toEpochDay(sessionFrom(fromEpochDay(day)));
  byDay.set(day, session);
  return session;
}
