import { SESSIONS_PER_YEAR } from '../../core/sessions-per-year.js';
import { fromPosition } from '../../math/rolling/from-position.js';
import { rollingZScore } from '../../math/rolling/moments.js';
import { rollingRank } from '../../math/rolling/order.js';
import { rollingMean } from '../../math/rolling/sums.js';
import type { FeatureCard, MarketFeature } from '../feature.js';
import { asKnown } from '../known-periods.js';
import { DAILY_MAX_AGE, macroLevel } from '../macro-series.js';
import { indexVariance } from './index-return.js';

const LAG = 'close of the session before, the newest that counts as released';

const card = { kind: 'market', family: 'market', inputs: ['macro:VIX'] } as const satisfies Partial<FeatureCard> & { kind: 'market' };

export const vix: MarketFeature = {
  ...card,
  name: 'vix',
  describe: `implied volatility of the S&P 500 in points (percent a year), ${LAG}; NaN after ${DAILY_MAX_AGE} days without one`,
  formula: 'VIX[t−1]',
  unit: 'index points',
  source: 'Cboe; Whaley (2009)',
  lookback: 0,
  compute: (market) => macroLevel(market, 'VIX'),
};

export function vixChange(window: number): MarketFeature {
  return {
    ...card,
    name: `vix-change-${window}`,
    describe: `change of the VIX in points over ${window} sessions, ${LAG}`,
    formula: `VIX[t−1] − VIX[t−1−${window}]`,
    unit: 'index points',
    source: 'standard',
    lookback: window,
    compute(market) {
      const level = macroLevel(market, 'VIX');
      return fromPosition(level.length, window, (t) => level[t] - level[t - window]);
    },
  };
}

export function vixZScore(window: number): MarketFeature {
  return {
    ...card,
    name: `vix-z-score-${window}`,
    describe: `how many standard deviations the VIX lies from its mean of ${window} sessions, ${LAG}`,
    formula: `(VIX − mean(VIX, ${window})) / std(VIX, ${window})`,
    unit: 'z-score',
    source: 'standard',
    lookback: window - 1,
    compute: (market) => rollingZScore(macroLevel(market, 'VIX'), window),
  };
}

export function vixPercentile(window: number): MarketFeature {
  return {
    ...card,
    name: `vix-percentile-${window}`,
    describe: `where the VIX stands among its values of ${window} sessions, from just above 0 to 1, ${LAG}`,
    formula: `rank of VIX among VIX[t−${window - 1} … t] / number of them there, equals at their mean rank`,
    unit: 'rank',
    source: 'standard',
    lookback: window - 1,
    compute: (market) => rollingRank(macroLevel(market, 'VIX'), window),
  };
}

/** Stands for the slope of the term structure, of which there is no series: a VIX far above its mean usually lies above its futures. */
export function vixToMean(window: number): MarketFeature {
  return {
    ...card,
    name: `vix-to-mean-${window}`,
    describe: `the VIX relative to its mean of ${window} sessions, ${LAG}`,
    formula: `VIX / mean(VIX, ${window}) − 1`,
    unit: 'ratio',
    source: 'own definition',
    lookback: window - 1,
    compute(market) {
      const level = macroLevel(market, 'VIX');
      const means = rollingMean(level, window);
      return fromPosition(level.length, window - 1, (t) => level[t] / means[t] - 1);
    },
  };
}

export const vixOpenToClose: MarketFeature = {
  ...card,
  name: 'vix-open-to-close',
  describe: `change of the VIX from open to close relative to the open, of the session before; NaN after ${DAILY_MAX_AGE} days without one`,
  formula: 'VIX[t−1] / VIX_OPEN[t−1] − 1, both of one day',
  unit: 'return',
  source: 'own definition',
  lookback: 0,
  inputs: ['macro:VIX', 'macro:VIX_OPEN'],
  compute: ({ macro, sessions }) => asKnown([macro.get('VIX'), macro.get('VIX_OPEN')], sessions, ([close, open]) => close.near(close.newest, 0) / open.near(close.newest, 0) - 1, { maxAge: DAILY_MAX_AGE, since: 'period' }),
};

/** What protection costs beyond what the benchmark moved. */
export function varianceRiskPremium(window: number): MarketFeature {
  return {
    ...card,
    name: `variance-risk-premium-${window}`,
    describe: `variance implied by the VIX less the realized variance of the benchmark over ${window} sessions, both annualized; the benchmark may be another index than that of the VIX`,
    formula: `(VIX[t−1] / 100)² − 252 · mean(ln(1 + M)², ${window})`,
    unit: 'fraction per year',
    source: 'Bollerslev, Tauchen and Zhou (2009); daily returns',
    lookback: window,
    inputs: ['macro:VIX', 'index'],
    compute(market) {
      const [level, realized] = [macroLevel(market, 'VIX'), indexVariance(market, window)];
      return fromPosition(level.length, window, (t) => (level[t] / 100) ** 2 - SESSIONS_PER_YEAR * realized[t]);
    },
  };
}
