import type { OptionsView } from './view.js';

/** A step of the unadjusted price of this size or more, in logarithms, is taken for a split. */
const SPLIT_STEP = Math.log(1.4);
/** Share of open interest by which a step may exceed what was traded: sources leave out small contracts. */
const TOLERANCE = 0.05;

/**
 * Change of open interest since the session before, as a share of what was open then and has not expired, [session]; NaN across splits,
 * chains of mixed basis, and where it is more than was traded.
 *
 * Open interest stamped t was settled on t − 1: the step at t is what the trading of t − 1 opened or closed. As in the features of its change.
 */
export function openInterestSteps(view: OptionsView): Float64Array {
  return view.derive('open interest steps', () => {
    const [calls, puts, expiring] = (['callOpenInterest', 'putOpenInterest', 'expiringOpenInterest'] as const).map((name) => view.comparable(name));
    const [callVolume, putVolume, spot] = (['callVolume', 'putVolume', 'spot'] as const).map((name) => view.column(name));
    return Float64Array.from(spot, (price, t) => {
      const before = calls[t - 1] + puts[t - 1] - expiring[t - 1];
      const step = calls[t] + puts[t] - before;
      const isSplit = !(Math.abs(Math.log(price / spot[t - 1])) < SPLIT_STEP);
      if (isSplit || !(Math.abs(step) <= callVolume[t - 1] + putVolume[t - 1] + TOLERANCE * before)) return Number.NaN;
      return before > 0 && before < Infinity ? step / before : Number.NaN;
    });
  });
}

/** What `openInterestSteps` reads. */
export const STEP_COLUMNS = ['callOpenInterest', 'putOpenInterest', 'expiringOpenInterest', 'callVolume', 'putVolume', 'spot', 'isMixed'] as const;
