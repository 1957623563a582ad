import { addDays, fromEpochDay, isoDate, toEpochDay, type EpochDay } from '../../core/dates.js';

/** Years of 52 or 53 weeks end up to a week into the next month. */
const WEEK = 7;

const monthOf = (day: EpochDay): number => {
  const date = fromEpochDay(day);
  return Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7));
};

/** The month that a fiscal period ends with, months counted through (`year * 12 + month`): 3 April 2010 ends March 2010. */
export function fiscalMonthOfDay(end: EpochDay): number {
  return monthOf(end - WEEK);
}

/** Last day of a month counted through. */
export function dayOfFiscalMonth(month: number): EpochDay {
  const next = `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}-01`;
  return toEpochDay(addDays(isoDate(next), -1));
}

/** Hardly any company files sooner after the end of a quarter. */
const SOONEST_FILING = 15;

/** The newest calendar quarter (by its last month) that had ended when a filing came. */
const quarterBefore = (knownFrom: EpochDay): number => Math.floor((monthOf(knownFrom - SOONEST_FILING + 1) - 1) / 3) * 3;

/**
 * Names the fiscal quarters of one company and source by days, filing by filing.
 *
 * Sources that only say "Q1 2019" do not tell when that quarter ended, and fiscal years begin in any month. A quarter is
 * named by the end of the calendar quarter before its first filing, and the quarters after it by the same distance between label
 * and calendar. Where that would be later than the filing, or more than a quarter older than the newest ended, the label is
 * wrong, the company moved its fiscal year, or another one took the symbol: the filing counts anew.
 * It is a name, up to two months before the true end, always before the filing, and it looks at earlier filings only.
 *
 * @returns the day by fiscal month (`fiscal year * 12 + fiscal quarter * 3`); call it in the order of filings
 */
export function fiscalQuarterNames(): (month: number, knownFrom: EpochDay) => EpochDay {
  const names = new Map<number, EpochDay>();
  let shift: number | null = null;
  return (month, knownFrom) => {
    const named = names.get(month);
    if (named !== undefined) return named;
    const newest = quarterBefore(knownFrom);
    if (shift === null || month + shift > newest || month + shift < newest - 3) shift = newest - month;
    const name = dayOfFiscalMonth(month + shift);
    names.set(month, name);
    return name;
  };
}
