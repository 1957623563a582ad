import { XNYS } from '../../core/calendar.js';
import { fromEpochDay, toEpochDay, type EpochDay } from '../../core/dates.js';

const FRIDAY = 5;

/** Third Friday of the month that holds the day, the session before it where the exchange is closed, or that of the next month once it has come: where most contracts expire. */
export function nextMonthlyExpiry(session: EpochDay): EpochDay {
  const date = new Date(session * 86_400_000);
  const own = monthlyExpiry(date.getUTCFullYear(), date.getUTCMonth());
  return own > session ? own : monthlyExpiry(date.getUTCFullYear(), date.getUTCMonth() + 1);
}

function monthlyExpiry(year: number, month: number): EpochDay {
  const first = Date.UTC(year, month, 1) / 86_400_000;
  const weekday = (((first + 4) % 7) + 7) % 7; // epoch day 0 was a Thursday
  return toEpochDay(XNYS.onOrBefore(fromEpochDay(first + ((FRIDAY - weekday + 7) % 7) + 14)));
}
