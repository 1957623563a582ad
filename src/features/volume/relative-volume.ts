import { fromPosition } from '../../math/rolling/from-position.js';
import type { SeriesFeature } from '../feature.js';
import { meanVolume } from './mean-volume.js';

/** Today's volume over what was usual before. */
export function relativeVolume(window: number): SeriesFeature {
  return {
    kind: 'series',
    name: `relative-volume-${window}`,
    family: 'volume',
    describe: `volume over the mean volume of the ${window} sessions before`,
    formula: `V / mean(V[t−1], ${window})`,
    unit: 'ratio',
    source: 'standard',
    lookback: window,
    inputs: ['volume'],
    compute(series) {
      const usual = meanVolume(series, window);
      return fromPosition(series.length, window, (t) => series.volume[t] / usual[t - 1]);
    },
  };
}
