import { fromPosition } from '../../math/rolling/from-position.js';
import { rollingRegression } from '../../math/rolling/regression.js';
import type { SeriesFeature } from '../feature.js';
import { returnSign } from '../momentum/return-sign.js';
import { meanVolume } from './mean-volume.js';

/** Kyle's lambda from daily bars: the return that a mean day's volume on one side goes with. */
export function priceImpact(window: number): SeriesFeature {
  return {
    kind: 'series',
    name: `price-impact-${window}`,
    family: 'volume',
    describe: `slope of the daily log return on volume signed by it, in mean volumes, over ${window} sessions`,
    formula: `slope(r on sign(r) · V, ${window}) · mean(V, ${window})`,
    unit: 'return',
    source: 'own definition after Kyle (1985), lambda; trades signed by the day as orders are not known',
    lookback: window,
    inputs: ['bars', 'volume'],
    compute(series) {
      const signs = returnSign(series);
      const { slope } = rollingRegression(series.logReturn, series.volume.map((value, t) => signs[t] * value), window);
      const usual = meanVolume(series, window);
      return fromPosition(series.length, window, (t) => slope[t] * usual[t]);
    },
  };
}
