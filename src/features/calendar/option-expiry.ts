import { XNYS } from '../../core/calendar.js';
import { fromEpochDay, toEpochDay, weekday, type EpochDay } from '../../core/dates.js';
import type { MarketFeature } from '../feature.js';
import { dayFeature } from './day-feature.js';
import { firstDayOf, monthOf } from './period.js';
import { sessionsToCome } from './session-counts.js';

const FRIDAY = 4;

/** Last trading day of the monthly options: the third Friday of the month, the session before it when the exchange is closed. */
export function optionExpiry(month: number): EpochDay {
  const first = firstDayOf(month);
  const thirdFriday = first + ((FRIDAY - weekday(first) + 7) % 7) + 14;
  return toEpochDay(XNYS.onOrBefore(fromEpochDay(thirdFriday)));
}

/** The expiry of this month, or of the next once it has passed. */
function nextExpiry(day: EpochDay): { readonly month: number; readonly expiry: EpochDay } {
  const month = monthOf(day);
  const expiry = optionExpiry(month);
  return expiry >= day ? { month, expiry } : { month: month + 1, expiry: optionExpiry(month + 1) };
}

/** Whether a day lies in the calendar week of an expiry, up to the expiry itself. */
const inExpiryWeek = (day: EpochDay): boolean => nextExpiry(day).expiry <= day - weekday(day) + FRIDAY;

const SOURCE = 'Stoll and Whaley (1987), expiration days; third Friday by the rules of the options exchanges';

export const sessionsToOptionExpiry: MarketFeature = dayFeature({
  name: 'sessions-to-option-expiry',
  describe: 'sessions until the next monthly option expiry, 0 on its day',
  formula: 'sessions in (t, third Friday], the session before it when the exchange is closed',
  unit: 'sessions',
  source: SOURCE,
  onDay: (day) => sessionsToCome(day, nextExpiry(day).expiry),
});

export const optionExpiryWeek: MarketFeature = dayFeature({
  name: 'option-expiry-week',
  describe: 'whether monthly options expire in this week, on this day or later',
  formula: '1 when week(expiry) = week(t) and t ≤ expiry, else 0',
  unit: 'flag',
  source: SOURCE,
  onDay: (day) => Number(inExpiryWeek(day)),
});

export const quarterlyExpiryWeek: MarketFeature = dayFeature({
  name: 'quarterly-expiry-week',
  describe: 'whether options and index futures expire together in this week (March, June, September, December), on this day or later',
  formula: 'option-expiry-week in the last month of a quarter',
  unit: 'flag',
  source: SOURCE,
  onDay: (day) => Number(inExpiryWeek(day) && nextExpiry(day).month % 3 === 2),
});
