import { rollingCorrelation } from '../../math/rolling/regression.js';
import type { SeriesInputs } from '../compute/series-inputs.js';
import type { SeriesFeature } from '../feature.js';
import { alphaFeature } from './alpha-feature.js';

/** CORD: whether volume grows when the close does. */
export function cord(window: number): SeriesFeature {
  return alphaFeature({
    name: `cord-${window}`,
    describe: `correlation of the change of the close with the logarithm of 1 plus the change of the volume over ${window} sessions, changes as ratios`,
    formula: `corr(C / C[t−1], ln(V / V[t−1] + 1), ${window})`,
    unit: 'correlation',
    lookback: window,
    inputs: ['bars', 'volume'],
    compute: (series) => rollingCorrelation(series.derive('alpha158-close-ratio', closeRatios), series.derive('alpha158-volume-growth', volumeGrowth), window),
  });
}

function closeRatios({ close }: SeriesInputs): Float64Array {
  return close.map((value, t) => (t === 0 ? Number.NaN : value / close[t - 1]));
}

/** NaN after a session without trades. */
function volumeGrowth({ volume }: SeriesInputs): Float64Array {
  return volume.map((value, t) => (volume[t - 1] > 0 ? Math.log(value / volume[t - 1] + 1) : Number.NaN));
}
