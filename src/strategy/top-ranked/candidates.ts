import type { Decision, Standing } from '../strategy.js';
import type { MarketView } from '../view.js';
import type { Candidate } from './candidate.js';
import type { TopRankedConfig } from './config.js';
import type { Ordering, Signal } from './signal.js';

/** Candidates in their places, as they stand whoever is held or barred. */
export interface Ranking {
  /** Best first; ties by symbol. */
  readonly candidates: readonly Candidate[];
  /** Eligible names that are no candidates, and why. */
  readonly leftOut: Decision['leftOut'];
  /** Place from 1 on; `null` for what is no candidate. */
  rankOf(symbol: string): number | null;
  standingOf(symbol: string): Standing | null;
  /** What the score of a candidate is made of. */
  evidenceOf(symbol: string): ReturnType<Ordering['evidence']>;
}

/** Features that names are sized by. */
export const SIZING_FEATURES = ['realized-volatility-63', 'average-true-range-14'] as const;

const LIQUIDITY_SESSIONS = 21;

/** The eligible instruments with an opinion, sizes and enough traded value, best first. */
export function rankCandidates(view: MarketView, { minDollarVolume }: Pick<TopRankedConfig, 'minDollarVolume'>, signal: Signal): Ranking {
  const { candidates, leftOut } = findCandidates(view, minDollarVolume, signal);
  const ordering = signal.order(view, candidates);
  const { scores } = ordering;
  const order = Array.from(candidates, (_, at) => at).sort((a, b) => scores[b] - scores[a] || (candidates[a].symbol < candidates[b].symbol ? -1 : 1));
  const places = new Map(order.map((at, place) => [candidates[at].symbol, place]));
  const rankOf = (symbol: string): number | null => {
    const place = places.get(symbol);
    return place === undefined ? null : place + 1;
  };
  return {
    candidates: order.map((at) => candidates[at]),
    leftOut,
    rankOf,
    standingOf(symbol) {
      const rank = rankOf(symbol);
      return rank === null ? null : { score: scores[order[rank - 1]], rank, of: order.length };
    },
    evidenceOf: (symbol) => ordering.evidence(order[places.get(symbol)!]),
  };
}

function findCandidates(view: MarketView, minDollarVolume: number, signal: Signal): { candidates: Candidate[]; leftOut: { symbol: string; reason: string }[] } {
  const candidates: Candidate[] = [];
  const leftOut: { symbol: string; reason: string }[] = [];
  const [opinionOf, volatilityOf, rangeOf] = [signal.opinions(view), view.featureOf('realized-volatility-63'), view.featureOf('average-true-range-14')];
  const tooThin = `median traded value below ${minDollarVolume.toLocaleString('en-US')} a session`;
  for (const symbol of view.eligible) {
    const candidate: Candidate = { symbol, opinion: opinionOf(symbol), volatility: volatilityOf(symbol), range: rangeOf(symbol), dollarVolume: view.medianTradedValue(symbol, LIQUIDITY_SESSIONS) };
    const { opinion, volatility, range, dollarVolume } = candidate;
    if (Number.isNaN(opinion)) leftOut.push({ symbol, reason: signal.lacking });
    else if (!(volatility > 0) || !(range > 0)) leftOut.push({ symbol, reason: 'too few bars for volatility and range' });
    else if (!(dollarVolume >= minDollarVolume)) leftOut.push({ symbol, reason: tooThin });
    else candidates.push(candidate);
  }
  return { candidates, leftOut };
}
