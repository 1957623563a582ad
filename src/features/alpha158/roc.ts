import type { SeriesFeature } from '../feature.js';
import { alphaFeature } from './alpha-feature.js';

/** ROC: the close `window` sessions ago over the close; above 1 after a fall. */
export function roc(window: number): SeriesFeature {
  return alphaFeature({
    name: `roc-${window}`,
    describe: `close of ${window} sessions ago divided by the close`,
    formula: `C[t−${window}] / C`,
    unit: 'ratio',
    lookback: window,
    compute({ close }) {
      const values = new Float64Array(close.length).fill(Number.NaN);
      for (let t = window; t < close.length; t++) if (close[t] > 0) values[t] = close[t - window] / close[t];
      return values;
    },
  });
}
