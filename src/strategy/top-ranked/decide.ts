import type { Evidence } from '../evidence.js';
import { entryOrder } from '../orders/entry-order.js';
import { stopLevel } from '../orders/stop-level.js';
import { targetLevel } from '../orders/target-level.js';
import { trailingDistance } from '../orders/trailing-distance.js';
import type { BookView, Decision, Standing, Target } from '../strategy.js';
import type { MarketView } from '../view.js';
import type { Candidate } from './candidate.js';
import { rankCandidates, type Ranking } from './candidates.js';
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
  const { ranking, exits, holds, open, passed, keptCount, room } = standpointOf(view, book, config, signal);
  const entries = room > 0 ? open.filter(({ symbol }) => !view.isBarred(symbol)).slice(0, Math.max(0, config.top - keptCount)) : [];
  const weights = sizedWeights(view, entries, Math.max(0, room), config);
  const sized = entries.filter(({ symbol }) => weights.get(symbol)! > 0);
  const entered = sized.map((candidate) => enterTarget(view, candidate, { weight: weights.get(candidate.symbol)!, ranking, signal }, config));
  const chosen = new Set(sized.map(({ symbol }) => symbol));
  const notChosen = passed.flatMap((one) => (chosen.has(one.symbol) ? [] : [weights.get(one.symbol) === 0 ? { symbol: one.symbol, reason: 'its size is nothing' } : one]));
  const held = new Set(book.positions.map(({ symbol }) => symbol));
  return { session: view.session, targets: [...exits, ...entered, ...holds], leftOut: [...ranking.leftOut.filter(({ symbol }) => !held.has(symbol)), ...notChosen] };
}

/** All of an evening's decision that does not depend on who is barred. */
interface Standpoint {
  readonly ranking: Ranking;
  readonly exits: readonly Target[];
  readonly holds: readonly Target[];
  /** Names held on. */
  readonly keptCount: number;
  /** Weight that is left for entries. */
  readonly room: number;
  /** Candidates that are not held and may be entered, best first. */
  readonly open: readonly Candidate[];
  /** Why each candidate that is not held is not entered, unless it is. */
  readonly passed: Decision['leftOut'];
}

/** A strategy is asked again and again when rules refuse what it wants: what stays the same is worked out once. */
function standpointOf(view: MarketView, book: BookView, config: TopRankedConfig, signal: Signal): Standpoint {
  const { ranking, known } = view.once(signal, () => ({ ranking: rankCandidates(view, config, signal), known: new WeakMap<BookView, Standpoint>() }));
  const before = known.get(book);
  if (before !== undefined) return before;
  const standpoint = takeStandpoint(view, book, ranking, { config, signal });
  known.set(book, standpoint);
  return standpoint;
}

function takeStandpoint(view: MarketView, book: BookView, ranking: Ranking, { config, signal }: { readonly config: TopRankedConfig; readonly signal: Signal }): Standpoint {
  const reviewed = book.positions.map((position) => review(view, position, ranking.rankOf(position.symbol), config));
  const kept = reviewed.flatMap(({ position, reason }) => (reason === null ? [{ position, weight: holdingWeight(view, book, position) }] : []));
  const held = new Set(book.positions.map(({ symbol }) => symbol));
  const cooling = coolingDown(view, book, config);
  const full = kept.length > 0 ? 'no room: what is held and what ranks higher fill the book' : 'no room: what ranks higher fills the book';
  const [outranked, sold] = [`ranked below the best ${config.top}`, `its stop sold it within the last ${config.cooldown} sessions`];
  const open: Candidate[] = [];
  const passed: { symbol: string; reason: string }[] = [];
  ranking.candidates.forEach((candidate, place) => {
    const { symbol } = candidate;
    if (held.has(symbol)) return;
    const refusal = signal.refusal(view, candidate) ?? (cooling.has(symbol) ? sold : null);
    if (refusal === null) open.push(candidate);
    passed.push({ symbol, reason: refusal ?? (place >= config.top ? outranked : full) });
  });
  return {
    ranking,
    exits: reviewed.flatMap((one) => (one.reason === null ? [] : [exitTarget(view, one, ranking.standingOf(one.position.symbol))])),
    holds: kept.map(({ position, weight }) => holdTarget(view, position, weight, { standing: ranking.standingOf(position.symbol), config })),
    keptCount: kept.length,
    room: config.maxGross - kept.reduce((sum, { weight }) => sum + weight, 0),
    open,
    passed,
  };
}

/** Names that their stops sold too lately to be bought back yet. */
function coolingDown(view: MarketView, { recentStops }: BookView, { cooldown }: Pick<TopRankedConfig, 'cooldown'>): ReadonlySet<string> {
  return new Set(recentStops.flatMap(({ symbol, session }) => (view.sessionsSince(session) < cooldown ? [symbol] : [])));
}

interface Entry {
  readonly weight: number;
  readonly ranking: Ranking;
  readonly signal: Signal;
}

function enterTarget(view: MarketView, candidate: Candidate, { weight, ranking, signal }: Entry, config: TopRankedConfig): Target {
  const { symbol, range } = candidate;
  const entry = view.close(symbol);
  const order = entryOrder(entry, range, config);
  const { stop, low } = stopLevel(view, symbol, { entry: order.kind === 'limit' ? order.limit : entry, range }, config);
  const target = targetLevel(entry, range, config);
  const trailing = trailingDistance(entry, range, config);
  const standing = ranking.standingOf(symbol)!;
  const made = ranking.evidenceOf(symbol);
  const place: Evidence[] = made === null ? [] : [{ code: made.code, values: { ...made.values, rank: standing.rank, of: standing.of } }];
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
