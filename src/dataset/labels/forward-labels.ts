import { compareWithinSessions } from './compare-within-sessions.js';
import { describeExit, describeSessions, forwardReturns, type Holding } from './forward-returns.js';
import { labelBase, labelsFrom, type LabelBase, type LabelColumns } from './label-base.js';
import type { LabelMarket } from './label-market.js';
import type { Labels } from './labels.js';

export interface ForwardLabelOptions extends Holding {
  /**
   * What is taken off each return: the mean of all counting members with a return on that session, or that of its sector.
   * Names of an unknown sector, and of one with fewer than 5 returns on the session, are net of the market instead.
   */
  readonly residual?: 'market' | 'sector';
  /** The centred rank within the session, in (−½, ½), instead of the (residual) return. */
  readonly rank?: boolean;
}

/**
 * Simple returns from the open after each session to the open `horizon` sessions later: open(t+1+h) / open(t+1) − 1.
 *
 * NaN unless the instrument counts at t (a member whose bar is there and not suspect), both opens are finite and positive,
 * and no break of the series lies between them. The label of t is known at t + 1 + h, its `scale` at t.
 * @throws InvariantError for a horizon below one session, a panel without prices, memberships of another shape
 */
export function forwardLabels(market: LabelMarket, options: ForwardLabelOptions): Labels {
  return labelsFrom(labelBase(market), options.horizon, (base, horizon) => columnsOf(base, { ...options, horizon }));
}

function columnsOf(base: LabelBase, options: ForwardLabelOptions): LabelColumns {
  const { residual = null, rank = false } = options;
  const returns = forwardReturns(base, options);
  return { describe: describeLabels(options), kind: rank ? 'rank' : 'return', label: compareWithinSessions(returns, base.market, { residual, rank }), return: returns };
}

const NET = { market: ', net of the market', sector: ', net of its sector (of the market where fewer than 5 names of the sector have a return)' };

function describeLabels({ horizon, residual, rank, missingExit }: ForwardLabelOptions): string {
  const kind = rank ? 'rank within the session of the return' : 'return';
  return `${kind} over ${describeSessions(horizon)}${residual ? NET[residual] : ''}${describeExit(missingExit)}`;
}
