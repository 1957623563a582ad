import { XNYS } from '../../core/calendar.js';
import { isoDate, toEpochDay, type EpochDay } from '../../core/dates.js';
import { SPECIAL_CLOSURES } from '../../core/holidays.js';

/** Weekdays on which the exchange stayed closed for a reason that no rule foretells: who counts sessions to come counts these too. */
const UNFORESEEN_CLOSURES: readonly EpochDay[] = Object.keys(SPECIAL_CLOSURES).map((date) => toEpochDay(isoDate(date)));

/** What the calendar knows. */
const FIRST = toEpochDay(isoDate('1990-01-01'));
const LAST = toEpochDay(isoDate('2100-12-31'));

interface Counts {
  /** [day − FIRST] sessions from the first day to this one. */
  readonly held: Int32Array;
  /** The same with the closures that nobody foresaw counted as sessions. */
  readonly foreseen: Int32Array;
}

let counted: Counts | undefined;

/** Counted once: features ask millions of times. */
function counts(): Counts {
  return (counted ??= { held: cumulative([...XNYS.sessionDays(FIRST, LAST)]), foreseen: cumulative([...XNYS.sessionDays(FIRST, LAST), ...UNFORESEEN_CLOSURES]) });
}

function cumulative(days: readonly EpochDay[]): Int32Array {
  const result = new Int32Array(LAST - FIRST + 1);
  for (const day of days) result[day - FIRST] = 1;
  for (let i = 1; i < result.length; i++) result[i] += result[i - 1];
  return result;
}

const at = (table: Int32Array, day: EpochDay): number => (day < FIRST ? 0 : table[Math.min(day, LAST) - FIRST]);

/** Sessions to be expected after `today` up to and including `day`; 0 when it is not later. */
export function sessionsToCome(today: EpochDay, day: EpochDay): number {
  const { foreseen } = counts();
  return Math.max(0, at(foreseen, day) - at(foreseen, today));
}

/** Sessions held after `day` up to and including `today`; 0 when it is not earlier. */
export function sessionsPassed(day: EpochDay, today: EpochDay): number {
  const { held } = counts();
  return Math.max(0, at(held, today) - at(held, day));
}

/** Whether a session was to be expected on a day. */
export function isForeseen(day: EpochDay): boolean {
  const { foreseen } = counts();
  return at(foreseen, day) > at(foreseen, day - 1);
}
