import { fromPosition } from '../../math/rolling/from-position.js';
import type { SeriesInputs } from '../compute/series-inputs.js';
import type { SeriesFeature } from '../feature.js';

/** Body of the candle: positive when it closed above its open. */
export const candleBody = candlePart({ name: 'candle-body', describe: "open to close as a fraction of the session's range; NaN without a range", formula: '(C − O) / (H − L)' }, ({ open, close }, t) => close[t] - open[t]);

/** What was sold back from the high. */
export const upperShadow = candlePart({ name: 'upper-shadow', describe: "high less the higher of open and close, as a fraction of the session's range; NaN without a range", formula: '(H − max(O, C)) / (H − L)' }, ({ open, high, close }, t) => high[t] - Math.max(open[t], close[t]));

/** What was bought back from the low. */
export const lowerShadow = candlePart({ name: 'lower-shadow', describe: "lower of open and close less the low, as a fraction of the session's range; NaN without a range", formula: '(min(O, C) − L) / (H − L)' }, ({ open, low, close }, t) => Math.min(open[t], close[t]) - low[t]);

function candlePart(card: Pick<SeriesFeature, 'name' | 'describe' | 'formula'>, part: (series: SeriesInputs, t: number) => number): SeriesFeature {
  return {
    kind: 'series',
    ...card,
    family: 'structure',
    unit: 'fraction',
    source: 'Nison (1991), candlesticks',
    lookback: 0,
    inputs: ['bars'],
    compute(series) {
      const { high, low } = series;
      return fromPosition(series.length, 0, (t) => part(series, t) / (high[t] - low[t]));
    },
  };
}
