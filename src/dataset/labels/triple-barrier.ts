import { InvariantError } from '../../core/errors.js';
import { describeExit, describeSessions, forwardReturns, type Holding } from './forward-returns.js';
import { expectedDeviation, labelBase, labelsFrom, type LabelBase, type LabelColumns } from './label-base.js';
import type { LabelMarket } from './label-market.js';
import type { Labels } from './labels.js';

export interface TripleBarrierOptions extends Holding {
  /** Distance of the upper barrier from the entry in expected standard deviations of the horizon's return; Infinity: none. */
  readonly up: number;
  /** Distance of the lower one. */
  readonly down: number;
}

/**
 * Which barrier a purchase at the open of t + 1 touches first: 1 the upper, −1 the lower, 0 neither until the open of t+1+h.
 *
 * Barriers are open(t+1) · (1 + up · scale(t)) and open(t+1) · (1 − down · scale(t)), judged on the bars of t+1 … t+h and on
 * the open of t+1+h. A bar's open comes first, so that a gap beyond a barrier counts; when one bar then holds both
 * barriers, the lower counts first. NaN where the forward return is, and where `scale` is unknown or zero. Known at t + 1 + h,
 * also when a barrier was touched before.
 * @throws InvariantError for distances that are not positive, and as `forwardLabels`
 * @see López de Prado (2018), ch. 3.4
 */
export function tripleBarrierLabels(market: LabelMarket, options: TripleBarrierOptions): Labels {
  for (const [name, distance] of [['up', options.up], ['down', options.down]] as const) {
    if (!(distance > 0)) throw new InvariantError(`expected a positive number of standard deviations as ${name}, found ${distance} for triple barrier labels`, { code: 'BAD_BARRIER', fields: { [name]: distance } });
  }
  return labelsFrom(labelBase(market), options.horizon, (base, horizon) => columnsOf(base, { ...options, horizon }));
}

function columnsOf(base: LabelBase, options: TripleBarrierOptions): LabelColumns {
  const { horizon, up, down, missingExit } = options;
  const returns = forwardReturns(base, options);
  const describe = `first barrier touched within ${describeSessions(horizon)}, ${up} expected deviations above or ${down} below the entry${describeExit(missingExit)}`;
  return { describe, kind: 'barrier', label: firstTouches(base, returns, options), return: returns };
}

function firstTouches(base: LabelBase, returns: Float64Array, { horizon, up, down }: TripleBarrierOptions): Float64Array {
  const { bars } = base.market;
  const [open, high, low] = [bars.column('open'), bars.column('high'), bars.column('low')];
  const scale = expectedDeviation(base, horizon);
  const labels = new Float64Array(returns.length).fill(Number.NaN);
  for (let at = 0; at < labels.length; at++) {
    if (returns[at] !== returns[at] || !(scale[at] > 0)) continue; // a return reaches to t+1+h: what follows stays within the row
    const upper = open[at + 1] * (1 + up * scale[at]);
    const lower = open[at + 1] * (1 - down * scale[at]);
    const end = at + 1 + horizon;
    let touched = 0;
    for (let s = at + 1; s < end && touched === 0; s++) touched = side(open[s], open[s], { lower, upper }) || side(low[s], high[s], { lower, upper });
    labels[at] = touched || side(open[end], open[end], { lower, upper });
  }
  return labels;
}

/** The barrier that a range of prices holds, the lower first; 0 for none, and where prices are missing. */
function side(low: number, high: number, { lower, upper }: { lower: number; upper: number }): number {
  if (low <= lower) return -1;
  return high >= upper ? 1 : 0;
}
