import { rollingZScore } from '../../math/rolling/moments.js';
import type { SeriesFeature } from '../feature.js';
import { overnightReturn } from '../momentum/day-parts.js';

/** How unusual the gap is among those of `window` sessions. */
export function gapZScore(window: number): SeriesFeature {
  return {
    kind: 'series',
    name: `gap-z-score-${window}`,
    family: 'structure',
    describe: `log gap less its mean of ${window} sessions, in standard deviations, today included`,
    formula: `(g − mean(g, ${window})) / std(g, ${window}), g = ln(O / C[t−1]), divisor ${window} − 1`,
    unit: 'z-score',
    source: 'standard',
    lookback: window,
    inputs: ['bars'],
    compute: (series) => rollingZScore(overnightReturn(series), window),
  };
}
