import type { Evidence } from '../evidence.js';
import { entryOrder } from '../orders/entry-order.js';
import { stopLevel } from '../orders/stop-level.js';
import { targetLevel } from '../orders/target-level.js';
import { trailingDistance } from '../orders/trailing-distance.js';
import type { BookView, Decision, Standing, Target } from '../strategy.js';
import type { MarketView } from '../view.js';
import { rankCandidates, type RankedCandidate } from './candidates.js';
import type { TopRankedConfig } from './config.js';
import { holdingWeight, review, sessionsHeld, type Review } from './review.js';
import type { Signal } from './signal.js';
import { sizedWeights } from './sizing.js';
import { wouldDisprove } from './would-disprove.js';

/**
 * Holds the best-ranked names.
 *
 * Enters the best `top` that the signal does not refuse, leaves at the stop, the target or the horizon, and after `minHorizon`
 * sessions also when a name falls out of `top × keepWithin`. What is held already is not resized.
 */
export function decideTopRanked(view: MarketView, book: BookView, config: TopRankedConfig, signal: Signal): Decision {
  const { candidates, leftOut } = rankCandidates(view, config, signal);
  const standing = new Map(candidates.map(({ symbol, score }, i): [string, Standing] => [symbol, { score, rank: i + 1, of: candidates.length }]));
  const reviewed = book.positions.map((position) => review(view, position, standing.get(position.symbol)?.rank ?? null, config));
  const kept = reviewed.flatMap(({ position, reason }) => (reason === null ? [{ position, weight: holdingWeight(view, book, position) }] : []));
  const held = new Set(book.positions.map(({ symbol }) => symbol));
  const refusal = new Map(candidates.map((candidate) => [candidate.symbol, signal.refusal(view, candidate) ?? coolingDown(view, book, candidate.symbol, config)]));
  const open = candidates.filter(({ symbol }) => !held.has(symbol) && !view.isBarred(symbol) && refusal.get(symbol) === null);
  const room = config.maxGross - kept.reduce((sum, { weight }) => sum + weight, 0);
  const entries = room > 0 ? open.slice(0, Math.max(0, config.top - kept.length)) : [];
  const weights = sizedWeights(view, entries, Math.max(0, room), config);
  const sized = entries.filter(({ symbol }) => weights.get(symbol)! > 0);
  const targets: Target[] = [
    ...reviewed.flatMap((one) => (one.reason === null ? [] : [exitTarget(view, one, standing.get(one.position.symbol) ?? null)])),
    ...sized.map((candidate) => enterTarget(view, candidate, { weight: weights.get(candidate.symbol)!, standing: standing.get(candidate.symbol)!, signal }, config)),
    ...kept.map(({ position, weight }) => holdTarget(view, position, weight, { standing: standing.get(position.symbol) ?? null, config })),
  ];
  const chosen = new Set(targets.map(({ symbol }) => symbol));
  const whyNot = (symbol: string): string => {
    if (weights.get(symbol) === 0) return 'its size is nothing';
    return refusal.get(symbol) ?? (standing.get(symbol)!.rank > config.top ? `ranked below the best ${config.top}` : kept.length > 0 ? 'no room: what is held and what ranks higher fill the book' : 'no room: what ranks higher fills the book');
  };
  const notChosen = candidates.filter(({ symbol }) => !chosen.has(symbol)).map(({ symbol }) => ({ symbol, reason: whyNot(symbol) }));
  return { session: view.session, targets, leftOut: [...leftOut.filter(({ symbol }) => !chosen.has(symbol)), ...notChosen] };
}

/** Why a name that its stop sold is not bought back yet; `null` where it may be. */
function coolingDown(view: MarketView, { recentStops }: BookView, symbol: string, { cooldown }: Pick<TopRankedConfig, 'cooldown'>): string | null {
  const last = recentStops.findLast((stop) => stop.symbol === symbol);
  return last !== undefined && view.sessionsSince(last.session) < cooldown ? `its stop sold it within the last ${cooldown} sessions` : null;
}

interface Entry {
  readonly weight: number;
  readonly standing: Standing;
  readonly signal: Signal;
}

function enterTarget(view: MarketView, candidate: RankedCandidate, { weight, standing, signal }: Entry, config: TopRankedConfig): Target {
  const { symbol, range } = candidate;
  const entry = view.close(symbol);
  const order = entryOrder(entry, range, config);
  const { stop, low } = stopLevel(view, symbol, { entry: order.kind === 'limit' ? order.limit : entry, range }, config);
  const target = targetLevel(entry, range, config);
  const trailing = trailingDistance(entry, range, config);
  const place: Evidence[] = candidate.evidence === null ? [] : [{ code: candidate.evidence.code, values: { ...candidate.evidence.values, rank: standing.rank, of: standing.of } }];
  const evidence: Evidence[] = [
    ...place,
    ...signal.evidence(view, candidate),
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

type Position = Review['position'];

function holdTarget(view: MarketView, position: Position, weight: number, { standing, config }: { readonly standing: Standing | null; readonly config: TopRankedConfig }): Target {
  const { symbol, stop, trailing, horizon } = position;
  const close = view.lastClose(symbol);
  const sessions = sessionsHeld(view, position);
  const place = standing === null ? {} : { rank: standing.rank, of: standing.of };
  const plan = { stop, trailing, reference: close, held: sessions, left: Math.max(1, horizon - sessions), entering: false };
  return { ...heldPlan(position), action: 'hold', weight, standing, evidence: [{ code: 'held', values: { sessions, return: close / position.entryPrice - 1, ...place } }], wouldDisprove: wouldDisprove(view, symbol, plan, config) };
}

function exitTarget(view: MarketView, { position, reason }: Review, standing: Standing | null): Target {
  const values = { sessions: sessionsHeld(view, position), return: view.lastClose(position.symbol) / position.entryPrice - 1 };
  return { ...heldPlan(position), action: 'exit', weight: 0, standing, evidence: [reason!, { code: 'held', values }], wouldDisprove: [] };
}

function heldPlan({ symbol, entryPrice, stop, target, trailing, horizon }: Position): Pick<Target, 'symbol' | 'entry' | 'stop' | 'target' | 'trailing' | 'horizon' | 'order'> {
  return { symbol, entry: entryPrice, stop, target, trailing, horizon, order: null };
}
