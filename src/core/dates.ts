import { InvariantError } from './errors.js';

/** A calendar date as `yyyy-mm-dd`, checked. */
export type IsoDate = string & { readonly __isoDate: true };

/** Days since 1970-01-01: how dates stand in columns. */
export type EpochDay = number;

const MS_PER_DAY = 86_400_000;
const SHAPE = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Whether `text` is a date that exists, written `yyyy-mm-dd`. */
export function isIsoDate(text: unknown): text is IsoDate {
  if (typeof text !== 'string') return false;
  const match = SHAPE.exec(text);
  if (!match) return false;
  const stamp = Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]));
  return new Date(stamp).toISOString().startsWith(text);
}

/**
 * The date, checked.
 * @throws InvariantError when it is not an existing date written `yyyy-mm-dd`; `where` names the place
 */
export function isoDate(text: string, where = 'a date'): IsoDate {
  if (!isIsoDate(text)) {
    throw new InvariantError(`expected an existing date as yyyy-mm-dd, found "${text}" in ${where}`, { code: 'BAD_DATE', fields: { text, where } });
  }
  return text;
}

/** Days since 1970-01-01. */
export function toEpochDay(date: IsoDate): EpochDay {
  return Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10))) / MS_PER_DAY;
}

/** The date of a day number. */
export function fromEpochDay(day: EpochDay): IsoDate {
  if (!Number.isInteger(day)) throw new InvariantError(`expected a whole number of days since 1970-01-01, found ${day}`);
  return new Date(day * MS_PER_DAY).toISOString().slice(0, 10) as IsoDate;
}

/** Day of the week of a day number: 0 = Monday … 6 = Sunday. */
export function weekday(day: EpochDay): number {
  return (((day + 3) % 7) + 7) % 7;
}

/** The date `days` calendar days later (earlier when negative). For sessions use the calendar's `shift`. */
export function addDays(date: IsoDate, days: number): IsoDate {
  return fromEpochDay(toEpochDay(date) + days);
}
