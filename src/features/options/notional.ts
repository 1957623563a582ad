import { CONTRACT_SHARES } from '../../options/chain/option-chain.js';
import type { SummaryColumn } from '../../options/summary/columns.js';
import { fromPosition } from '../../math/rolling/from-position.js';
import type { SeriesInputs } from '../compute/series-inputs.js';
import type { SeriesFeature } from '../feature.js';
import { comparable } from './comparable.js';
import { optionsFeature } from './options-feature.js';

/** Ln of contracts in quote currency, which a split leaves where it is; NaN where there are none. */
export function logNotional(series: SeriesInputs, columns: readonly SummaryColumn[]): Float64Array {
  const figures = columns.map((column) => comparable(series, column));
  const spot = series.option('spot');
  return fromPosition(series.length, 0, (t) => Math.log(figures.reduce((sum, values) => sum + values[t], 0) * CONTRACT_SHARES * spot[t]));
}

/** Contracts of one kind by what their shares are worth. */
export function notionalFeature(name: string, describe: string, column: SummaryColumn): SeriesFeature {
  return optionsFeature(
    {
      name,
      describe: `${describe}, by the value of their shares: a split leaves it where it is; NaN where there are none`,
      formula: `ln(${column} · 100 · spot)`,
      unit: 'log money',
      source: 'standard; notional as in Pan and Poteshman (2006)',
      lookback: 0,
      columns: [column, 'spot', 'isMixed'],
    },
    { compute: (series) => logNotional(series, [column]) },
  );
}
