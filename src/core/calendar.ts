import { type EpochDay, type IsoDate, toEpochDay } from './dates.js';
import { InvariantError } from './errors.js';
import { type ExchangeYear, exchangeYear } from './holidays.js';
import { SessionTable } from './session-table.js';

/**
 * The sessions of an exchange: the unit of time of everything else.
 *
 * Every method throws `InvariantError` with code `CALENDAR_RANGE` for a date, or an answer, outside the years it knows.
 */
export interface Calendar {
  readonly name: string;
  isSession(date: IsoDate): boolean;
  /** Whether `date` is a session that ends before 16:00 New York time. */
  isEarlyClose(date: IsoDate): boolean;
  /** Sessions from `start` to `end`, both inclusive; none when `start` is after `end`. */
  sessions(start: IsoDate, end: IsoDate): readonly IsoDate[];
  /** The same as day numbers, [session], a copy that the caller may keep. */
  sessionDays(startDay: EpochDay, endDay: EpochDay): Int32Array;
  /** The session `n` sessions later (earlier when negative). Throws `NOT_A_SESSION` when `date` is none. */
  shift(date: IsoDate, n: number): IsoDate;
  /** First session strictly after any date. */
  next(date: IsoDate): IsoDate;
  /** Last session strictly before any date. */
  previous(date: IsoDate): IsoDate;
  onOrBefore(date: IsoDate): IsoDate;
  onOrAfter(date: IsoDate): IsoDate;
  /** Sessions in (start, end], negative when `end` is before `start`: `count(d, shift(d, n)) === n`. */
  count(start: IsoDate, end: IsoDate): number;
}

/** New York Stock Exchange, 1990 to 2100. Sessions and early closes to come follow the rules in force now. */
export const XNYS: Calendar = createCalendar('XNYS', exchangeYear);

/**
 * `date`, when it is a session.
 * @throws InvariantError `NOT_A_SESSION`, naming `where` and the sessions beside it
 */
export function requireSession(date: IsoDate, where: string, calendar: Calendar = XNYS): IsoDate {
  if (calendar.isSession(date)) return date;
  throw notASession(date, where, calendar);
}

function notASession(date: IsoDate, where: string, calendar: Calendar): InvariantError {
  const previous = neighbour(() => calendar.previous(date));
  const next = neighbour(() => calendar.next(date));
  const beside = `previous session ${previous ?? 'none'}, next session ${next ?? 'none'}`;
  return new InvariantError(`expected a session of ${calendar.name}, found "${date}" in ${where} (${beside})`, {
    code: 'NOT_A_SESSION',
    fields: { date, where, calendar: calendar.name, previous, next },
  });
}

/** At the ends of the calendar a date has one neighbour only. */
function neighbour(find: () => IsoDate): IsoDate | null {
  try {
    return find();
  } catch (error) {
    if (error instanceof InvariantError && error.code === 'CALENDAR_RANGE') return null;
    throw error;
  }
}

/** A calendar over tables that grow year by year as later dates are asked for, so that every answer is a look-up. */
function createCalendar(name: string, yearOf: (year: number) => ExchangeYear): Calendar {
  const table = new SessionTable(name, yearOf);
  const at = (rank: number) => table.dateAt(rank);
  const through = (date: IsoDate) => table.through(toEpochDay(date), date);
  const before = (date: IsoDate) => table.before(toEpochDay(date), date);
  const calendar: Calendar = {
    name,
    isSession: (date) => table.isSession(toEpochDay(date), date),
    isEarlyClose: (date) => table.isEarlyClose(toEpochDay(date), date),
    sessions: (start, end) => {
      const first = before(start);
      return Array.from({ length: Math.max(0, through(end) - first) }, (_, index) => at(first + index));
    },
    sessionDays: (startDay, endDay) => table.days(startDay, endDay),
    shift: (date, n) => {
      if (!Number.isInteger(n)) throw new InvariantError(`expected a whole number of sessions, found ${n} in shift of ${name}`);
      return at(through(requireSession(date, `shift of ${name}`, calendar)) - 1 + n);
    },
    next: (date) => at(through(date)),
    previous: (date) => at(before(date) - 1),
    onOrBefore: (date) => at(through(date) - 1),
    onOrAfter: (date) => at(before(date)),
    count: (start, end) => through(end) - through(start),
  };
  return Object.freeze(calendar);
}
