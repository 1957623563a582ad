import { InvariantError } from '../../core/errors.js';
import { SESSIONS_PER_YEAR } from '../../core/sessions-per-year.js';

export interface AnnualOptions {
  /** Returns a year holds: 252 for daily ones, unless given. */
  readonly sessionsPerYear?: number;
}

/** The number of returns a year holds, checked. */
export function yearLength({ sessionsPerYear = SESSIONS_PER_YEAR }: AnnualOptions): number {
  if (!(Number.isFinite(sessionsPerYear) && sessionsPerYear > 0)) throw new InvariantError(`expected a positive number of sessions per year, found ${sessionsPerYear}`, { code: 'BAD_YEAR', fields: { sessionsPerYear } });
  return sessionsPerYear;
}
