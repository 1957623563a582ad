import { fromPosition } from '../../math/rolling/from-position.js';
import { rollingSum } from '../../math/rolling/sums.js';
import type { SeriesFeature } from '../feature.js';
import { returnSign } from '../momentum/return-sign.js';

/** Volume of rising days as a share of that of all days that moved. */
export function upVolumeShare(window: number): SeriesFeature {
  return {
    kind: 'series',
    name: `up-volume-share-${window}`,
    family: 'volume',
    describe: `volume of days with a rise of the close as a share of days with any change, over ${window} sessions`,
    formula: `Σ V where r > 0 / Σ V where r ≠ 0 over ${window} sessions`,
    unit: 'fraction',
    source: 'standard; up/down volume ratio as a share',
    lookback: window,
    inputs: ['bars', 'volume'],
    compute(series) {
      const signs = returnSign(series);
      const of = (direction: number): Float64Array => rollingSum(series.volume.map((value, t) => Math.max(direction * signs[t], 0) * value), window);
      const [up, down] = [of(1), of(-1)];
      return fromPosition(series.length, window, (t) => up[t] / (up[t] + down[t]));
    },
  };
}
