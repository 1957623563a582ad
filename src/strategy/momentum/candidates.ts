import { medianDollarVolume } from '../../features/volume/dollar-volume.js';
import type { Decision } from '../strategy.js';
import type { MarketView } from '../view.js';
import type { MomentumConfig } from './config.js';

/** An instrument that could be held, with what it is ranked and sized by. */
export interface Candidate {
  readonly symbol: string;
  readonly momentum: number;
  /** Annualized fraction. */
  readonly volatility: number;
  /** Average true range as a fraction of the close. */
  readonly range: number;
  /** Quote currency a session. */
  readonly dollarVolume: number;
}

const LIQUIDITY_SESSIONS = 21;

/** The eligible instruments with all features and enough traded value, best momentum first; ties by symbol. */
export function rankCandidates(view: MarketView, { minDollarVolume }: MomentumConfig): { candidates: Candidate[]; leftOut: Decision['leftOut'] } {
  const candidates: Candidate[] = [];
  const leftOut: { symbol: string; reason: string }[] = [];
  for (const symbol of view.eligible) {
    const candidate: Candidate = {
      symbol,
      momentum: view.feature('momentum-12-1', symbol),
      volatility: view.feature('realized-volatility-63', symbol),
      range: view.feature('average-true-range-14', symbol),
      dollarVolume: medianDollarVolume(view.history('tradedValue', symbol, LIQUIDITY_SESSIONS)),
    };
    const lacking = lackingReason(candidate, minDollarVolume);
    if (lacking) leftOut.push({ symbol, reason: lacking });
    else candidates.push(candidate);
  }
  candidates.sort((a, b) => b.momentum - a.momentum || (a.symbol < b.symbol ? -1 : 1));
  return { candidates, leftOut };
}

function lackingReason({ momentum, volatility, range, dollarVolume }: Candidate, minDollarVolume: number): string | null {
  if (Number.isNaN(momentum)) return 'no comparable price 252 or 21 sessions ago';
  if (!(volatility > 0) || !(range > 0)) return 'too few bars for volatility and range';
  if (!(dollarVolume >= minDollarVolume)) return `median traded value below ${minDollarVolume.toLocaleString('en-US')} a session`;
  return null;
}
