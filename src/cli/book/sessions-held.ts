import { XNYS } from '../../core/calendar.js';
import type { IsoDate } from '../../core/dates.js';
import type { Position } from '../../portfolio/book.js';

/** Sessions from the open of the entry to the open after `session`, as strategies count a horizon; 0 before the entry. */
export function sessionsHeld({ entrySession }: Pick<Position, 'entrySession'>, session: IsoDate): number {
  return Math.max(0, XNYS.count(entrySession, session) + 1);
}
