import { fromPosition } from '../../math/rolling/from-position.js';
import { rollingSum } from '../../math/rolling/sums.js';
import type { SeriesInputs } from '../compute/series-inputs.js';
import type { SeriesFeature } from '../feature.js';

const COLUMN = { index: 'indexReturn', sector: 'sectorReturn' } as const;
const WORDS = { index: 'the benchmark', sector: 'the mean of its sector' } as const;

/** How much more the instrument returned than the benchmark, or than the mean of its sector. */
export function relativeStrength(to: 'index' | 'sector', window: number): SeriesFeature {
  return {
    kind: 'series',
    name: `strength-to-${to}-${window}`,
    family: 'market',
    describe: `growth of the price over ${window} sessions relative to that of ${WORDS[to]}; NaN where a return of the latter is missing`,
    formula: `(C / C[t−${window}]) / Π (1 + M) − 1 over ${window} sessions, M ${to === 'index' ? 'returns of the benchmark' : 'mean returns of the members of the sector, rebalanced daily'}`,
    unit: 'return',
    source: to === 'index' ? 'Levy (1967), relative strength' : 'Moskowitz and Grinblatt (1999), industries; here the part beyond the sector',
    lookback: window,
    inputs: ['bars', to],
    compute(series) {
      const growth = logGrowth(series, COLUMN[to], window);
      return fromPosition(series.length, window, (t) => series.close[t] / series.close[t - window] / Math.exp(growth[t]) - 1);
    },
  };
}

/** Σ ln(1 + return) over the window, [session]; needs `window` sessions before; NaN where one is missing, as the price grew over all of them. */
function logGrowth(series: SeriesInputs, column: 'indexReturn' | 'sectorReturn', window: number): Float64Array {
  return series.derive(`${column}-log-growth-${window}`, (inputs) => rollingSum(inputs[column].map(Math.log1p), window, window));
}
