import { whereUnmixed } from '../../options/history/where-unmixed.js';
import type { SummaryColumn } from '../../options/summary/columns.js';
import type { SeriesInputs } from '../compute/series-inputs.js';

/** A figure of the chain, NaN on sessions whose chain holds contracts or prices of another basis. */
export function comparable(series: SeriesInputs, column: SummaryColumn): Float64Array {
  return series.derive(`comparable ${column}`, (inputs) => whereUnmixed(inputs.option(column), inputs.option('isMixed')));
}
