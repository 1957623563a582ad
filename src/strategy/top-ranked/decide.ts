import type { BookView, Decision, Evidence, Target } from '../strategy.js';
import type { MarketView } from '../view.js';
import { rankCandidates, type Candidate } from './candidates.js';
import type { TopRankedConfig } from './config.js';
import { holdingWeight, review, sessionsHeld, type Review } from './review.js';
import type { Signal, Standing } from './signal.js';
import { cappedWeights } from './sizing.js';

/**
 * Holds the best-ranked names, each sized to the same volatility.
 *
 * Enters the best `top` that the signal does not refuse, leaves at the stop, the target or the horizon, and after `minHorizon`
 * sessions also when a name falls out of `top × keepWithin`. Weights are (target volatility ÷ own volatility) ÷ top
 * (Moskowitz, Ooi and Pedersen, 2012, eq. 5).
 */
export function decideTopRanked(view: MarketView, book: BookView, config: TopRankedConfig, signal: Signal): Decision {
  const { candidates, leftOut } = rankCandidates(view, config, signal);
  const standing = new Map(candidates.map(({ symbol, score }, i): [string, Standing] => [symbol, { score, rank: i + 1, of: candidates.length }]));
  const reviewed = book.positions.map((position) => review(view, position, standing.get(position.symbol)?.rank ?? null, config));
  const kept = reviewed.flatMap(({ position, reason }) => (reason === null ? [{ position, weight: holdingWeight(view, book, position) }] : []));
  const held = new Set(book.positions.map(({ symbol }) => symbol));
  const refusal = new Map(candidates.map(({ symbol, score }) => [symbol, signal.refusal(view, symbol, score)]));
  const open = candidates.filter(({ symbol }) => !held.has(symbol) && refusal.get(symbol) === null);
  const room = config.maxGross - kept.reduce((sum, { weight }) => sum + weight, 0);
  const entries = room > 0 ? open.slice(0, Math.max(0, config.top - kept.length)) : [];
  const weights = cappedWeights(entries, { ...config, maxGross: room });
  const targets: Target[] = [
    ...reviewed.flatMap(({ position, reason }) => (reason === null ? [] : [exitTarget(view, { position, reason })])),
    ...entries.map((candidate) => enterTarget(view, candidate, { weight: weights.get(candidate.symbol)!, reasons: signal.evidence(view, candidate.symbol, standing.get(candidate.symbol)!) }, config)),
    ...kept.map(({ position, weight }) => holdTarget(view, position, weight, standing.get(position.symbol) ?? null)),
  ];
  const chosen = new Set(targets.map(({ symbol }) => symbol));
  const whyNot = (symbol: string): string => refusal.get(symbol) ?? (standing.get(symbol)!.rank > config.top ? `ranked below the best ${config.top}` : 'no room: names held already fill the book');
  const notChosen = candidates.filter(({ symbol }) => !chosen.has(symbol)).map(({ symbol }) => ({ symbol, reason: whyNot(symbol) }));
  return { session: view.session, targets, leftOut: [...leftOut.filter(({ symbol }) => !chosen.has(symbol)), ...notChosen] };
}

function enterTarget(view: MarketView, { symbol, volatility, range, dollarVolume }: Candidate, { weight, reasons }: { readonly weight: number; readonly reasons: readonly Evidence[] }, config: TopRankedConfig): Target {
  const entry = view.close(symbol);
  const forecast = view.forecast(symbol);
  const stop = entry * (1 - config.stopRanges * range);
  const target = entry * (1 + config.targetRanges * range);
  const evidence: Evidence[] = [
    ...reasons,
    ...(typeof forecast?.expectedReturn === 'number' && forecast.interval ? [{ code: 'forecast', values: { expectedReturn: forecast.expectedReturn, ...(forecast.edge === null ? {} : { edge: forecast.edge }), low: forecast.interval[0], high: forecast.interval[1], coverage: forecast.coverage, horizon: forecast.horizon } }] : []),
    { code: 'size', values: { weight, volatility, targetVolatility: config.targetVolatility, top: config.top } },
    { code: 'levels', values: { stop, target, range: range * entry, stopRanges: config.stopRanges, targetRanges: config.targetRanges } },
    { code: 'liquidity', values: { dollarVolume } },
  ];
  return { symbol, action: 'enter', weight, entry, stop: Math.max(stop, 0.01), target, horizon: config.horizon, evidence };
}

function holdTarget(view: MarketView, position: Review['position'], weight: number, standing: Standing | null): Target {
  const close = view.lastClose(position.symbol);
  const values = { sessions: sessionsHeld(view, position), return: close / position.entryPrice - 1, ...(standing === null ? {} : { rank: standing.rank, of: standing.of }) };
  return { symbol: position.symbol, action: 'hold', weight, entry: position.entryPrice, stop: position.stop, target: position.target, horizon: position.horizon, evidence: [{ code: 'held', values }] };
}

function exitTarget(view: MarketView, { position, reason }: { readonly position: Review['position']; readonly reason: Evidence }): Target {
  const close = view.lastClose(position.symbol);
  const held: Evidence = { code: 'held', values: { sessions: sessionsHeld(view, position), return: close / position.entryPrice - 1 } };
  return { symbol: position.symbol, action: 'exit', weight: 0, entry: position.entryPrice, stop: position.stop, target: position.target, horizon: position.horizon, evidence: [reason, held] };
}
