import { InvariantError } from '../../core/errors.js';
import { requireKnownOptions } from '../../core/known-options.js';
import { SESSIONS_PER_YEAR } from '../../core/sessions-per-year.js';
import type { ResearchCosts } from '../../portfolio/research-book.js';
import type { ColumnValues } from '../../table/panel.js';

/** How far from the entry: a fraction of the entry's fill price, or prices known at each close, [symbol, session]; NaN: no such level. */
export type Level = number | ColumnValues;

/** How trades of signals are made and left. */
export interface SignalRules {
  /** `long` unless given; `short` needs a `borrowFee` among the costs. */
  readonly direction?: 'long' | 'short' | undefined;
  /** Fraction of the column's equity that an entry takes, in (0, 1]; 1 unless given. */
  readonly size?: number | undefined;
  /** Loss at which a resting stop leaves. A column is read at the close that decided the entry and then stands. */
  readonly stop?: Level | undefined;
  /** Gain at which a resting limit order leaves; a column is read likewise. */
  readonly target?: Level | undefined;
  /**
   * Stop that follows the best close (or the entry's fill price, where that is better) at this distance; of a column the best level of all closes
   * from the decision on. It never draws back, and a close moves it for the sessions after it.
   */
  readonly trailing?: Level | undefined;
  /** Sessions held at most: left at the open after them, so that an entry at the open of t is left at that of t + `timeStop`. */
  readonly timeStop?: number | undefined;
}

/** The rules in the form the walk reads. */
export interface WalkRules {
  /** 1 long, −1 short. */
  readonly side: 1 | -1;
  readonly size: number;
  /** Spread and slippage, fraction of price. */
  readonly slip: number;
  /** Commission, fraction of value. */
  readonly fee: number;
  /** Borrow fee of one session, fraction. */
  readonly borrow: number;
  /** Fractions of the entry price, NaN: none. */
  readonly stop: number;
  readonly target: number;
  readonly trailing: number;
  /** Sessions, Infinity: none. */
  readonly timeStop: number;
}

const KNOWN = ['direction', 'size', 'stop', 'target', 'trailing', 'timeStop'];

/**
 * Rules and costs, checked.
 * @param where what takes them, as errors name it
 * @throws InvariantError `BAD_RULES`; ConfigError `UNKNOWN_OPTION`
 */
export function walkRules(rules: SignalRules, costs: ResearchCosts, where: string): WalkRules {
  requireKnownOptions(rules, KNOWN, where);
  const { direction = 'long', size = 1, timeStop } = rules;
  const check = (isRight: boolean, expected: string, found: unknown): void => {
    if (!isRight) throw new InvariantError(`expected ${expected}, found ${JSON.stringify(found) ?? String(found)} in ${where}`, { code: 'BAD_RULES', fields: { where } });
  };
  check(direction === 'long' || direction === 'short', 'the direction "long" or "short"', direction);
  check(size > 0 && size <= 1, 'a size above 0 and at most 1', size);
  check(timeStop === undefined || (Number.isInteger(timeStop) && timeStop >= 1), 'a timeStop of whole sessions, at least 1', timeStop);
  const { commissionBps, halfSpreadBps, slippageBps, borrowFee } = costs;
  for (const [name, bps] of Object.entries({ commissionBps, halfSpreadBps, slippageBps })) check(bps >= 0 && bps < 10_000, `${name} from 0 to below 10000`, bps);
  check(borrowFee === undefined || (borrowFee >= 0 && borrowFee < Infinity), 'a borrowFee of 0 or more, a fraction a year', borrowFee);
  check(direction === 'long' || borrowFee !== undefined, 'a borrowFee among the costs of short trades', borrowFee);
  // a long cannot fall by all of its price, a short cannot gain more than it
  const [down, up] = [1, Infinity];
  const isShort = direction === 'short';
  return {
    side: isShort ? -1 : 1,
    size,
    slip: (halfSpreadBps + slippageBps) / 10_000,
    fee: commissionBps / 10_000,
    borrow: isShort ? borrowFee! / SESSIONS_PER_YEAR : 0,
    stop: fraction('stop', rules.stop, isShort ? up : down, check),
    target: fraction('target', rules.target, isShort ? down : up, check),
    trailing: fraction('trailing', rules.trailing, up, check),
    timeStop: timeStop ?? Infinity,
  };
}

function fraction(name: string, level: Level | undefined, below: number, check: (isRight: boolean, expected: string, found: unknown) => void): number {
  if (typeof level !== 'number') return Number.NaN;
  check(level > 0 && level < below, `a ${name} above 0${below === Infinity ? '' : ` and below ${below}`}, a fraction of the entry price`, level);
  return level;
}
