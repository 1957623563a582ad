import { fromPosition } from '../../math/rolling/from-position.js';
import { rollingStd } from '../../math/rolling/moments.js';
import type { SeriesInputs } from '../compute/series-inputs.js';
import type { SeriesFeature } from '../feature.js';
import { meanPrice } from './mean-price.js';

const BANDS = 2;

/** %b: 0 at the lower band, 1 at the upper one, two deviations from the mean. */
export function bollingerPosition(window: number): SeriesFeature {
  return {
    kind: 'series',
    name: `bollinger-position-${window}`,
    family: 'trend',
    describe: `position of the close between bands two standard deviations around its mean of ${window} sessions`,
    formula: `(C − mean(C, ${window}) + 2σ) / 4σ, σ = std(C, ${window}) with divisor ${window}`,
    unit: 'fraction',
    source: 'Bollinger (2001), %b',
    lookback: window - 1,
    inputs: ['bars'],
    compute(series) {
      const { close } = series;
      const [middle, deviation] = [meanPrice(series, window), closeDeviation(series, window)];
      return fromPosition(close.length, window - 1, (t) => 0.5 + (close[t] - middle[t]) / (2 * BANDS * deviation[t]));
    },
  };
}

/** BandWidth: the height of the bands as a fraction of the mean; narrow before a move. */
export function bollingerWidth(window: number): SeriesFeature {
  return {
    kind: 'series',
    name: `bollinger-width-${window}`,
    family: 'trend',
    describe: `distance between bands two standard deviations around the mean close of ${window} sessions, over that mean`,
    formula: `4σ / mean(C, ${window}), σ = std(C, ${window}) with divisor ${window}`,
    unit: 'fraction',
    source: 'Bollinger (2001), BandWidth',
    lookback: window - 1,
    inputs: ['bars'],
    compute(series) {
      const [middle, deviation] = [meanPrice(series, window), closeDeviation(series, window)];
      return fromPosition(series.length, window - 1, (t) => (2 * BANDS * deviation[t]) / middle[t]);
    },
  };
}

/** NaN where closes are equal: their deviation is only rounding. */
function closeDeviation(series: SeriesInputs, window: number): Float64Array {
  return series.derive(`close-deviation-${window}`, (inputs) => {
    const middle = meanPrice(inputs, window);
    return rollingStd(inputs.close, window, { ddof: 0 }).map((deviation, t) => (deviation > 8 * Number.EPSILON * middle[t] ? deviation : Number.NaN));
  });
}
