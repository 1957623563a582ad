import type { Order } from '../portfolio/book.js';
import type { BookView, Decision, Target } from './strategy.js';

/**
 * A decision in which what a stop has begun to sell is sold wholly, whatever the strategy thinks of it now: a stop that was touched is a
 * market order, and only the size of the market kept some of it back.
 */
export function withStopRests(decision: Decision, { positions, stopRests }: Pick<BookView, 'positions' | 'stopRests'>): Decision {
  if (stopRests === undefined || stopRests.size === 0) return decision;
  const sold = (target: Target): Target => {
    const { shares, stop } = positions.find(({ symbol }) => symbol === target.symbol)!;
    return { ...target, action: 'exit', weight: 0, order: null, evidence: [{ code: 'stop-rest', values: { shares, stop } }, ...target.evidence], wouldDisprove: [] };
  };
  return { ...decision, targets: decision.targets.map((target) => (stopRests.has(target.symbol) ? sold(target) : target)) };
}

/** Orders of a decision, and sales of what stops left where it has none. */
export function withRestOrders(decided: readonly Order[], rests: readonly Order[]): readonly Order[] {
  return [...rests.filter(({ symbol }) => !decided.some((order) => order.symbol === symbol)), ...decided];
}
