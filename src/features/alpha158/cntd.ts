import type { SeriesFeature } from '../feature.js';
import { alphaFeature } from './alpha-feature.js';
import { downShare, upShare } from './up-and-down.js';

/** CNTD: CNTP less CNTN. */
export function cntd(window: number): SeriesFeature {
  return alphaFeature({
    name: `cntd-${window}`,
    describe: `share of up sessions less share of down sessions among ${window}`,
    formula: `mean(C > C[t−1], ${window}) − mean(C < C[t−1], ${window})`,
    unit: 'fraction',
    lookback: window,
    compute(series) {
      const downs = downShare(series, window);
      return upShare(series, window).map((ups, t) => ups - downs[t]);
    },
  });
}
