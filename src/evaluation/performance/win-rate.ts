import { checkReturns } from './checked-returns.js';

/** Share of sessions with a return above 0, fraction; `null` of nothing. */
export function winRate(returns: ArrayLike<number>): number | null {
  const values = checkReturns(returns, 'winRate');
  return values.length === 0 ? null : values.filter((value) => value > 0).length / values.length;
}
