import { fromPosition } from '../../math/rolling/from-position.js';
import { rollingMean } from '../../math/rolling/sums.js';
import type { SummaryColumn } from '../../options/summary/columns.js';
import type { SeriesFeature } from '../feature.js';
import { comparable } from './comparable.js';
import { optionsFeature } from './options-feature.js';
import { tradedValue } from './traded-value.js';

/** Sessions of trading in the stock by which exposure is scaled. */
const WINDOW = 21;

/** What dealers must trade for a move of one percent, against what is traded anyway. */
export function gammaExposure(name: string, describe: string, columns: readonly SummaryColumn[]): SeriesFeature {
  return optionsFeature(
    {
      name,
      describe: `${describe} for a move of one percent, over the mean value of the shares traded in ${WINDOW} sessions; signs by what dealers are taken to hold (options.dealers)`,
      formula: `(${columns.join(' + ')}) / mean(C · V, ${WINDOW})`,
      unit: 'ratio',
      source: 'Barbon and Buraschi (2021), gamma imbalance over dollar volume; sign convention of SqueezeMetrics (2017)',
      lookback: WINDOW - 1,
      scale: { prices: 'varies', volumes: 'varies' },
      columns: [...columns, 'isMixed', 'spot'],
      also: ['bars', 'volume'],
    },
    {
      compute(series) {
        const figures = columns.map((column) => comparable(series, column));
        const traded = series.derive('mean traded value by quotes', (inputs) => rollingMean(tradedValue(inputs), WINDOW));
        return fromPosition(series.length, WINDOW - 1, (t) => figures.reduce((sum, values) => sum + values[t], 0) / traded[t]);
      },
    },
  );
}
