import type { IsoDate } from '../../core/dates.js';
import type { BacktestReportInput } from './report-input.js';

/** A name as it was listed at a session, and what it is called since where that is something else. */
export function listedText(symbol: string, session: IsoDate, listed: BacktestReportInput['listed']): string {
  const then = listed?.(symbol, session) ?? symbol;
  return then === symbol ? symbol : `${then} (later ${symbol})`;
}
