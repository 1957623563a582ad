import { rollingMean } from '../../math/rolling/sums.js';
import type { SeriesFeature } from '../feature.js';
import { annualized } from './annualized.js';

/** Annualized root mean square of the falls alone: semi-deviation about zero. */
export function downsideVolatility(window: number): SeriesFeature {
  return {
    kind: 'series',
    name: `downside-volatility-${window}`,
    family: 'volatility',
    describe: `semi-deviation about zero of the daily log returns of ${window} sessions, annualized; rises count as 0`,
    formula: `√(252 · mean(min(r, 0)², ${window}))`,
    unit: 'annualized volatility',
    source: 'Markowitz (1959), semi-variance; target 0',
    lookback: window,
    inputs: ['bars'],
    compute: ({ logReturn }) => annualized(rollingMean(logReturn.map((value) => Math.min(value, 0) ** 2), window)),
  };
}
