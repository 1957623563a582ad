import { average, indicator, period, type Indicator } from '../indicator.js';
import { apo, oscillatorLookback, oscillatorMemory, ppo } from '../momentum/apo.js';
import { aroon, aroonLookback, aroonosc } from '../momentum/aroon.js';
import { bop } from '../momentum/bop.js';
import { cci, cciLookback } from '../momentum/cci.js';
import { cmo, cmoLookback } from '../momentum/cmo.js';
import { imi, imiLookback } from '../momentum/imi.js';
import { macd, macdext, macdextLookback, macdextMemory, macdfix, macdLookback } from '../momentum/macd.js';
import { mfi, mfiLookback } from '../momentum/mfi.js';
import { changeLookback, mom, roc, rocp, rocr, rocr100 } from '../momentum/roc.js';
import { rsi, rsiLookback } from '../momentum/rsi.js';
import { stoch, stochf, stochfLookback, stochfMemory, stochLookback, stochMemory, stochrsi, stochrsiLookback } from '../momentum/stoch.js';
import { trix, trixLookback } from '../momentum/trix.js';
import { ultosc, ultoscLookback } from '../momentum/ultosc.js';
import { willr, willrLookback } from '../momentum/willr.js';

const group = 'momentum';
const WILDER = 'Wilder (weight 1/period), seeded by the simple mean of the first period changes';
const SEEDED = 'exponential, weight 2/(period + 1), seeded by simple means';
const MACD_OUTPUTS = ['macd', 'signal', 'hist'];
const change = { group, inputs: ['close'], parameters: { period: period(10, 1) }, memory: 'finite', reference: 'textbook', lookback: (p: { readonly period: number }) => changeLookback(p.period) } as const;
const ranged = { group, inputs: ['high', 'low', 'close'], memory: 'finite' } as const;
const oscillator = { fastPeriod: period(12), slowPeriod: period(26), maType: average('ema') };

const OSCILLATORS: readonly Indicator[] = [
  indicator({ name: 'APO', call: 'apo', title: 'absolute price oscillator', group, inputs: ['close'], parameters: oscillator, smoothing: 'averages of the type, each from the first row', memory: oscillatorMemory, reference: 'textbook', lookback: oscillatorLookback, compute: ({ close }, p) => apo(close, p) }),
  indicator({ name: 'PPO', call: 'ppo', title: 'percentage price oscillator', group, inputs: ['close'], parameters: oscillator, smoothing: 'averages of the type, each from the first row', memory: oscillatorMemory, reference: 'textbook', lookback: oscillatorLookback, compute: ({ close }, p) => ppo(close, p) }),
  indicator({ name: 'MACD', call: 'macd', title: 'moving average convergence/divergence', group, inputs: ['close'], parameters: { fastPeriod: period(12), slowPeriod: period(26), signalPeriod: period(9, 1) }, outputs: MACD_OUTPUTS, smoothing: `${SEEDED}; the fast one starts with the slow one`, memory: 'unbounded', reference: 'Appel (1979)', lookback: macdLookback, compute: ({ close }, p) => macd(close, p) }),
  indicator({ name: 'MACDFIX', call: 'macdfix', title: 'MACD with the weights 0.15 and 0.075', group, inputs: ['close'], parameters: { signalPeriod: period(9, 1) }, outputs: MACD_OUTPUTS, smoothing: 'as MACD, weights rounded', memory: 'unbounded', reference: 'Appel (1979)', lookback: (p) => macdLookback({ fastPeriod: 12, slowPeriod: 26, signalPeriod: p.signalPeriod }), compute: ({ close }, p) => macdfix(close, p.signalPeriod) }),
  indicator({
    name: 'MACDEXT',
    call: 'macdext',
    title: 'MACD with averages of named types',
    group,
    inputs: ['close'],
    parameters: { fastPeriod: period(12), fastMaType: average('sma'), slowPeriod: period(26), slowMaType: average('sma'), signalPeriod: period(9, 1), signalMaType: average('sma') },
    outputs: MACD_OUTPUTS,
    smoothing: 'averages of the types, fast and slow with their first value on one row',
    memory: macdextMemory,
    reference: 'TA-Lib',
    lookback: macdextLookback,
    compute: ({ close }, p) => macdext(close, p),
  }),
  indicator({ name: 'STOCH', call: 'stoch', title: 'slow stochastic', ...ranged, parameters: { fastKPeriod: period(5, 1), slowKPeriod: period(3, 1), slowKMaType: average('sma'), slowDPeriod: period(3, 1), slowDMaType: average('sma') }, outputs: ['k', 'd'], smoothing: 'averages of the types, simple by default', memory: stochMemory, reference: 'Lane (1984)', lookback: stochLookback, compute: ({ high, low, close }, p) => stoch(high, low, close, p) }),
  indicator({ name: 'STOCHF', call: 'stochf', title: 'fast stochastic', ...ranged, parameters: { fastKPeriod: period(5, 1), fastDPeriod: period(3, 1), fastDMaType: average('sma') }, outputs: ['k', 'd'], smoothing: '%D: average of the type, simple by default', memory: stochfMemory, reference: 'Lane (1984)', lookback: stochfLookback, compute: ({ high, low, close }, p) => stochf(high, low, close, p) }),
  indicator({ name: 'STOCHRSI', call: 'stochrsi', title: 'stochastic of the RSI', group, inputs: ['close'], parameters: { period: period(14), fastKPeriod: period(5, 1), fastDPeriod: period(3, 1), fastDMaType: average('sma') }, outputs: ['k', 'd'], smoothing: `RSI: ${WILDER}; %K unsmoothed; %D: average of the type`, memory: 'unbounded', reference: 'Chande and Kroll (1994)', lookback: (p) => stochrsiLookback(p.period, p), compute: ({ close }, { period, ...options }) => stochrsi(close, period, options) }),
  indicator({ name: 'ULTOSC', call: 'ultosc', title: 'ultimate oscillator', ...ranged, parameters: { shortPeriod: period(7, 1), middlePeriod: period(14, 1), longPeriod: period(28, 1) }, smoothing: 'plain sums', reference: 'Williams (1985)', lookback: ultoscLookback, compute: ({ high, low, close }, p) => ultosc(high, low, close, p) }),
];

