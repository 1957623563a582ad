import { medianDollarVolume } from '../../features/volume/dollar-volume.js';
import type { Decision } from '../strategy.js';
import type { MarketView } from '../view.js';
import type { TopRankedConfig } from './config.js';
import type { Signal } from './signal.js';

/** An instrument that could be held, with what it is ranked and sized by. */
export interface Candidate {
  readonly symbol: string;
  readonly score: number;
  /** Annualized fraction. */
  readonly volatility: number;
  /** Average true range as a fraction of the close. */
  readonly range: number;
  /** Quote currency a session. */
  readonly dollarVolume: number;
}

/** Features that names are sized by. */
export const SIZING_FEATURES = ['realized-volatility-63', 'average-true-range-14'] as const;

const LIQUIDITY_SESSIONS = 21;

/** The eligible instruments with a score, sizes and enough traded value, best score first; ties by symbol. */
export function rankCandidates(view: MarketView, { minDollarVolume }: Pick<TopRankedConfig, 'minDollarVolume'>, signal: Signal): { candidates: Candidate[]; leftOut: Decision['leftOut'] } {
  const candidates: Candidate[] = [];
  const leftOut: { symbol: string; reason: string }[] = [];
  for (const symbol of view.eligible) {
    const candidate: Candidate = {
      symbol,
      score: signal.score(view, symbol),
      volatility: view.feature('realized-volatility-63', symbol),
      range: view.feature('average-true-range-14', symbol),
      dollarVolume: medianDollarVolume(view.history('tradedValue', symbol, LIQUIDITY_SESSIONS)),
    };
    const lacking = lackingReason(candidate, minDollarVolume, signal);
    if (lacking) leftOut.push({ symbol, reason: lacking });
    else candidates.push(candidate);
  }
  candidates.sort((a, b) => b.score - a.score || (a.symbol < b.symbol ? -1 : 1));
  return { candidates, leftOut };
}

function lackingReason({ score, volatility, range, dollarVolume }: Candidate, minDollarVolume: number, { lacking }: Signal): string | null {
  if (Number.isNaN(score)) return lacking;
  if (!(volatility > 0) || !(range > 0)) return 'too few bars for volatility and range';
  if (!(dollarVolume >= minDollarVolume)) return `median traded value below ${minDollarVolume.toLocaleString('en-US')} a session`;
  return null;
}
