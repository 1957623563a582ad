import { fromPosition } from '../../math/rolling/from-position.js';
import type { SeriesFeature } from '../feature.js';
import { meanVolume } from './mean-volume.js';

/** Whether trading picks up (positive) or dries up. */
export function volumeTrend(short: number, long: number): SeriesFeature {
  return {
    kind: 'series',
    name: `volume-trend-${short}-${long}`,
    family: 'volume',
    describe: `log of the mean volume of ${short} sessions over that of ${long}`,
    formula: `ln(mean(V, ${short}) / mean(V, ${long}))`,
    unit: 'ratio',
    source: 'standard',
    lookback: long - 1,
    inputs: ['volume'],
    compute(series) {
      const [now, usual] = [meanVolume(series, short), meanVolume(series, long)];
      return fromPosition(series.length, long - 1, (t) => Math.log(now[t] / usual[t]));
    },
  };
}
