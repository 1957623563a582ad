import type { SummaryColumn } from '../summary/columns.js';
import { mayBeSplit } from './split-step.js';

/** Share of open interest by which a step may exceed what was traded: sources leave out small contracts. */
const TOLERANCE = 0.05;

/** Contracts that must be comparable between sessions, and what else is read. */
const OPEN = ['callOpenInterest', 'putOpenInterest', 'expiringOpenInterest'] as const;
const BESIDE = ['callVolume', 'putVolume', 'spot'] as const;

/** Columns that the growth of open interest is made of. */
export const GROWTH_COLUMNS = [...OPEN, ...BESIDE, 'isMixed'] as const;

/** Figures of chains, each [session]; `comparable` ones are NaN where the chain holds contracts of another basis. */
export interface GrowthFigures {
  comparable(column: SummaryColumn): Float64Array;
  column(column: SummaryColumn): Float64Array;
}

/**
 * Change of open interest since the session before, as a share of what was open then and has not expired, [session].
 *
 * Open interest stamped t was settled on t − 1: the step at t is what the trading of t − 1 opened or closed. A larger step is no trading but
 * contracts that were adjusted or that the source lost, and has no value; nor has a step across a split or a chain of mixed basis.
 */
export function openInterestGrowth(figures: GrowthFigures): Float64Array {
  const [calls, puts, expiring] = OPEN.map((name) => figures.comparable(name));
  const [callVolume, putVolume, spot] = BESIDE.map((name) => figures.column(name));
  return Float64Array.from(spot, (price, t) => {
    const before = calls[t - 1] + puts[t - 1] - expiring[t - 1];
    const step = calls[t] + puts[t] - before;
    if (mayBeSplit(spot[t - 1], price) || !(Math.abs(step) <= callVolume[t - 1] + putVolume[t - 1] + TOLERANCE * before)) return Number.NaN;
    return before > 0 && before < Infinity ? step / before : Number.NaN;
  });
}