export const MOMENTUM: readonly Indicator[] = [
  indicator({ name: 'RSI', call: 'rsi', title: 'relative strength index', group, inputs: ['close'], parameters: { period: period(14) }, smoothing: WILDER, memory: 'unbounded', reference: 'Wilder (1978)', lookback: (p) => rsiLookback(p.period), compute: ({ close }, p) => rsi(close, p.period) }),
  indicator({ name: 'CMO', call: 'cmo', title: 'Chande momentum oscillator', group, inputs: ['close'], parameters: { period: period(14) }, smoothing: `${WILDER} (Chande's own: plain sums)`, memory: 'unbounded', reference: 'Chande and Kroll (1994)', lookback: (p) => cmoLookback(p.period), compute: ({ close }, p) => cmo(close, p.period) }),
  ...OSCILLATORS,
  indicator({ name: 'CCI', call: 'cci', title: 'commodity channel index', ...ranged, parameters: { period: period(14) }, smoothing: 'simple mean, mean absolute deviation', reference: 'Lambert (1980)', lookback: (p) => cciLookback(p.period), compute: ({ high, low, close }, p) => cci(high, low, close, p.period) }),
  indicator({ name: 'WILLR', call: 'willr', title: "Williams' %R", ...ranged, parameters: { period: period(14) }, reference: 'Williams (1973)', lookback: (p) => willrLookback(p.period), compute: ({ high, low, close }, p) => willr(high, low, close, p.period) }),
  indicator({ name: 'MFI', call: 'mfi', title: 'money flow index', group, inputs: ['high', 'low', 'close', 'volume'], parameters: { period: period(14) }, smoothing: 'plain sums', memory: 'finite', reference: 'Quong and Soudack (1989)', lookback: (p) => mfiLookback(p.period), compute: ({ high, low, close, volume }, p) => mfi(high, low, close, volume, p.period) }),
  indicator({ name: 'IMI', call: 'imi', title: 'intraday momentum index', group, inputs: ['open', 'close'], parameters: { period: period(14) }, smoothing: 'plain sums', memory: 'finite', reference: 'Chande and Kroll (1994)', lookback: (p) => imiLookback(p.period), compute: ({ open, close }, p) => imi(open, close, p.period) }),
  indicator({ name: 'BOP', call: 'bop', title: 'balance of power', group, inputs: ['open', 'high', 'low', 'close'], parameters: {}, memory: 'finite', reference: 'Livshin (2001)', lookback: () => 0, compute: ({ open, high, low, close }) => bop(open, high, low, close) }),
  indicator({ name: 'AROON', call: 'aroon', title: 'Aroon', group, inputs: ['high', 'low'], parameters: { period: period(14) }, outputs: ['down', 'up'], memory: 'finite', reference: 'Chande (1995)', lookback: (p) => aroonLookback(p.period), compute: ({ high, low }, p) => aroon(high, low, p.period) }),
  indicator({ name: 'AROONOSC', call: 'aroonosc', title: 'Aroon oscillator', group, inputs: ['high', 'low'], parameters: { period: period(14) }, memory: 'finite', reference: 'Chande (1995)', lookback: (p) => aroonLookback(p.period), compute: ({ high, low }, p) => aroonosc(high, low, p.period) }),
  indicator({ name: 'TRIX', call: 'trix', title: 'rate of change of a triple exponential average', group, inputs: ['close'], parameters: { period: period(30, 1) }, smoothing: SEEDED, memory: 'unbounded', reference: 'Hutson (1983)', lookback: (p) => trixLookback(p.period), compute: ({ close }, p) => trix(close, p.period) }),
  indicator({ name: 'MOM', call: 'mom', title: 'momentum', ...change, compute: ({ close }, p) => mom(close, p.period) }),
  indicator({ name: 'ROC', call: 'roc', title: 'rate of change, percent', ...change, compute: ({ close }, p) => roc(close, p.period) }),
  indicator({ name: 'ROCP', call: 'rocp', title: 'rate of change, fraction', ...change, compute: ({ close }, p) => rocp(close, p.period) }),
  indicator({ name: 'ROCR', call: 'rocr', title: 'rate of change, ratio', ...change, compute: ({ close }, p) => rocr(close, p.period) }),
  indicator({ name: 'ROCR100', call: 'rocr100', title: 'rate of change, ratio times 100', ...change, compute: ({ close }, p) => rocr100(close, p.period) }),
];
