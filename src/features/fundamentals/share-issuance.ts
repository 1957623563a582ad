import type { SeriesFeature } from '../feature.js';
import { quarterFeature } from './quarter-feature.js';

/** Below ln 1.5: a larger change may be a split, and filed numbers are not restated for one. */
const LARGEST = 0.4;

export const shareIssuance: SeriesFeature = quarterFeature(
  {
    name: 'share-issuance',
    concepts: ['shares_outstanding'],
    describe: `log growth of the number of shares over the year, negative after buybacks; NaN beyond ±${LARGEST}, where it cannot be told from a split`,
    formula: 'ln(shares[q] / shares[q−4])',
    unit: 'ratio',
    source: 'Pontiff and Woodgate (2008); shares as filed, not adjusted for splits',
  },
  ([shares]) => {
    const change = Math.log(shares.quarter(0) / shares.quarter(4));
    return Math.abs(change) <= LARGEST ? change : Number.NaN;
  },
);
