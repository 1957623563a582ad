import { rollingRank } from '../../math/rolling/order.js';
import type { SeriesFeature } from '../feature.js';

/** Rank of today's volume among those of `window` sessions: high ranks were followed by high returns. */
export function volumeRank(window: number): SeriesFeature {
  return {
    kind: 'series',
    name: `volume-rank-${window}`,
    family: 'volume',
    describe: `rank of the volume among those of ${window} sessions, over their number`,
    formula: `rank(V, ${window}) / number of V there, equals at their mean rank`,
    unit: 'rank',
    source: 'Gervais, Kaniel and Mingelgrin (2001)',
    lookback: window - 1,
    inputs: ['volume'],
    compute: ({ volume }) => rollingRank(volume, window),
  };
}
