import type { Position } from '../../portfolio/book.js';
import type { BookView, Decision, Evidence, Strategy, Target } from '../strategy.js';
import type { MarketView } from '../view.js';
import type { MomentumConfig } from './config.js';
import { rankCandidates, type Candidate } from './candidates.js';
import { cappedWeights } from './sizing.js';

/**
 * 12-1 momentum, each name sized to the same volatility.
 *
 * Ranks the eligible names by the return from 252 to 21 sessions ago (Jegadeesh and Titman, 1993), holds the best `top`,
 * keeps a held one while it stays within `top × keepWithin`, and leaves at the stop, the target, or the horizon unless the
 * name would be chosen anew. Weights are (target volatility ÷ own volatility) ÷ top (Moskowitz, Ooi and Pedersen, 2012, eq. 5).
 */
export function momentum(config: MomentumConfig): Strategy {
  return {
    name: 'momentum',
    describe: `12-1 momentum, best ${config.top}, sized to ${config.targetVolatility} annualized volatility`,
    lookback: 253,
    decide: (view, book) => decide(view, book, config),
  };
}

function decide(view: MarketView, book: BookView, config: MomentumConfig): Decision {
  const { candidates, leftOut } = rankCandidates(view, config);
  const rankOf = new Map(candidates.map((candidate, i) => [candidate.symbol, i + 1]));
  const byName = new Map(candidates.map((candidate) => [candidate.symbol, candidate]));
  const reviewed = book.positions.map((position) => review(view, position, rankOf.get(position.symbol) ?? null, config));
  const kept = new Set(reviewed.filter(({ reason }) => reason === null).map(({ position }) => position.symbol));
  const left = new Set(reviewed.filter(({ reason }) => reason !== null).map(({ position }) => position.symbol));
  const slots = Math.max(0, config.top - kept.size);
  const open = candidates.filter(({ symbol, momentum: value }) => !kept.has(symbol) && !left.has(symbol) && value > config.minMomentum);
  const entries = open.slice(0, slots);
  const weights = cappedWeights([...kept, ...entries.map(({ symbol }) => symbol)].map((symbol) => ({ symbol, volatility: byName.get(symbol)?.volatility ?? view.feature('realized-volatility-63', symbol) })), config);
  const targets: Target[] = [
    ...reviewed.filter(({ reason }) => reason !== null).map(({ position, reason }) => exitTarget(view, position, reason!)),
    ...entries.map((candidate) => enterTarget(view, candidate, { weight: weights.get(candidate.symbol)!, rank: rankOf.get(candidate.symbol)!, of: candidates.length }, config)),
    ...reviewed.filter(({ reason }) => reason === null).map(({ position }) => holdTarget(view, position, { weight: holdingWeight(view, book, position), rank: rankOf.get(position.symbol) ?? null, of: candidates.length })),
  ];
  const chosen = new Set(targets.map(({ symbol }) => symbol));
  const notChosen = candidates.filter(({ symbol }) => !chosen.has(symbol)).map(({ symbol, momentum: value }) => ({ symbol, reason: value > config.minMomentum ? `ranked below the best ${config.top}` : `momentum at or below ${config.minMomentum}` }));
  return { session: view.session, targets, leftOut: [...leftOut.filter(({ symbol }) => !chosen.has(symbol)), ...notChosen] };
}

interface Review {
  readonly position: Position;
  /** Why to leave; `null` to stay. */
  readonly reason: Evidence | null;
}

/** Whether a held position stays, judged at the close of the session. */
function review(view: MarketView, position: Position, rank: number | null, config: MomentumConfig): Review {
  const close = view.close(position.symbol);
  const age = view.sessionsSince(position.entrySession);
  if (view.isSuspect(position.symbol)) return { position, reason: null }; // the next bar shows whether the print was true
  if (close <= position.stop) return { position, reason: { code: 'stop', values: { close, stop: position.stop } } };
  if (close >= position.target) return { position, reason: { code: 'target', values: { close, target: position.target } } };
  if (rank === null && view.hasBar(position.symbol)) return { position, reason: { code: 'not-eligible', values: {} } };
  if (rank !== null && rank > config.top * config.keepWithin) return { position, reason: { code: 'rank', values: { rank, limit: Math.round(config.top * config.keepWithin) } } };
  const wouldBeChosen = rank !== null && rank <= config.top;
  if (age >= position.horizon && !wouldBeChosen) return { position, reason: { code: 'horizon', values: { sessions: age, horizon: position.horizon } } };
  return { position, reason: null };
}

interface Standing {
  readonly weight: number;
  readonly rank: number | null;
  readonly of: number;
}

function enterTarget(view: MarketView, { symbol, momentum: value, volatility, range, dollarVolume }: Candidate, { weight, rank, of }: Standing, config: MomentumConfig): Target {
  const entry = view.close(symbol);
  const forecast = view.forecast(symbol);
  const stop = entry * (1 - config.stopRanges * range);
  const target = entry * (1 + config.targetRanges * range);
  const evidence: Evidence[] = [
    { code: 'momentum', values: { return: value, rank: rank!, of } },
    ...(typeof forecast?.expectedReturn === 'number' && forecast.interval ? [{ code: 'forecast', values: { expectedReturn: forecast.expectedReturn, low: forecast.interval[0], high: forecast.interval[1], horizon: config.horizon } }] : []),
    { code: 'size', values: { weight, volatility, targetVolatility: config.targetVolatility, top: config.top } },
    { code: 'levels', values: { stop, target, range: range * entry, stopRanges: config.stopRanges, targetRanges: config.targetRanges } },
    { code: 'liquidity', values: { dollarVolume } },
  ];
  return { symbol, action: 'enter', weight, entry, stop: Math.max(stop, 0.01), target, horizon: config.horizon, evidence };
}

function holdTarget(view: MarketView, position: Position, { weight, rank, of }: Standing): Target {
  const close = view.lastClose(position.symbol);
  const values = { sessions: view.sessionsSince(position.entrySession), return: close / position.entryPrice - 1, ...(rank === null ? {} : { rank, of }) };
  return { symbol: position.symbol, action: 'hold', weight, entry: position.entryPrice, stop: position.stop, target: position.target, horizon: position.horizon, evidence: [{ code: 'held', values }] };
}

function exitTarget(view: MarketView, position: Position, reason: Evidence): Target {
  const close = view.lastClose(position.symbol);
  const held: Evidence = { code: 'held', values: { sessions: view.sessionsSince(position.entrySession), return: close / position.entryPrice - 1 } };
  return { symbol: position.symbol, action: 'exit', weight: 0, entry: position.entryPrice, stop: position.stop, target: position.target, horizon: position.horizon, evidence: [reason, held] };
}

/** A position is left as it is until it is closed: small rebalancing would pay costs for nothing. */
function holdingWeight(view: MarketView, book: BookView, { symbol, shares }: Position): number {
  return (shares * view.lastClose(symbol)) / book.equity;
}
