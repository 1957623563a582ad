import { gathered } from '../gathered.js';
import { placeOf } from '../place-of.js';
import type { Decision } from '../strategy.js';
import type { MarketView } from '../view.js';
import type { Candidates } from './candidate.js';
import type { TopRankedConfig } from './config.js';
import type { Ordering, Signal } from './signal.js';

/** Candidates in their places, as they stand whoever is held or barred. */
export interface Ranking {
  readonly candidates: Candidates;
  /** Places of the candidates, best first; ties by symbol. */
  readonly order: Int32Array;
  readonly ordering: Ordering;
  /** Eligible names that are no candidates, and why. */
  readonly leftOut: Decision['leftOut'];
}

/** Features that names are sized by. */
export const SIZING_FEATURES = ['realized-volatility-63', 'average-true-range-14'] as const;

const LIQUIDITY_SESSIONS = 21;

/** The eligible instruments with an opinion, sizes and enough traded value, best first. */
export function rankCandidates(view: MarketView, { minDollarVolume }: Pick<TopRankedConfig, 'minDollarVolume'>, signal: Signal): Ranking {
  const { candidates, leftOut } = findCandidates(view, minDollarVolume, signal);
  const ordering = signal.order(view, candidates);
  return { candidates, order: bestFirst(ordering.scores, candidates.symbols), ordering, leftOut };
}

/** Places of scores, the highest first, equals by symbol: numbers are sorted much quicker than places by numbers. */
function bestFirst(scores: Float64Array, symbols: readonly string[]): Int32Array {
  const ascending = scores.slice().sort();
  const order = new Int32Array(scores.length);
  const equals = new Int32Array(scores.length);
  for (let i = 0; i < scores.length; i++) {
    const place = placeOf(ascending, scores[i]);
    let at = scores.length - 1 - place - equals[place]++;
    // equals fill their places from the last: the later symbol comes after
    for (; at < scores.length - 1 - place && symbols[order[at + 1]] < symbols[i]; at++) order[at] = order[at + 1];
    order[at] = i;
  }
  return order;
}

function findCandidates(view: MarketView, minDollarVolume: number, signal: Signal): { candidates: Candidates; leftOut: Decision['leftOut'] } {
  const columns = { opinion: signal.opinions(view), volatility: view.eligibleFeature('realized-volatility-63'), range: view.eligibleFeature('average-true-range-14'), dollarVolume: view.eligibleTradedValue(LIQUIDITY_SESSIONS) };
  const { opinion, volatility, range, dollarVolume } = columns;
  let tooThin: string | null = null;
  const found: number[] = [];
  const leftOut: { symbol: string; reason: string }[] = [];
  view.eligible.forEach((symbol, i) => {
    if (Number.isNaN(opinion[i])) leftOut.push({ symbol, reason: signal.lacking });
    else if (!(volatility[i] > 0) || !(range[i] > 0)) leftOut.push({ symbol, reason: 'too few bars for volatility and range' });
    else if (!(dollarVolume[i] >= minDollarVolume)) leftOut.push({ symbol, reason: (tooThin ??= `median traded value below ${minDollarVolume.toLocaleString('en-US')} a session`) });
    else found.push(i);
  });
  const places = Int32Array.from(found);
  const picked = (values: Float64Array): Float64Array => gathered(values, 0, places);
  return { candidates: { symbols: found.map((i) => view.eligible[i]), places, opinion: picked(opinion), volatility: picked(volatility), range: picked(range), dollarVolume: picked(dollarVolume) }, leftOut };
}
