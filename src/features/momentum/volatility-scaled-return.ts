import { fromPosition } from '../../math/rolling/from-position.js';
import type { SeriesFeature } from '../feature.js';
import { meanSquaredReturn } from '../volatility/mean-squared-return.js';

/** Return of `horizon` sessions in units of what is usual for the instrument over `window` sessions. */
export function volatilityScaledReturn(horizon: number, window: number): SeriesFeature {
  return {
    kind: 'series',
    name: `volatility-scaled-return-${horizon}-${window}`,
    family: 'momentum',
    describe: `log return of ${horizon} sessions over the zero-mean volatility of ${window} sessions for that horizon`,
    formula: `ln(C / C[t−${horizon}]) / √(${horizon} · mean(r², ${window}))`,
    unit: 'ratio',
    source: 'own definition; returns scaled by volatility as in Moskowitz, Ooi and Pedersen (2012)',
    lookback: window,
    inputs: ['bars'],
    compute(series) {
      const { close } = series;
      const squares = meanSquaredReturn(series, window);
      return fromPosition(close.length, window, (t) => Math.log(close[t] / close[t - horizon]) / Math.sqrt(horizon * squares[t]));
    },
  };
}
