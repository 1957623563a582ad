import { fromPosition } from '../../math/rolling/from-position.js';
import type { SeriesInputs } from '../compute/series-inputs.js';
import { comparable } from './comparable.js';

/** A step of the raw price of this size or more, in logarithms, is taken for a split: contracts before and after it are not the same. */
const SPLIT_STEP = Math.log(1.4);
/** Share of open interest by which a step may exceed what was traded: sources leave out small contracts. */
const TOLERANCE = 0.05;

/**
 * Change of open interest since the session before, as a share of what was open then and has not expired; [session].
 *
 * What opened between two stamps was traded on the session of the first: a larger step is no trading but contracts that were adjusted or
 * that the source lost, and has no value. Nor has a step across a split or a chain of mixed basis.
 */
export function openInterestStep(series: SeriesInputs): Float64Array {
  return series.derive('open interest step', (inputs) => {
    const [calls, puts, expiring] = (['callOpenInterest', 'putOpenInterest', 'expiringOpenInterest'] as const).map((column) => comparable(inputs, column));
    const [callVolume, putVolume, spot] = [inputs.option('callVolume'), inputs.option('putVolume'), inputs.option('spot')];
    return fromPosition(inputs.length, 1, (t) => {
      const before = calls[t - 1] + puts[t - 1] - expiring[t - 1];
      const step = calls[t] + puts[t] - before;
      const isSplit = !(Math.abs(Math.log(spot[t] / spot[t - 1])) < SPLIT_STEP);
      if (isSplit || !(Math.abs(step) <= callVolume[t - 1] + putVolume[t - 1] + TOLERANCE * before)) return Number.NaN;
      return step / before;
    });
  });
}
