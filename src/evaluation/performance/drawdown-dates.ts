import { fromEpochDay, type EpochDay, type IsoDate } from '../../core/dates.js';
import { InvariantError } from '../../core/errors.js';
import type { Drawdown } from './drawdown.js';

/** A fall from a high and the way back, with the sessions at whose closes they were reached. */
export interface DatedDrawdown extends Drawdown {
  readonly peakSession: IsoDate;
  readonly troughSession: IsoDate;
  /** `null` while the high was not reached again. */
  readonly recoverySession: IsoDate | null;
}

/**
 * Drawdowns with their dates.
 *
 * @param sessions  epoch days of the equity curve, one more than returns: position 0 is the session before the first return
 * @throws InvariantError `BAD_SESSIONS` where a drawdown reaches beyond the sessions
 */
export function dateDrawdowns(drawdowns: readonly Drawdown[], sessions: ArrayLike<EpochDay>): DatedDrawdown[] {
  const dateOf = (position: number): IsoDate => {
    if (position < sessions.length) return fromEpochDay(sessions[position]);
    throw new InvariantError(`expected a session at each position of the equity curve, found ${sessions.length} and a drawdown that reaches position ${position} in dateDrawdowns`, { code: 'BAD_SESSIONS', fields: { position, sessions: sessions.length } });
  };
  return drawdowns.map((one) => ({ ...one, peakSession: dateOf(one.peak), troughSession: dateOf(one.trough), recoverySession: one.recovery === null ? null : dateOf(one.recovery) }));
}
