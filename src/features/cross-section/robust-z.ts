import { madZScore } from '../../math/cross-section.js';
import type { CrossSectionFeature, SeriesFeature } from '../feature.js';
import { compared } from './compared.js';

/** How many robust deviations a member lies from the median: a few absurd values move neither. */
export function robustZ(base: SeriesFeature): CrossSectionFeature {
  return compared(base, {
    prefix: 'robust-z',
    describe: 'distance from the median in scaled median absolute deviations',
    formula: '(x − median(x)) / (1.4826 · median |x − median(x)|)',
    unit: 'z-score',
    source: 'Leys et al. (2013); Hampel (1974)',
    inputs: ['members'],
    transform: (values) => madZScore(values),
  });
}
