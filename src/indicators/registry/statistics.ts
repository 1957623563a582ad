import { indicator, number, period, type Indicator } from '../indicator.js';
import { max, maxindex, min, minindex, minmax, minmaxindex, rollingLookback, sum } from '../rolling/minmax.js';
import { beta, betaLookback, correl, correlLookback } from '../statistics/correl.js';
import { linearreg, linearregAngle, linearregIntercept, linearregLookback, linearregSlope, tsf } from '../statistics/linearreg.js';
import { stddev, variance, varianceLookback } from '../statistics/stddev.js';

const common = { inputs: ['close'], memory: 'finite', reference: 'textbook' } as const;
const line = { ...common, group: 'statistics', parameters: { period: period(14) }, smoothing: 'least squares', lookback: (p: { readonly period: number }) => linearregLookback(p.period) } as const;
const rolling = { ...common, group: 'rolling', parameters: { period: period(30) }, lookback: (p: { readonly period: number }) => rollingLookback(p.period) } as const;

export const STATISTICS: readonly Indicator[] = [
  indicator({ name: 'BETA', call: 'beta', title: 'slope of the returns of the second on those of the first', ...common, group: 'statistics', inputs: ['close', 'other'], parameters: { period: period(5, 1) }, smoothing: 'simple returns, equal weights', lookback: (p) => betaLookback(p.period), compute: ({ close, other }, p) => beta(close, other, p.period) }),
  indicator({ name: 'CORREL', call: 'correl', title: "Pearson's correlation of two series", ...common, group: 'statistics', inputs: ['close', 'other'], parameters: { period: period(30, 1) }, smoothing: 'values (not returns), equal weights', lookback: (p) => correlLookback(p.period), compute: ({ close, other }, p) => correl(close, other, p.period) }),
  indicator({ name: 'LINEARREG', call: 'linearreg', title: 'end of the regression line', ...line, compute: ({ close }, p) => linearreg(close, p.period) }),
  indicator({ name: 'LINEARREG_SLOPE', call: 'linearregSlope', title: 'slope of the regression line', ...line, compute: ({ close }, p) => linearregSlope(close, p.period) }),
  indicator({ name: 'LINEARREG_INTERCEPT', call: 'linearregIntercept', title: 'start of the regression line', ...line, compute: ({ close }, p) => linearregIntercept(close, p.period) }),
  indicator({ name: 'LINEARREG_ANGLE', call: 'linearregAngle', title: 'angle of the regression line, degrees', ...line, compute: ({ close }, p) => linearregAngle(close, p.period) }),
  indicator({ name: 'TSF', call: 'tsf', title: 'regression line one row ahead', ...line, compute: ({ close }, p) => tsf(close, p.period) }),
  indicator({ name: 'STDDEV', call: 'stddev', title: 'standard deviation', ...common, group: 'statistics', parameters: { period: period(5), deviations: number(1, -Number.MAX_VALUE) }, smoothing: 'population (÷ n)', lookback: (p) => varianceLookback(p.period), compute: ({ close }, { period, ...options }) => stddev(close, period, options) }),
  indicator({ name: 'VAR', call: 'variance', title: 'variance', ...common, group: 'statistics', parameters: { period: period(5, 1) }, smoothing: 'population (÷ n)', lookback: (p) => varianceLookback(p.period), compute: ({ close }, p) => variance(close, p.period) }),
];

export const ROLLING: readonly Indicator[] = [
  indicator({ name: 'MAX', call: 'max', title: 'highest value', ...rolling, compute: ({ close }, p) => max(close, p.period) }),
  indicator({ name: 'MIN', call: 'min', title: 'lowest value', ...rolling, compute: ({ close }, p) => min(close, p.period) }),
  indicator({ name: 'MINMAX', call: 'minmax', title: 'lowest and highest value', ...rolling, outputs: ['min', 'max'], compute: ({ close }, p) => minmax(close, p.period) }),
  indicator({ name: 'MAXINDEX', call: 'maxindex', title: 'row of the highest value', ...rolling, compute: ({ close }, p) => maxindex(close, p.period) }),
  indicator({ name: 'MININDEX', call: 'minindex', title: 'row of the lowest value', ...rolling, compute: ({ close }, p) => minindex(close, p.period) }),
  indicator({ name: 'MINMAXINDEX', call: 'minmaxindex', title: 'rows of the lowest and highest value', ...rolling, outputs: ['min', 'max'], compute: ({ close }, p) => minmaxindex(close, p.period) }),
  indicator({ name: 'SUM', call: 'sum', title: 'sum', ...rolling, compute: ({ close }, p) => sum(close, p.period) }),
];
