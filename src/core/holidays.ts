import { type EpochDay, type IsoDate, toEpochDay, weekday } from './dates.js';

/** What closes or shortens the trading days of one year at the New York Stock Exchange. */
export interface ExchangeYear {
  /** Weekdays without trading. */
  readonly closures: ReadonlySet<EpochDay>;
  /** Sessions that end before 16:00 New York time. */
  readonly earlyCloses: ReadonlySet<EpochDay>;
}

const MONDAY = 0;
const THURSDAY = 3;
const FRIDAY = 4;
const SATURDAY = 5;
const SUNDAY = 6;

/** Closures that no rule foretells: the calendar knows them, the days before did not. */
export const SPECIAL_CLOSURES: Readonly<Record<string, string>> = {
  '1994-04-27': 'funeral of Richard Nixon',
  '2001-09-11': 'attack on the World Trade Center',
  '2001-09-12': 'attack on the World Trade Center',
  '2001-09-13': 'attack on the World Trade Center',
  '2001-09-14': 'attack on the World Trade Center',
  '2004-06-11': 'funeral of Ronald Reagan',
  '2007-01-02': 'funeral of Gerald Ford',
  '2012-10-29': 'hurricane Sandy',
  '2012-10-30': 'hurricane Sandy',
  '2018-12-05': 'funeral of George H. W. Bush',
  '2025-01-09': 'funeral of Jimmy Carter',
};

/** Early closes that no rule foretells: two Fridays after Christmas, and the eve of the year 2000. */
const SPECIAL_EARLY_CLOSES: readonly string[] = ['1997-12-26', '1999-12-31', '2003-12-26'];

/**
 * Closures and early closes of the New York Stock Exchange in `year`, 1990 to 2100.
 *
 * Past years hold what happened; years to come follow the rules in force now.
 * @see NYSE, "Holidays & Trading Hours"
 */
export function exchangeYear(year: number): ExchangeYear {
  const closures = new Set<EpochDay>([...regularHolidays(year), ...ofYear(Object.keys(SPECIAL_CLOSURES), year)]);
  const candidates = [...regularEarlyCloses(year), ...ofYear(SPECIAL_EARLY_CLOSES, year)];
  // The eve of a holiday may itself be the day on which that holiday is observed.
  const earlyCloses = new Set(candidates.filter((day) => weekday(day) < SATURDAY && !closures.has(day)));
  return { closures, earlyCloses };
}

/** Sunday of Easter in the Gregorian calendar (Meeus, Jones and Butcher, 1876). */
export function easterSunday(year: number): EpochDay {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const inCentury = year % 100;
  const lunarShift = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const epact = (19 * golden + century - Math.floor(century / 4) - lunarShift + 15) % 30;
  const toSunday = (32 + 2 * (century % 4) + 2 * Math.floor(inCentury / 4) - epact - (inCentury % 4)) % 7;
  const correction = Math.floor((golden + 11 * epact + 22 * toSunday) / 451);
  const fromMarch = epact + toSunday - 7 * correction + 114;
  return dayOf(year, Math.floor(fromMarch / 31), (fromMarch % 31) + 1);
}

function regularHolidays(year: number): EpochDay[] {
  const days = [
    ...newYearsDay(year),
    nthWeekday(year, 2, MONDAY, 3), // Washington's Birthday
    easterSunday(year) - 2, // Good Friday
    lastMonday(year, 5), // Memorial Day
    observed(dayOf(year, 7, 4)), // Independence Day
    nthWeekday(year, 9, MONDAY, 1), // Labor Day
    nthWeekday(year, 11, THURSDAY, 4), // Thanksgiving
    observed(dayOf(year, 12, 25)), // Christmas
  ];
  if (year >= 1998) days.push(nthWeekday(year, 1, MONDAY, 3)); // Martin Luther King Jr. Day
  if (year >= 2022) days.push(observed(dayOf(year, 6, 19))); // Juneteenth
  return days;
}

/** A New Year's Day on a Saturday is not made up for: the Friday ends the accounting year and trades. */
function newYearsDay(year: number): EpochDay[] {
  const day = dayOf(year, 1, 1);
  return weekday(day) === SATURDAY ? [] : [observed(day)];
}

function regularEarlyCloses(year: number): EpochDay[] {
  const days = [dayOf(year, 12, 24)];
  if (year >= 1992) days.push(nthWeekday(year, 11, THURSDAY, 4) + 1);
  if (year >= 1995) days.push(...aroundIndependenceDay(year));
  return days;
}

/** The eve of July 4; until 2012 the Friday after it when July 4 was a Thursday. None when July 4 is made up for. */
function aroundIndependenceDay(year: number): EpochDay[] {
  const holiday = dayOf(year, 7, 4);
  const day = weekday(holiday);
  if (day === SATURDAY || day === SUNDAY || day === MONDAY) return [];
  return [day === THURSDAY && year < 2013 ? holiday + 1 : holiday - 1];
}

/** Saturday holidays are kept on the Friday before, Sunday holidays on the Monday after. */
function observed(holiday: EpochDay): EpochDay {
  const day = weekday(holiday);
  if (day === SATURDAY) return holiday - (SATURDAY - FRIDAY);
  return day === SUNDAY ? holiday + 1 : holiday;
}

function nthWeekday(year: number, month: number, day: number, n: number): EpochDay {
  const first = dayOf(year, month, 1);
  return first + ((day - weekday(first) + 7) % 7) + 7 * (n - 1);
}

function lastMonday(year: number, month: number): EpochDay {
  const last = dayOf(year, month + 1, 1) - 1;
  return last - weekday(last);
}

function ofYear(dates: readonly string[], year: number): EpochDay[] {
  return dates.filter((date) => date.startsWith(`${year}-`)).map((date) => toEpochDay(date as IsoDate));
}

function dayOf(year: number, month: number, day: number): EpochDay {
  return Date.UTC(year, month - 1, day) / 86_400_000;
}
