import { fromPosition } from '../../math/rolling/from-position.js';
import { rollingMean } from '../../math/rolling/sums.js';
import type { SeriesFeature } from '../feature.js';

/** Traded value to which the return is put in relation, in quote currency. */
const MILLION = 1e6;

/** How far prices move for each million traded. */
export function amihudIlliquidity(window: number): SeriesFeature {
  return {
    kind: 'series',
    name: `amihud-illiquidity-${window}`,
    family: 'volume',
    describe: `mean absolute daily return for a million of quote currency traded, over ${window} sessions`,
    formula: `10⁶ · mean(|C / C[t−1] − 1| / D, ${window}), D = traded value`,
    unit: 'ratio',
    source: 'Amihud (2002)',
    lookback: window,
    inputs: ['bars', 'volume'],
    scale: { prices: 'varies', volumes: 'varies' },
    compute({ simpleReturn, dollarVolume }) {
      const impact = fromPosition(simpleReturn.length, 1, (t) => (MILLION * Math.abs(simpleReturn[t])) / dollarVolume[t]);
      return rollingMean(impact, window);
    },
  };
}
