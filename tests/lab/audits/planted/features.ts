import type { SeriesFeature } from '../../../../src/features/feature.js';

const card = { kind: 'series', family: 'trend', unit: 'ratio', source: 'a fault', inputs: ['bars'] } as const;

/** Fault: the mean of the two sessions before and the two after, as charts are smoothed. */
export const centredMean: SeriesFeature = {
  ...card,
  name: 'centred-mean-5',
  describe: 'close over the mean close of five sessions around it',
  formula: 'C[t] / mean(C[t−2 … t+2])',
  lookback: 2,
  compute: ({ close }) => close.map((value, t) => (value * 5) / (close[t - 2] + close[t - 1] + value + close[t + 1] + close[t + 2])),
};

/** Fault: the gap of the next open, which a trader sees in the morning after the decision. */
export const nextOpenGap: SeriesFeature = {
  ...card,
  name: 'opening-gap',
  describe: 'open over the close before it',
  formula: 'O[t+1] / C[t] − 1',
  lookback: 0,
  compute: ({ open, close }) => close.map((value, t) => open[t + 1] / value - 1),
};

/** Fault: how dear a stock is, by adjusted prices. */
export const logClose: SeriesFeature = {
  ...card,
  name: 'log-close',
  describe: 'logarithm of the close',
  formula: 'ln C[t]',
  lookback: 0,
  scale: { prices: 'varies' }, // declared, so that the scale law says nothing
  compute: ({ close }) => close.map(Math.log),
};

/** Fault: a mean over everything since the beginning, which never forgets. */
export const expandingMean: SeriesFeature = {
  ...card,
  name: 'close-over-mean',
  describe: 'close over the mean of all closes so far',
  formula: 'C[t] / mean(C[0 … t])',
  lookback: 63,
  compute({ close }) {
    let sum = 0;
    return close.map((value, t) => {
      sum += value;
      return (value * (t + 1)) / sum;
    });
  },
};
