import { fromPosition } from '../../math/rolling/from-position.js';
import { rollingMean } from '../../math/rolling/sums.js';
import type { SeriesFeature } from '../feature.js';
import { returnSign } from '../momentum/return-sign.js';
import { meanVolume } from './mean-volume.js';

/** Change of on-balance volume over `window` sessions as a share of what was traded: −1 … 1. */
export function onBalanceVolume(window: number): SeriesFeature {
  return {
    kind: 'series',
    name: `on-balance-volume-${window}`,
    family: 'volume',
    describe: `volume of rising less that of falling days, as a share of all, over ${window} sessions`,
    formula: `mean(sign(r) · V, ${window}) / mean(V, ${window})`,
    unit: 'fraction',
    source: 'Granville (1963), on-balance volume; change over a window, normalized',
    lookback: window,
    inputs: ['bars', 'volume'],
    compute(series) {
      const signs = returnSign(series);
      const [balance, all] = [rollingMean(series.volume.map((value, t) => signs[t] * value), window), meanVolume(series, window)];
      return fromPosition(series.length, window, (t) => balance[t] / all[t]);
    },
  };
}
