import type { EpochDay } from '../../core/dates.js';

const FRIDAY = 5;

/** Third Friday of the month that holds the day, or of the next month once it has come: where most contracts expire. */
export function nextMonthlyExpiry(session: EpochDay): EpochDay {
  const date = new Date(session * 86_400_000);
  const own = thirdFriday(date.getUTCFullYear(), date.getUTCMonth());
  return own > session ? own : thirdFriday(date.getUTCFullYear(), date.getUTCMonth() + 1);
}

function thirdFriday(year: number, month: number): EpochDay {
  const first = Date.UTC(year, month, 1) / 86_400_000;
  const weekday = (((first + 4) % 7) + 7) % 7; // epoch day 0 was a Thursday
  return first + ((FRIDAY - weekday + 7) % 7) + 14;
}
