import { rollingZScore } from '../../math/rolling/moments.js';
import type { SeriesFeature } from '../feature.js';
import { logVolume } from './log-volume.js';

/** How unusual today's volume is among those of `window` sessions. */
export function volumeZScore(window: number): SeriesFeature {
  return {
    kind: 'series',
    name: `volume-z-score-${window}`,
    family: 'volume',
    describe: `log volume less its mean of ${window} sessions, in standard deviations, today included`,
    formula: `(ln V − mean(ln V, ${window})) / std(ln V, ${window}), divisor ${window} − 1`,
    unit: 'z-score',
    source: 'standard',
    lookback: window - 1,
    inputs: ['volume'],
    compute: (series) => rollingZScore(logVolume(series), window),
  };
}
