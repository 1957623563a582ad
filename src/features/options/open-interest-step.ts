import { openInterestGrowth } from '../../options/history/open-interest-growth.js';
import type { SeriesInputs } from '../compute/series-inputs.js';
import { comparable } from './comparable.js';

/** Growth of open interest from session to session, computed once for all features, [session]. */
export function openInterestStep(series: SeriesInputs): Float64Array {
  return series.derive('open interest step', (inputs) => openInterestGrowth({ comparable: (column) => comparable(inputs, column), column: (column) => inputs.option(column) }));
}
