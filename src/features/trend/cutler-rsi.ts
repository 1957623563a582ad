import { fromPosition } from '../../math/rolling/from-position.js';
import { rollingSum } from '../../math/rolling/sums.js';
import type { SeriesFeature } from '../feature.js';

/** Relative strength index with simple means, as a fraction: share of the rises in all movement. */
export function cutlerRsi(window: number): SeriesFeature {
  return {
    kind: 'series',
    name: `cutler-rsi-${window}`,
    family: 'trend',
    describe: `sum of the rises of the close as a share of all its changes of ${window} sessions`,
    formula: `Σ max(ΔC, 0) / Σ |ΔC| over ${window} sessions, ΔC = C − C[t−1]`,
    unit: 'fraction',
    source: "Wilder (1978), relative strength index; Cutler's simple means, fraction instead of percent",
    lookback: window,
    inputs: ['bars'],
    compute({ close }) {
      const rises = rollingSum(fromPosition(close.length, 1, (t) => Math.max(close[t] - close[t - 1], 0)), window);
      const falls = rollingSum(fromPosition(close.length, 1, (t) => Math.max(close[t - 1] - close[t], 0)), window);
      return fromPosition(close.length, window, (t) => rises[t] / (rises[t] + falls[t]));
    },
  };
}
