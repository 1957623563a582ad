import { rollingCorrelation } from '../../math/rolling/regression.js';
import type { SeriesFeature } from '../feature.js';
import { logVolume } from './log-volume.js';

/** Whether rises (positive) or falls come with much volume. */
export function volumeReturnCorrelation(window: number): SeriesFeature {
  return {
    kind: 'series',
    name: `volume-return-correlation-${window}`,
    family: 'volume',
    describe: `correlation of daily log return and log volume over ${window} sessions`,
    formula: `corr(r, ln V, ${window})`,
    unit: 'correlation',
    source: 'own definition; the relation is that of Karpoff (1987)',
    lookback: window,
    inputs: ['bars', 'volume'],
    compute: (series) => rollingCorrelation(series.logReturn, logVolume(series), window),
  };
}
