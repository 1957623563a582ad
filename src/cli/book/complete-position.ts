import type { IsoDate } from '../../core/dates.js';
import { XNYS } from '../../core/calendar.js';
import type { Position } from '../../portfolio/book.js';
import { toCents } from '../../portfolio/cents.js';
import type { AssumedLevels } from './assume-levels.js';
import type { AccountPosition } from './load-account.js';
import { planRemarks, type RemarkContext } from './plan-remarks.js';

export interface Completed {
  readonly position: Position;
  /** What the account did not say and the position was given, in words. */
  readonly assumed: readonly string[];
  /** What a person may not have meant, in words. */
  readonly remarks: readonly string[];
}

export interface CompletionContext extends Omit<RemarkContext, 'close'> {
  /** Last close, quote currency; `null`: the store has none. */
  readonly close: number | null;
  readonly levels: AssumedLevels | null;
}

/** A line of an account as a position of the book; texts say what of it cannot be, none where the file itself was at fault already. */
export function completePosition(line: AccountPosition, context: CompletionContext): Completed | readonly string[] {
  const { session, close, levels } = context;
  const unknown = close === null ? [`an instrument with bars up to ${session} in the store, found ${line.symbol}${line.symbol.toUpperCase() === line.instrument ? '' : `, which is ${line.instrument}`}`] : [];
  const faults = [...unknown, ...entryFaults(line.entryDate, session)];
  if (close === null || faults.length > 0 || !line.sound) return faults;
  if (levels === null && (line.stop === null || line.target === null)) return [`stop and target for ${line.symbol}, whose bars on and before ${session} do not suffice to set them`];
  const stop = line.stop ?? levels!.stop;
  const target = line.target ?? levels!.target;
  if (stop >= target && line.trailing === null) return [`a stop below the target, found ${stop.toFixed(2)} and ${target.toFixed(2)}, one of them set by the strategy: give both`];
  const position = toPosition(line, { stop, target }, { ...context, close });
  return { position, assumed: assumptions(line, position), remarks: planRemarks(position, { ...context, close }) };
}

function toPosition(line: AccountPosition, { stop, target }: Pick<Position, 'stop' | 'target'>, { session, close, levels, horizon }: CompletionContext & { readonly close: number }): Position {
  const entryPrice = line.entryPrice ?? close;
  return {
    symbol: line.instrument,
    shares: line.shares,
    entrySession: line.entryDate ?? XNYS.next(session), // so that its horizon is as long as that of a fill at the next open
    entryPrice,
    cost: toCents(line.cost ?? line.shares * entryPrice),
    high: line.highestClose ?? Math.max(entryPrice, close),
    stop,
    target,
    horizon: line.horizon ?? horizon,
    trailing: line.trailing ?? (line.stop === null ? levels!.trailing : null),
  };
}

function assumptions(line: AccountPosition, { entryPrice, entrySession, stop, target, horizon }: Position): string[] {
  return [
    ...(line.entryPrice === null ? [`paid the close of ${entryPrice.toFixed(2)}`] : []),
    ...(line.entryDate === null ? [`held from the open of ${entrySession}`] : []),
    ...(line.stop === null ? [`stop ${stop.toFixed(2)}`] : []),
    ...(line.target === null ? [`target ${target.toFixed(2)}`] : []),
    ...(line.horizon === null ? [`horizon of ${horizon} sessions`] : []),
  ];
}

/** Bought on a session, the one after the book's at the latest: what filled at its open may be in the account already. */
function entryFaults(date: IsoDate | null, session: IsoDate): string[] {
  if (date === null) return [];
  if (date < '1990-01-01' || date > XNYS.next(session)) return [`an entry date of 1990-01-01 to ${XNYS.next(session)}, found ${date}`];
  return XNYS.isSession(date) ? [] : [`an entry date on which the exchange was open, found ${date}`];
}
