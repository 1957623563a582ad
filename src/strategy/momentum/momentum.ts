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
 * leaves at the stop, the target or the horizon, and after `minHorizon` sessions also when the name falls out of
 * `top × keepWithin`. Weights are (target volatility ÷ own volatility) ÷ top (Moskowitz, Ooi and Pedersen, 2012, eq. 5).
 */
export function momentum(config: MomentumConfig): Strategy {
  return {
    name: 'momentum',
    describe: `12-1 momentum, best ${config.top}, sized to ${config.targetVolatility} annualized volatility`,
    lookback: 253,
    features: ['momentum-12-1', 'realized-volatility-63', 'average-true-range-14'],
    decide: (view, book) => decide(view, book, config),
  };
}

function decide(view: MarketView, book: BookView, config: MomentumConfig): Decision {
  const { candidates, leftOut } = rankCandidates(view, config);
  const rankOf = new Map(candidates.map((candidate, i) => [candidate.symbol, i + 1]));
  const reviewed = book.positions.map((position) => review(view, position, rankOf.get(position.symbol) ?? null, config));
  const kept = reviewed.flatMap(({ position, reason }) => (reason === null ? [{ position, weight: holdingWeight(view, book, position) }] : []));
  const held = new Set(book.positions.map(({ symbol }) => symbol));
  const open = candidates.filter(({ symbol, momentum: value }) => !held.has(symbol) && value > config.minMomentum);
  const room = config.maxGross - kept.reduce((sum, { weight }) => sum + weight, 0);
  const entries = room > 0 ? open.slice(0, Math.max(0, config.top - kept.length)) : [];
  const weights = cappedWeights(entries, { ...config, maxGross: room });
  const targets: Target[] = [
    ...reviewed.flatMap(({ position, reason }) => (reason === null ? [] : [exitTarget(view, position, reason)])),
    ...entries.map((candidate) => enterTarget(view, candidate, { weight: weights.get(candidate.symbol)!, rank: rankOf.get(candidate.symbol)!, of: candidates.length }, config)),
    ...kept.map(({ position, weight }) => holdTarget(view, position, { weight, rank: rankOf.get(position.symbol) ?? null, of: candidates.length })),
  ];
  const chosen = new Set(targets.map(({ symbol }) => symbol));
  const notChosen = candidates.filter(({ symbol }) => !chosen.has(symbol)).map((candidate) => ({ symbol: candidate.symbol, reason: whyNotChosen(candidate, rankOf.get(candidate.symbol)!, config) }));
  return { session: view.session, targets, leftOut: [...leftOut.filter(({ symbol }) => !chosen.has(symbol)), ...notChosen] };
}

function whyNotChosen({ momentum: value }: Candidate, rank: number, { top, minMomentum }: MomentumConfig): string {
  if (!(value > minMomentum)) return `momentum at or below ${minMomentum}`;
  return rank > top ? `ranked below the best ${top}` : 'no room: names held already fill the book';
}

interface Review {
  readonly position: Position;
  /** Why to leave; `null` to stay. */
  readonly reason: Evidence | null;
}

/** Whether a held position stays, judged at the close of the session. */
function review(view: MarketView, position: Position, rank: number | null, config: MomentumConfig): Review {
  const close = view.close(position.symbol);
  const sessions = sessionsHeld(view, position);
  if (view.isSuspect(position.symbol)) return { position, reason: null }; // the next bar shows whether the print was true
  if (close <= position.stop) return { position, reason: { code: 'stop', values: { close, stop: position.stop } } };
  if (close >= position.target) return { position, reason: { code: 'target', values: { close, target: position.target } } };
  if (sessions >= position.horizon) return { position, reason: { code: 'horizon', values: { sessions, horizon: position.horizon } } };
  if (sessions < config.minHorizon) return { position, reason: null };
  if (rank === null && view.hasBar(position.symbol)) return { position, reason: { code: 'not-eligible', values: {} } };
  if (rank !== null && rank > config.top * config.keepWithin) return { position, reason: { code: 'rank', values: { rank, limit: Math.round(config.top * config.keepWithin) } } };
  return { position, reason: null };
}

/** Sessions from the open of the entry to the next open, where a decision of this session is carried out. */
function sessionsHeld(view: MarketView, { entrySession }: Position): number {
  return view.sessionsSince(entrySession) + 1;
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
    ...(typeof forecast?.expectedReturn === 'number' && forecast.interval ? [{ code: 'forecast', values: { expectedReturn: forecast.expectedReturn, low: forecast.interval[0], high: forecast.interval[1], coverage: forecast.coverage, horizon: config.horizon } }] : []),
    { code: 'size', values: { weight, volatility, targetVolatility: config.targetVolatility, top: config.top } },
    { code: 'levels', values: { stop, target, range: range * entry, stopRanges: config.stopRanges, targetRanges: config.targetRanges } },
    { code: 'liquidity', values: { dollarVolume } },
  ];
  return { symbol, action: 'enter', weight, entry, stop: Math.max(stop, 0.01), target, horizon: config.horizon, evidence };
}

function holdTarget(view: MarketView, position: Position, { weight, rank, of }: Standing): Target {
  const close = view.lastClose(position.symbol);
  const values = { sessions: sessionsHeld(view, position), return: close / position.entryPrice - 1, ...(rank === null ? {} : { rank, of }) };
  return { symbol: position.symbol, action: 'hold', weight, entry: position.entryPrice, stop: position.stop, target: position.target, horizon: position.horizon, evidence: [{ code: 'held', values }] };
}

function exitTarget(view: MarketView, position: Position, reason: Evidence): Target {
  const close = view.lastClose(position.symbol);
  const held: Evidence = { code: 'held', values: { sessions: sessionsHeld(view, position), return: close / position.entryPrice - 1 } };
  return { symbol: position.symbol, action: 'exit', weight: 0, entry: position.entryPrice, stop: position.stop, target: position.target, horizon: position.horizon, evidence: [reason, held] };
}

/** A position is left as it is until it is closed: small rebalancing would pay costs for nothing. */
function holdingWeight(view: MarketView, book: BookView, { symbol, shares }: Position): number {
  return (shares * view.lastClose(symbol)) / book.equity;
}
