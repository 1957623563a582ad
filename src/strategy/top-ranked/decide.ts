import type { BookView, Decision } from '../strategy.js';
import type { MarketView } from '../view.js';
import type { TopRankedConfig } from './config.js';
import type { Signal } from './signal.js';
import { sizedWeights } from './sizing.js';
import { standpointOf } from './standpoint.js';
import { enterTarget } from './targets.js';

/**
 * Holds the best-ranked names.
 *
 * Enters the best `top` that the signal does not refuse, leaves at the stop, the target or the horizon, and after `minHorizon`
 * sessions also when a name falls out of `top × keepWithin`. What is held already is not resized.
 */
export function decideTopRanked(view: MarketView, book: BookView, config: TopRankedConfig, signal: Signal): Decision {
  const { exits, holds, room, passed, noCandidates, entries } = standpointOf(view, book, { config, signal });
  const wanted = room > 0 ? entries(view, config.top - holds.length) : [];
  const weights = sizedWeights(view, wanted.map(({ candidate }) => candidate), Math.max(0, room), config);
  const weightOf = (symbol: string): number => weights.get(symbol)!;
  const sized = wanted.filter(({ candidate }) => weightOf(candidate.symbol) > 0);
  const entered = sized.map((entry) => enterTarget(view, entry, weightOf(entry.candidate.symbol), { config, signal }));
  const chosen = new Set(entered.map(({ symbol }) => symbol));
  const leftOut = [...noCandidates];
  for (const one of passed) if (!chosen.has(one.symbol)) leftOut.push(weights.get(one.symbol) === 0 ? { symbol: one.symbol, reason: 'its size is nothing' } : one);
  return { session: view.session, targets: [...exits, ...entered, ...holds], leftOut };
}
