import { type EpochDay, type IsoDate, fromEpochDay, weekday } from './dates.js';
import { InvariantError } from './errors.js';
import type { ExchangeYear } from './holidays.js';

const FIRST_YEAR = 1990;
const LAST_YEAR = 2100;

/** The sessions from 1990 to 2100 by rank and by day, learned year by year as later days are asked for. */
export class SessionTable {
  readonly #name: string;
  readonly #yearOf: (year: number) => ExchangeYear;
  readonly #firstDay = dayOfYear(FIRST_YEAR);
  readonly #lastDay = dayOfYear(LAST_YEAR + 1) - 1;
  /** [calendar day] sessions on or before it, counted from the first day. */
  readonly #through = new Uint16Array(this.#lastDay - this.#firstDay + 1);
  /** [session] its day number. */
  readonly #days = new Int32Array(this.#through.length);
  readonly #dates: IsoDate[] = [];
  readonly #earlyCloses = new Set<EpochDay>();
  #sessionCount = 0;
  #knownYears = 0;
  #knownThrough = this.#firstDay - 1;

  constructor(name: string, yearOf: (year: number) => ExchangeYear) {
    this.#name = name;
    this.#yearOf = yearOf;
  }

  /** Sessions from the first day to `day`; learns the years on the way. */
  through(day: EpochDay, found: string | number): number {
    if (!(Number.isInteger(day) && day >= this.#firstDay && day <= this.#lastDay)) throw this.#outside(found);
    while (day > this.#knownThrough) this.#learnYear();
    return this.#through[day - this.#firstDay];
  }

  /** Sessions before `day`, which is the rank of the session on `day` if there is one. */
  before(day: EpochDay, found: string | number): number {
    this.through(day, found);
    return day === this.#firstDay ? 0 : this.#through[day - this.#firstDay - 1];
  }

  isSession(day: EpochDay, found: string | number): boolean {
    return this.through(day, found) > this.before(day, found);
  }

  isEarlyClose(day: EpochDay, found: string | number): boolean {
    this.through(day, found);
    return this.#earlyCloses.has(day);
  }

  /** The date of the session with this rank; 0 is the first one. */
  dateAt(rank: number): IsoDate {
    while (rank >= this.#sessionCount && this.#knownThrough < this.#lastDay) this.#learnYear();
    if (rank < 0 || rank >= this.#sessionCount) {
      throw this.#outside(rank < 0 ? 'a session before the first' : 'a session after the last');
    }
    return (this.#dates[rank] ??= fromEpochDay(this.#days[rank]));
  }

  days(startDay: EpochDay, endDay: EpochDay): Int32Array {
    const end = this.through(endDay, endDay);
    const start = this.before(startDay, startDay);
    return this.#days.slice(start, Math.max(start, end));
  }

  #learnYear(): void {
    const year = FIRST_YEAR + this.#knownYears;
    const { closures, earlyCloses } = this.#yearOf(year);
    for (let day = dayOfYear(year); day < dayOfYear(year + 1); day++) {
      if (weekday(day) < 5 && !closures.has(day)) this.#days[this.#sessionCount++] = day;
      this.#through[day - this.#firstDay] = this.#sessionCount;
    }
    for (const day of earlyCloses) this.#earlyCloses.add(day);
    this.#knownYears += 1;
    this.#knownThrough = dayOfYear(year + 1) - 1;
  }

  #outside(found: string | number): InvariantError {
    const range = `${fromEpochDay(this.#firstDay)} to ${fromEpochDay(this.#lastDay)}`;
    return new InvariantError(`expected a date within ${range}, found "${found}" in the calendar ${this.#name}`, {
      code: 'CALENDAR_RANGE',
      fields: { found, calendar: this.#name },
    });
  }
}

function dayOfYear(year: number): EpochDay {
  return Date.UTC(year, 0, 1) / 86_400_000;
}
