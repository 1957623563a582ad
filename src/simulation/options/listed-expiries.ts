import { XNYS } from '../../core/calendar.js';
import { fromEpochDay, toEpochDay, type EpochDay } from '../../core/dates.js';

/** An expiry and the sessions, first and last, in which it is listed. */
export interface ListedExpiry {
  readonly expiry: EpochDay;
  readonly from: number;
  readonly to: number;
}

/** Calendar days before the Friday from which on an expiry is listed: weekly ones, monthly ones, and those of March, June, September and December. */
const [WEEKLY, MONTHLY, QUARTERLY] = [42, 92, 366];

/** Calendar days within which every expiry has been listed. */
export const LONGEST_LISTED = QUARTERLY;

const FRIDAY_OFFSET = 1; // epoch day 1 was a Friday

/**
 * Expiries of options as they are listed: every Friday within six weeks, third Fridays within three months, those of quarters within a year; the
 * session before where the exchange is closed. By expiry, those that are listed in one of the sessions.
 */
export function listedExpiries(sessions: Int32Array): ListedExpiry[] {
  const [first, last] = [sessions[0], sessions[sessions.length - 1]];
  const listed: ListedExpiry[] = [];
  for (let friday = first + mod(FRIDAY_OFFSET - first, 7); friday <= last + QUARTERLY; friday += 7) {
    const from = sessions.findIndex((day) => day >= friday - reachOf(friday));
    const expiry = toEpochDay(XNYS.onOrBefore(fromEpochDay(friday)));
    if (from < 0 || expiry < sessions[from]) continue;
    const after = sessions.findIndex((day) => day > expiry);
    listed.push({ expiry, from, to: (after < 0 ? sessions.length : after) - 1 });
  }
  return listed;
}

function reachOf(friday: EpochDay): number {
  const [month, day] = fromEpochDay(friday).split('-').slice(1).map(Number);
  if (day < 15 || day > 21) return WEEKLY;
  return month % 3 === 0 ? QUARTERLY : MONTHLY;
}

const mod = (value: number, by: number): number => ((value % by) + by) % by;
