import { fromPosition } from '../../math/rolling/from-position.js';
import { rollingMean, rollingSum } from '../../math/rolling/sums.js';
import type { SeriesInputs } from '../compute/series-inputs.js';
import type { SeriesFeature } from '../feature.js';
import { PRICE_TIE } from '../price-tie.js';

/** Which of the two directional movements prevails, from −1 to 1. */
export function directionalMovement(window: number): SeriesFeature {
  return {
    kind: 'series',
    name: `directional-movement-${window}`,
    family: 'trend',
    describe: `upward less downward directional movement of ${window} sessions, over their sum; movements within ${PRICE_TIE} of the high are equal`,
    formula: `(Σ DM⁺ − Σ DM⁻) / (Σ DM⁺ + Σ DM⁻) over ${window} sessions; DM⁺ = H − H[t−1] where positive and above L[t−1] − L, else 0; DM⁻ likewise`,
    unit: 'fraction',
    source: 'Wilder (1978), directional movement; sums instead of smoothing, the true range cancels',
    lookback: window,
    inputs: ['bars'],
    compute: (series) => directionalBalance(series, window),
  };
}

/** ADX with an end to its memory: how one-sided prices moved, whichever side. */
export function averageDirectionalIndex(window: number): SeriesFeature {
  return {
    kind: 'series',
    name: `average-directional-index-${window}`,
    family: 'trend',
    describe: `mean over ${window} sessions of the absolute directional movement of ${window} sessions; movements within ${PRICE_TIE} of the high are equal`,
    formula: `mean(|Σ DM⁺ − Σ DM⁻| / (Σ DM⁺ + Σ DM⁻), ${window}), sums over ${window} sessions`,
    unit: 'fraction',
    source: 'Wilder (1978), ADX; sums and a simple mean instead of smoothing, fraction instead of percent',
    lookback: 2 * window - 1,
    inputs: ['bars'],
    compute: (series) => rollingMean(directionalBalance(series, window).map(Math.abs), window),
  };
}

/** Needs `window` sessions before. */
function directionalBalance(series: SeriesInputs, window: number): Float64Array {
  return series.derive(`directional-balance-${window}`, ({ high, low }) => {
    const up = rollingSum(fromPosition(high.length, 1, (t) => movement(high[t] - high[t - 1], low[t - 1] - low[t], high[t])), window);
    const down = rollingSum(fromPosition(high.length, 1, (t) => movement(low[t - 1] - low[t], high[t] - high[t - 1], high[t])), window);
    return fromPosition(high.length, window, (t) => (up[t] - down[t]) / (up[t] + down[t]));
  });
}

function movement(own: number, other: number, price: number): number {
  if (own > Math.max(other, 0) + PRICE_TIE * price) return own;
  return own === own && other === other ? 0 : Number.NaN;
}
