import { type Calendar, XNYS } from './calendar.js';
import { type EpochDay, type IsoDate, fromEpochDay, toEpochDay } from './dates.js';
import { ConfigError, InvariantError } from './errors.js';

/** What time it is: a parameter of everything that depends on it. */
export interface Clock {
  /** Milliseconds since 1970-01-01 UTC. */
  now(): number;
}

/** When decisions are made, on the date of the session. */
export interface DecisionOptions {
  /** Wall time `HH:MM`; default 23:30. */
  readonly time?: string;
  /** IANA time zone; default America/New_York. */
  readonly zone?: string;
}

const NEW_YORK = 'America/New_York';
const MS_PER_MINUTE = 60_000;
const MS_PER_DAY = 86_400_000;

export const systemClock: Clock = Object.freeze({ now: () => Date.now() });

/** A clock that stands still at `ms` (UTC milliseconds). */
export function fixedClock(ms: number): Clock {
  if (!Number.isFinite(ms)) throw new InvariantError(`expected UTC milliseconds, found ${ms} in fixedClock`);
  return Object.freeze({ now: () => ms });
}

/**
 * The instant, in UTC milliseconds, at which the decision for `session` is made.
 *
 * It lies after the close of the session and before the next open, in every time zone and on days when clocks change.
 * @throws ConfigError `BAD_DECISION_TIME`, `BAD_TIME_ZONE`
 */
export function decisionTime(session: IsoDate, options: DecisionOptions = {}): number {
  const { time = '23:30', zone = NEW_YORK } = options;
  const memo = memoFor(`${time} ${zone}`);
  const known = memo.get(session);
  if (known !== undefined) return known;
  const instant = instantAt(toEpochDay(session), minutesOf(time), zone);
  requireAfterClose(session, instant, `${time} ${zone}`);
  memo.set(session, instant);
  return instant;
}

/**
 * The latest session for which the decision has been made, or may be made, at `clock.now()`.
 * @throws InvariantError `CALENDAR_RANGE` when there is none
 */
export function lastDecidedSession(clock: Clock, calendar: Calendar = XNYS, options: DecisionOptions = {}): IsoDate {
  const now = clock.now();
  let session = calendar.onOrBefore(dateIn(NEW_YORK, now));
  while (decisionTime(session, options) > now) session = calendar.previous(session);
  return session;
}

/** Whether what became known at `availableAtMs` may enter the decision for `session`; never when it is NaN. */
export function isUsable(availableAtMs: number, session: IsoDate, options: DecisionOptions = {}): boolean {
  return availableAtMs <= decisionTime(session, options);
}

/** The calendar date that people in `zone` write at the instant `ms`. */
export function dateIn(zone: string, ms: number): IsoDate {
  return fromEpochDay(Math.floor(wallClock(ms, zone) / MS_PER_DAY));
}

const memos = new Map<string, Map<IsoDate, number>>();
const formats = new Map<string, Intl.DateTimeFormat>();

function memoFor(key: string): Map<IsoDate, number> {
  let memo = memos.get(key);
  if (memo === undefined) memos.set(key, (memo = new Map<IsoDate, number>()));
  return memo;
}

function minutesOf(time: string): number {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time);
  if (!match) throw badDecisionTime(`expected a time of day as HH:MM, found "${time}" as decision time`, { time });
  return Number(match[1]) * 60 + Number(match[2]);
}

/**
 * A decision before the close would see the future. That it precedes the next open needs no check: 23:59 in the last
 * time zone on earth (UTC-12) is before 08:00 of the next day in New York.
 */
function requireAfterClose(session: IsoDate, instant: number, found: string): void {
  const close = toEpochDay(session) * MS_PER_DAY + 16 * 60 * MS_PER_MINUTE;
  if (wallClock(instant, NEW_YORK) >= close) return;
  const message = `expected a decision time after the close, 16:00 in New York, found "${found}" for session ${session}`;
  throw badDecisionTime(message, { session, found });
}

function badDecisionTime(message: string, fields: Record<string, unknown>): ConfigError {
  return new ConfigError(message, { code: 'BAD_DECISION_TIME', fields });
}

/**
 * UTC milliseconds of a wall time. A time that the change to summer time skips moves forward by the gap; of a time that
 * occurs twice, the first.
 */
function instantAt(day: EpochDay, minutes: number, zone: string): number {
  const wall = day * MS_PER_DAY + minutes * MS_PER_MINUTE;
  // Clocks change at most once within two days, so one of the offsets a day before and a day after applies.
  const withEarlierOffset = wall - offsetAt(wall - MS_PER_DAY, zone);
  if (wallClock(withEarlierOffset, zone) === wall) return withEarlierOffset;
  const withLaterOffset = wall - offsetAt(wall + MS_PER_DAY, zone);
  return wallClock(withLaterOffset, zone) === wall ? withLaterOffset : withEarlierOffset;
}

function offsetAt(ms: number, zone: string): number {
  return wallClock(ms, zone) - Math.floor(ms / 1000) * 1000;
}

/** The wall time in `zone` at the instant `ms`, to the second, counted in milliseconds as if it were UTC. */
function wallClock(ms: number, zone: string): number {
  const parts: Record<string, number> = {};
  for (const { type, value } of formatFor(zone).formatToParts(ms)) parts[type] = Number(value);
  return Date.UTC(parts['year'], parts['month'] - 1, parts['day'], parts['hour'], parts['minute'], parts['second']);
}

function formatFor(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (format === undefined) formats.set(zone, (format = createFormat(zone)));
  return format;
}

function createFormat(zone: string): Intl.DateTimeFormat {
  const fields = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' } as const;
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', ...fields });
  } catch (cause) {
    throw new ConfigError(`expected an IANA time zone such as "${NEW_YORK}", found "${zone}"`, { code: 'BAD_TIME_ZONE', fields: { zone }, cause });
  }
}
