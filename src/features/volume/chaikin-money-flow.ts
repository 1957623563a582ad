import { fromPosition } from '../../math/rolling/from-position.js';
import { rollingMean } from '../../math/rolling/sums.js';
import type { SeriesFeature } from '../feature.js';
import { meanVolume } from './mean-volume.js';

/** Whether the volume went with closes near the high (up to 1) or near the low (down to −1). */
export function chaikinMoneyFlow(window: number): SeriesFeature {
  return {
    kind: 'series',
    name: `chaikin-money-flow-${window}`,
    family: 'volume',
    describe: `mean of close location times volume over mean volume, ${window} sessions; a session without a range counts as 0`,
    formula: `mean((2C − H − L) / (H − L) · V, ${window}) / mean(V, ${window})`,
    unit: 'fraction',
    source: 'Chaikin, money flow',
    lookback: window - 1,
    inputs: ['bars', 'volume'],
    compute(series) {
      const { high, low, close, volume } = series;
      const flow = fromPosition(series.length, 0, (t) => (high[t] === low[t] ? 0 * volume[t] : ((2 * close[t] - high[t] - low[t]) / (high[t] - low[t])) * volume[t]));
      const [money, all] = [rollingMean(flow, window), meanVolume(series, window)];
      return fromPosition(series.length, window - 1, (t) => money[t] / all[t]);
    },
  };
}
