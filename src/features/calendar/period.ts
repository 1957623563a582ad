import { fromEpochDay, isoDate, toEpochDay, type EpochDay } from '../../core/dates.js';

/** Months of a period; periods begin in January. */
export const PERIOD_MONTHS = { month: 1, quarter: 3, year: 12 } as const;

export type Period = keyof typeof PERIOD_MONTHS;

/** Months counted through, `year * 12 + month`, January 0. */
export function monthOf(day: EpochDay): number {
  const date = fromEpochDay(day);
  return Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1;
}

export function firstDayOf(month: number): EpochDay {
  return toEpochDay(isoDate(`${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}-01`));
}

/** First and last calendar day of the period that holds a day. */
export function boundsOf(period: Period, day: EpochDay): { readonly first: EpochDay; readonly last: EpochDay } {
  const months = PERIOD_MONTHS[period];
  const start = Math.floor(monthOf(day) / months) * months;
  return { first: firstDayOf(start), last: firstDayOf(start + months) - 1 };
}
