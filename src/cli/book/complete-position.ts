import type { IsoDate } from '../../core/dates.js';
import { XNYS } from '../../core/calendar.js';
import type { Position } from '../../portfolio/book.js';
import { toCents } from '../../portfolio/cents.js';
import type { AssumedLevels } from './assume-levels.js';
import type { AccountPosition } from './load-account.js';

export interface Completed {
  readonly position: Position;
  /** What the account did not say and the position was given, in words. */
  readonly assumed: readonly string[];
}

export interface CompletionContext {
  readonly session: IsoDate;
  /** Last close, quote currency; `null`: the store has none. */
  readonly close: number | null;
  readonly levels: AssumedLevels | null;
  /** Sessions of the configured strategy. */
  readonly horizon: number;
}

/** A line of an account as a position of the book; a text says what of it cannot be. */
export function completePosition(line: AccountPosition, { session, close, levels, horizon }: CompletionContext): Completed | string {
  if (close === null) return `an instrument with bars up to ${session} in the store, found ${line.symbol}${line.symbol.toUpperCase() === line.instrument ? '' : `, which is ${line.instrument}`}`;
  const wrong = entryFault(line.entryDate, session);
  if (wrong !== null) return wrong;
  if (levels === null && (line.stop === null || line.target === null)) return `stop and target for ${line.symbol}, whose bars on and before ${session} do not suffice to set them`;
  const stop = line.stop ?? levels!.stop;
  const target = line.target ?? levels!.target;
  if (stop >= target) return `a stop below the target, found ${stop.toFixed(2)} and ${target.toFixed(2)}, one of them set by the strategy: give both`;
  const entryPrice = line.entryPrice ?? close;
  const position: Position = { symbol: line.instrument, shares: line.shares, entrySession: line.entryDate ?? session, entryPrice, cost: toCents(line.shares * entryPrice), high: Math.max(entryPrice, close), stop, target, horizon: line.horizon ?? horizon, trailing: line.stop === null ? levels!.trailing : null };
  const assumed = [
    ...(line.entryPrice === null ? [`paid the close of ${close.toFixed(2)}`] : []),
    ...(line.entryDate === null ? [`held since ${session}`] : []),
    ...(line.stop === null ? [`stop ${stop.toFixed(2)}`] : []),
    ...(line.target === null ? [`target ${target.toFixed(2)}`] : []),
    ...(line.horizon === null ? [`horizon of ${horizon} sessions${overdue(position, session) ? ', which is over' : ''}`] : []),
  ];
  return { position, assumed };
}

/** Bought on a session, the one after the book's at the latest: what filled at its open may be in the account already. */
function entryFault(date: IsoDate | null, session: IsoDate): string | null {
  if (date === null) return null;
  if (date < '1990-01-01' || date > XNYS.next(session)) return `an entry_date of 1990-01-01 to ${XNYS.next(session)}, found ${date}`;
  return XNYS.isSession(date) ? null : `an entry_date on which the exchange was open, found ${date}`;
}

const overdue = ({ entrySession, horizon }: Position, session: IsoDate): boolean => XNYS.count(entrySession, session) + 1 >= horizon;
