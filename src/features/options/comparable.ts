import type { SummaryColumn } from '../../options/summary/columns.js';
import type { SeriesInputs } from '../compute/series-inputs.js';

/** A figure of the chain, NaN on sessions whose chain holds contracts or prices of another basis. */
export function comparable(series: SeriesInputs, column: SummaryColumn): Float64Array {
  return series.derive(`comparable ${column}`, (inputs) => {
    const mixed = inputs.option('isMixed');
    return inputs.option(column).map((value, t) => (mixed[t] === 0 ? value : Number.NaN));
  });
}
