import { yearLength, type AnnualOptions } from '../performance/annual-options.js';
import { excessReturns, type ExcessOptions } from '../performance/excess-returns.js';
import type { Interval } from '../block-bootstrap.js';
import { sharpeOf } from '../overfitting/sharpe-sample.js';
import { studentisedBootstrap, type StudentisedOptions } from '../studentised-bootstrap.js';
import { sharpeStatistic } from './sharpe-statistic.js';

export interface SharpeInterval {
  /** Annualized, as its ends. */
  readonly sharpe: number;
  readonly interval: Interval;
  /** Sessions in a block of the bootstrap. */
  readonly block: number;
}

/**
 * Interval of a Sharpe ratio whose returns may depend on each other: studentised bootstrap of blocks.
 *
 * The interval is of the ratio per session times the root of the year's length, whatever the ratio of yearly returns is (Lo, 2002).
 *
 * @param returns  simple returns [session], fraction
 * @returns `null` for fewer than 20 returns, or where they do not vary
 * @throws InvariantError `BAD_RETURNS` where a return is missing or lengths differ
 * @see Ledoit and Wolf (2008), section 3.2, of one series
 */
export function sharpeInterval(returns: ArrayLike<number>, options: StudentisedOptions & AnnualOptions & ExcessOptions): SharpeInterval | null {
  const excess = excessReturns(returns, options, 'sharpeInterval');
  const found = sharpeOf(excess) === null ? null : studentisedBootstrap(sharpeStatistic(excess), options);
  if (found === null) return null;
  const root = Math.sqrt(yearLength(options));
  return { sharpe: root * found.estimate, interval: [root * found.interval[0], root * found.interval[1]], block: found.block };
}
