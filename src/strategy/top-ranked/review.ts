import type { Position } from '../../portfolio/book.js';
import type { Evidence } from '../evidence.js';
import type { BookView } from '../strategy.js';
import type { MarketView } from '../view.js';
import type { TopRankedConfig } from './config.js';

export interface Review {
  readonly position: Position;
  /** Why to leave; `null` to stay. */
  readonly reason: Evidence | null;
}

/**
 * Whether a held position stays, judged at the close of the session.
 *
 * @param rank among all that could be held; `null`: it could not be held now
 */
export function review(view: MarketView, position: Position, rank: number | null, config: TopRankedConfig): Review {
  const close = view.close(position.symbol);
  const sessions = sessionsHeld(view, position);
  if (view.isSuspect(position.symbol)) return { position, reason: null }; // the next bar shows whether the print was true
  if (close <= position.stop) return { position, reason: { code: 'stop', values: { close, stop: position.stop } } };
  if (close >= position.target) return { position, reason: { code: 'target', values: { close, target: position.target } } };
  if (sessions >= position.horizon) return { position, reason: { code: 'horizon', values: { sessions, horizon: position.horizon } } };
  // without a bar it could not be sold, and nothing says yet that it left
  if (rank === null && view.hasBar(position.symbol) && leavesFor(sessions, config)) return { position, reason: { code: 'not-eligible', values: {} } };
  if (sessions < config.minHorizon) return { position, reason: null };
  if (rank !== null && rank > config.top * config.keepWithin) return { position, reason: { code: 'rank', values: { rank, limit: Math.round(config.top * config.keepWithin) } } };
  return { position, reason: null };
}

/** Whether a held name that may be bought no more is sold now. */
function leavesFor(sessions: number, { ineligible, minHorizon }: Pick<TopRankedConfig, 'ineligible' | 'minHorizon'>): boolean {
  return ineligible === 'at-once' || (ineligible === 'after-min-horizon' && sessions >= minHorizon);
}

/** Sessions from the open of the entry to the next open, where a decision of this session is carried out. */
export function sessionsHeld(view: MarketView, { entrySession }: Position): number {
  return view.sessionsSince(entrySession) + 1;
}

/** A position is left as it is until it is closed: small rebalancing would pay costs for nothing. */
export function holdingWeight(view: MarketView, book: BookView, { symbol, shares }: Position): number {
  return (shares * view.lastClose(symbol)) / book.equity;
}
