import type { Feature } from '../feature.js';
import { afterHoliday, daysSinceLastSession, daysToNextSession, holidayEve } from './around-closures.js';
import { dayOfWeek } from './day-of-week.js';
import { earningsWindow, sessionsSinceEarnings, sessionsToEarnings } from './earnings-distance.js';
import { monthOfYear } from './month-of-year.js';
import { optionExpiryWeek, quarterlyExpiryWeek, sessionsToOptionExpiry } from './option-expiry.js';
import { sessionsSinceEnd, sessionsToEnd, turnOfMonth } from './period-end.js';

/** What the date says, and the day on which a company may be expected to report. */
export const CALENDAR: readonly Feature[] = [
  dayOfWeek('monday'),
  dayOfWeek('friday'),
  daysSinceLastSession,
  daysToNextSession,
  holidayEve,
  afterHoliday,
  monthOfYear('sine'),
  monthOfYear('cosine'),
  turnOfMonth,
  sessionsToEnd('month'),
  sessionsSinceEnd('month'),
  sessionsToEnd('quarter'),
  sessionsSinceEnd('quarter'),
  sessionsToEnd('year'),
  sessionsSinceEnd('year'),
  sessionsToOptionExpiry,
  optionExpiryWeek,
  quarterlyExpiryWeek,
  sessionsToEarnings,
  earningsWindow(5),
  sessionsSinceEarnings,
];
