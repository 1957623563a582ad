import { segments, type LabelBase } from './label-base.js';

/**
 * Where there is no open to sell at: no return, or the return to the last close between entry and exit. With `missing`,
 * names that stop trading are silently not learnt from.
 */
export type MissingExit = 'missing' | 'last-close';

export interface Holding {
  /** Sessions held, open to open. */
  readonly horizon: number;
  readonly missingExit?: MissingExit;
}

/**
 * open(t+1+h) / open(t+1) − 1, [symbol, session]: NaN unless the instrument counts at t, both opens are finite and positive,
 * and no break of the series lies between them.
 */
export function forwardReturns({ market, counts }: LabelBase, { horizon, missingExit = 'missing' }: Holding): Float64Array {
  const { bars } = market;
  const width = bars.sessions.length;
  const [open, close, segment] = [bars.column('open'), bars.column('close'), segments(market)];
  const result = new Float64Array(counts.length).fill(Number.NaN);
  for (let row = 0; row < bars.symbols.length; row++) {
    for (let t = row * width; t + 1 + horizon < (row + 1) * width; t++) {
      if (counts[t] !== 1 || !isPrice(open[t + 1])) continue;
      let end = t + 1 + horizon;
      let exit = open[end];
      if (!isPrice(exit) && missingExit === 'last-close') {
        while (end > t + 1 && !isPrice(close[end])) end--;
        exit = close[end];
      }
      if (isPrice(exit) && (segment === null || segment[end] === segment[t + 1])) result[t] = exit / open[t + 1] - 1;
    }
  }
  return result;
}

/** The clause of a description that says what becomes of missing exits; empty when nothing does. */
export const describeExit = (missingExit: MissingExit | undefined): string => (missingExit === 'last-close' ? ', ended at the last close where there is no open to sell at' : '');

export const describeSessions = (horizon: number): string => `${horizon} ${horizon === 1 ? 'session' : 'sessions'}`;

const isPrice = (value: number): boolean => value > 0 && value < Number.POSITIVE_INFINITY;
