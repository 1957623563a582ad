import { fromPosition } from '../../math/rolling/from-position.js';
import { rollingStd } from '../../math/rolling/moments.js';
import type { SeriesFeature } from '../feature.js';

/** Above 1 when moves tend to go on for `horizon` sessions, below 1 when they reverse. */
export function varianceRatio(horizon: number, window: number): SeriesFeature {
  const lookback = window - 1 + horizon;
  return {
    kind: 'series',
    name: `variance-ratio-${horizon}-${window}`,
    family: 'trend',
    describe: `variance of the overlapping log returns of ${horizon} sessions over ${horizon} times that of one session, on ${window} sessions`,
    formula: `var(ln(C / C[t−${horizon}]), ${window}) / (${horizon} · var(r, ${window})), divisors ${window} − 1`,
    unit: 'ratio',
    source: 'Lo and MacKinlay (1988), without the correction for small samples',
    lookback,
    inputs: ['bars'],
    compute({ close, logReturn }) {
      const long = rollingStd(fromPosition(close.length, horizon, (t) => Math.log(close[t] / close[t - horizon])), window);
      const short = rollingStd(logReturn, window);
      // steps that are all alike leave a deviation that is only rounding
      return fromPosition(close.length, lookback, (t) => (short[t] > 1e-12 ? (long[t] * long[t]) / (horizon * short[t] * short[t]) : Number.NaN));
    },
  };
}
