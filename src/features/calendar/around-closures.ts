import { weekday, type EpochDay } from '../../core/dates.js';
import type { MarketFeature } from '../feature.js';
import { dayFeature } from './day-feature.js';
import { isForeseen, sessionsPassed } from './session-counts.js';

/** The exchange was never closed for longer since the calendar begins. */
const LONGEST_CLOSURE = 10;
const SATURDAY = 5;

const isHoliday = (day: EpochDay): boolean => weekday(day) < SATURDAY && !isForeseen(day);

const wasHeld = (day: EpochDay): boolean => sessionsPassed(day - 1, day) === 1;

/** The first day that fits, walking by `step`; NaN when there is none near. */
function find(day: EpochDay, step: 1 | -1, fits: (day: EpochDay) => boolean): EpochDay {
  for (let i = 1; i <= LONGEST_CLOSURE; i++) if (fits(day + step * i)) return day + step * i;
  return Number.NaN;
}

const sessionBefore = (day: EpochDay): EpochDay => find(day, -1, wasHeld);
const sessionAfter = (day: EpochDay): EpochDay => find(day, 1, isForeseen);

/** Whether one of the days between two sessions, both exclusive, is a holiday. */
function holidayBetween(from: EpochDay, to: EpochDay): boolean {
  for (let day = from + 1; day < to; day++) if (isHoliday(day)) return true;
  return false;
}

export const daysSinceLastSession: MarketFeature = dayFeature({
  name: 'days-since-last-session',
  describe: 'calendar days since the session before: 1 in the week, 3 after a weekend',
  formula: 'day(t) − day(t−1)',
  unit: 'days',
  source: 'French (1980), calendar time against trading time',
  onDay: (day) => day - sessionBefore(day),
});

export const daysToNextSession: MarketFeature = dayFeature({
  name: 'days-to-next-session',
  describe: 'calendar days until the next session by the rules of the exchange: how long one cannot trade after this close',
  formula: 'day(t+1) − day(t), closures that nobody foresaw counted as sessions',
  unit: 'days',
  source: 'French (1980), calendar time against trading time',
  onDay: (day) => sessionAfter(day) - day,
});

export const holidayEve: MarketFeature = dayFeature({
  name: 'holiday-eve',
  describe: 'whether the exchange keeps a holiday between this session and the next',
  formula: '1 when a weekday between t and t+1 is a holiday, else 0',
  unit: 'flag',
  source: 'Ariel (1990), high returns before holidays',
  onDay: (day) => Number(holidayBetween(day, sessionAfter(day))),
});

export const afterHoliday: MarketFeature = dayFeature({
  name: 'after-holiday',
  describe: 'whether the exchange kept a holiday between the session before and this one',
  formula: '1 when a weekday between t−1 and t is a holiday, else 0',
  unit: 'flag',
  source: 'own definition, the day after that of Ariel (1990)',
  onDay: (day) => Number(holidayBetween(sessionBefore(day), day)),
});
