import { fromPosition } from '../../math/rolling/from-position.js';
import { rollingMeanAndStd } from '../../math/rolling/moments.js';
import { squaresWhole } from '../../math/rolling/window.js';
import type { SeriesFeature } from '../feature.js';
import { PRICE_TIE } from '../price-tie.js';

/** Above 1 when moves tend to go on for `horizon` sessions, below 1 when they reverse; 1 on average for a random walk. */
export function varianceRatio(horizon: number, window: number): SeriesFeature {
  const sums = window - horizon + 1;
  // what the squares are divided by, so that a variance about an estimated mean and of overlapping sums is unbiased
  const divisor = horizon * sums * (1 - horizon / window);
  return {
    kind: 'series',
    name: `variance-ratio-${horizon}-${window}`,
    family: 'trend',
    describe: `variance of the overlapping log returns of ${horizon} sessions within ${window} over ${horizon} times that of one session, both unbiased: 1 on average for a random walk; NaN where a session is missing`,
    formula: `(Σ (ln(C / C[t−${horizon}]) − ${horizon} μ)² over ${sums} sessions / m) / (Σ (r − μ)² / ${window - 1}), μ = mean(r, ${window}), m = ${horizon} · ${sums} · (1 − ${horizon}/${window})`,
    unit: 'ratio',
    source: 'Lo and MacKinlay (1988), unbiased estimators',
    lookback: window,
    inputs: ['bars'],
    compute({ close, logReturn }) {
      const { mean, std } = rollingMeanAndStd(logReturn, window, { minPresent: window });
      const long = fromPosition(close.length, horizon, (t) => Math.log(close[t] / close[t - horizon]));
      // steps that are all alike leave a deviation that is only rounding of prices
      return fromPosition(close.length, window, (t) => (std[t] > PRICE_TIE ? squaresWhole(long, t - sums + 1, sums, horizon * mean[t]) / (divisor * std[t] * std[t]) : Number.NaN));
    },
  };
}
