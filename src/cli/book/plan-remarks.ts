import { XNYS } from '../../core/calendar.js';
import type { IsoDate } from '../../core/dates.js';
import type { Position } from '../../portfolio/book.js';
import type { Brackets } from '../../portfolio/config.js';
import { sessionsHeld } from './sessions-held.js';

export interface RemarkContext {
  /** The position stands after it. */
  readonly session: IsoDate;
  /** Last close, quote currency. */
  readonly close: number;
  /** Sessions of the configured strategy. */
  readonly horizon: number;
  readonly brackets: Brackets;
}

/** What a person may not have meant by the plan of a position: that it is sold at once, or held longer than the strategy holds. */
export function planRemarks(position: Position, { session, close, horizon, brackets }: RemarkContext): string[] {
  const next = XNYS.next(session);
  const later = XNYS.next(next);
  const caught = brackets === 'resting' ? next : later;
  const found: string[] = [];
  if (position.stop >= close) found.push(`the stop of ${position.stop.toFixed(2)} is not below the last close of ${close.toFixed(2)}: it would be sold at the open of ${caught} unless the price has risen above it`);
  if (position.target <= close) found.push(`the target of ${position.target.toFixed(2)} is not above the last close of ${close.toFixed(2)}: it would be sold at the open of ${caught} unless the price has fallen below it`);
  const held = sessionsHeld(position, next);
  if (held >= position.horizon) found.push(`the horizon of ${sessions(position.horizon)} ${held > position.horizon ? 'is over' : `ends at the open of ${later}`}: it would be sold at the open of ${later}`);
  if (position.horizon > horizon) found.push(`the horizon of ${sessions(position.horizon)} is longer than the strategy's ${horizon}`);
  return found;
}

const sessions = (count: number): string => `${count} ${count === 1 ? 'session' : 'sessions'}`;
