import { fromEpochDay, type EpochDay } from '../../core/dates.js';
import { InvariantError } from '../../core/errors.js';
import { checkBeside } from './checked-returns.js';

/** Compound returns of a calendar year, fractions; the first and the last year may be parts of one. */
export interface YearReturns {
  readonly year: number;
  readonly total: number;
  /** January to December; `null` for a month without sessions. */
  readonly months: readonly (number | null)[];
}

/**
 * Compound returns by calendar month and year, in the order of time; a return belongs to the session at whose close it was complete.
 *
 * @param returns   simple returns [session], fraction
 * @param sessions  epoch days [session], strictly ascending
 * @throws InvariantError `BAD_SESSIONS` where sessions are not ascending, `BAD_RETURNS` where lengths differ
 */
export function calendarReturns(returns: ArrayLike<number>, sessions: ArrayLike<EpochDay>): YearReturns[] {
  const values = checkBeside(returns, sessions.length, 'calendarReturns');
  checkAscending(sessions);
  const growth = new Map<number, (number | null)[]>();
  values.forEach((value, t) => {
    const [year, month] = fromEpochDay(sessions[t]).split('-').map(Number);
    const months = growth.get(year) ?? Array.from({ length: 12 }, () => null);
    months[month - 1] = (months[month - 1] ?? 1) * (1 + value);
    growth.set(year, months);
  });
  return [...growth].map(([year, months]) => ({ year, total: months.reduce<number>((product, factor) => product * (factor ?? 1), 1) - 1, months: months.map((factor) => (factor === null ? null : factor - 1)) }));
}

function checkAscending(sessions: ArrayLike<EpochDay>): void {
  for (let t = 1; t < sessions.length; t++) {
    if (!(sessions[t] > sessions[t - 1])) throw new InvariantError(`expected strictly ascending sessions, found ${sessions[t]} after ${sessions[t - 1]} at position ${t} in calendarReturns`, { code: 'BAD_SESSIONS', fields: { position: t } });
  }
}
