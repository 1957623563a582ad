import { medianDollarVolume } from '../../features/volume/dollar-volume.js';
import type { Decision } from '../strategy.js';
import type { MarketView } from '../view.js';
import type { Candidate } from './candidate.js';
import type { TopRankedConfig } from './config.js';
import type { Ordered, Signal } from './signal.js';

/** A candidate in its place. */
export interface RankedCandidate extends Candidate, Ordered {}

/** Features that names are sized by. */
export const SIZING_FEATURES = ['realized-volatility-63', 'average-true-range-14'] as const;

const LIQUIDITY_SESSIONS = 21;

/** The eligible instruments with an opinion, sizes and enough traded value, best first; ties by symbol. */
export function rankCandidates(view: MarketView, { minDollarVolume }: Pick<TopRankedConfig, 'minDollarVolume'>, signal: Signal): { candidates: RankedCandidate[]; leftOut: Decision['leftOut'] } {
  const candidates: Candidate[] = [];
  const leftOut: { symbol: string; reason: string }[] = [];
  for (const symbol of view.eligible) {
    const candidate: Candidate = {
      symbol,
      opinion: signal.opinion(view, symbol),
      volatility: view.feature('realized-volatility-63', symbol),
      range: view.feature('average-true-range-14', symbol),
      dollarVolume: medianDollarVolume(view.history('tradedValue', symbol, LIQUIDITY_SESSIONS)),
    };
    const lacking = lackingReason(candidate, minDollarVolume, signal);
    if (lacking) leftOut.push({ symbol, reason: lacking });
    else candidates.push(candidate);
  }
  const ordered = signal.order(view, candidates);
  const ranked = candidates.map((candidate, i) => ({ ...candidate, ...ordered[i] }));
  ranked.sort((a, b) => b.score - a.score || (a.symbol < b.symbol ? -1 : 1));
  return { candidates: ranked, leftOut };
}

function lackingReason({ opinion, volatility, range, dollarVolume }: Candidate, minDollarVolume: number, { lacking }: Signal): string | null {
  if (Number.isNaN(opinion)) return lacking;
  if (!(volatility > 0) || !(range > 0)) return 'too few bars for volatility and range';
  if (!(dollarVolume >= minDollarVolume)) return `median traded value below ${minDollarVolume.toLocaleString('en-US')} a session`;
  return null;
}
