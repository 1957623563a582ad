import { XNYS } from '../../core/calendar.js';
import { lastDecidedSession, type Clock } from '../../core/clock.js';
import type { IsoDate } from '../../core/dates.js';

/** When the last options stop trading in New York: those on broad funds and indices do so a quarter of an hour after stocks. */
const OPTIONS_CLOSE = '16:15';

/** The latest session whose options have stopped trading at `clock.now()`; on days with an early close a few hours late. */
export function lastClosedSession(clock: Clock): IsoDate {
  return lastDecidedSession(clock, XNYS, { time: OPTIONS_CLOSE });
}
