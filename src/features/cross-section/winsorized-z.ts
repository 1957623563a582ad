import { winsorize, zScore } from '../../math/cross-section.js';
import type { CrossSectionFeature, SeriesFeature } from '../feature.js';
import { compared } from './compared.js';

/** Standard score after the outermost values were pulled in; `percent` of the members at each end. */
export function winsorizedZ(base: SeriesFeature, percent: 1 | 5): CrossSectionFeature {
  return compared(base, {
    prefix: `winsorized-z-${percent}pct`,
    describe: `standard score after values beyond the outer ${percent} % were pulled in to it`,
    formula: `(w − mean(w)) / std(w), w = x between its quantiles ${percent / 100} and ${1 - percent / 100}`,
    unit: 'z-score',
    source: 'Tukey (1962), winsorizing; standard score with divisor n − 1',
    inputs: ['members'],
    transform: (values) => zScore(winsorize(values, percent / 100)),
  });
}
