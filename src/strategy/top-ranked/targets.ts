import type { Position } from '../../portfolio/book.js';
import type { Evidence } from '../evidence.js';
import { entryOrder } from '../orders/entry-order.js';
import { stopLevel } from '../orders/stop-level.js';
import { targetLevel } from '../orders/target-level.js';
import { trailingDistance } from '../orders/trailing-distance.js';
import type { Standing, Target } from '../strategy.js';
import type { MarketView } from '../view.js';
import type { Candidate } from './candidate.js';
import type { TopRankedConfig } from './config.js';
import { sessionsHeld, type Review } from './review.js';
import type { Ordering, Signal } from './signal.js';
import { wouldDisprove } from './would-disprove.js';

/** By what names are ranked, sized and left. */
export interface Terms {
  readonly config: TopRankedConfig;
  readonly signal: Signal;
}

/** A candidate that may be entered. */
export interface Entry {
  readonly candidate: Candidate;
  readonly standing: Standing;
  /** What its score is made of. */
  readonly madeOf: ReturnType<Ordering['madeOf']>;
}

/** A name that is bought, with why and where it is given up. */
export function enterTarget(view: MarketView, { candidate, standing, madeOf }: Entry, weight: number, { signal, config }: Terms): Target {
  const { symbol, range } = candidate;
  const entry = view.close(symbol);
  const order = entryOrder(entry, range, config);
  const { stop, low } = stopLevel(view, symbol, { entry: order.kind === 'limit' ? order.limit : entry, range }, config);
  const target = targetLevel(entry, range, config);
  const trailing = trailingDistance(entry, range, config);
  const place: Evidence[] = madeOf === null ? [] : [{ code: madeOf.code, values: { ...madeOf.values, rank: standing.rank, of: standing.of } }];
  const evidence: Evidence[] = [
    ...place,
    ...signal.evidence(view, symbol),
    ...forecastEvidence(view, symbol),
    { code: 'size', values: { weight, volatility: candidate.volatility, targetVolatility: config.targetVolatility, top: config.top, method: config.sizing.method } },
    low === null
      ? { code: 'levels', values: { stop, target, range: range * entry, stopRanges: config.stopRanges, targetRanges: config.targetRanges } }
      : { code: 'structure-stop', values: { stop, low, sessions: config.structureSessions, target, range: range * entry, targetRanges: config.targetRanges } },
    ...(trailing === null ? [] : [{ code: 'trailing' as const, values: { distance: trailing, ranges: config.trailingRanges } }]),
    ...(order.kind === 'open' ? [] : [{ code: 'limit' as const, values: { limit: order.limit, close: entry, ranges: config.limitRanges } }]),
    { code: 'liquidity', values: { dollarVolume: candidate.dollarVolume } },
  ];
  const plan = { stop, trailing, reference: order.kind === 'limit' ? order.limit : entry, held: 0, left: config.horizon, entering: true };
  return { symbol, action: 'enter', weight, entry, stop, target, trailing, horizon: config.horizon, order, standing, evidence, wouldDisprove: wouldDisprove(view, symbol, plan, config) };
}

function forecastEvidence(view: MarketView, symbol: string): Evidence[] {
  const forecast = view.forecast(symbol);
  if (typeof forecast?.expectedReturn !== 'number' || !forecast.interval) return [];
  const { expectedReturn, edge, interval, coverage, horizon } = forecast;
  return [{ code: 'forecast', values: { expectedReturn, ...(edge === null ? {} : { edge }), low: interval[0], high: interval[1], coverage, horizon } }];
}

/** A position that stays as it is. */
export function holdTarget(view: MarketView, position: Position, weight: number, { standing, config }: { readonly standing: Standing | null; readonly config: TopRankedConfig }): Target {
  const { symbol, stop, trailing, horizon } = position;
  const close = view.lastClose(symbol);
  const sessions = sessionsHeld(view, position);
  const place = standing === null ? {} : { rank: standing.rank, of: standing.of };
  const plan = { stop, trailing, reference: close, held: sessions, left: Math.max(1, horizon - sessions), entering: false };
  return { ...heldPlan(position), action: 'hold', weight, standing, evidence: [{ code: 'held', values: { sessions, return: close / position.entryPrice - 1, ...place } }], wouldDisprove: wouldDisprove(view, symbol, plan, config) };
}

/** A position that is left, and why. */
export function exitTarget(view: MarketView, { position, reason }: Review, standing: Standing | null): Target {
  const values = { sessions: sessionsHeld(view, position), return: view.lastClose(position.symbol) / position.entryPrice - 1 };
  return { ...heldPlan(position), action: 'exit', weight: 0, standing, evidence: [reason!, { code: 'held', values }], wouldDisprove: [] };
}

function heldPlan({ symbol, entryPrice, stop, target, trailing, horizon }: Position): Pick<Target, 'symbol' | 'entry' | 'stop' | 'target' | 'trailing' | 'horizon' | 'order'> {
  return { symbol, entry: entryPrice, stop, target, trailing, horizon, order: null };
}
