import { average, indicator, number, period, type Indicator } from '../indicator.js';
import { accbands } from '../overlap/accbands.js';
import { bbands, bbandsLookback } from '../overlap/bbands.js';
import { dema, demaLookback } from '../overlap/dema.js';
import { ema, emaLookback } from '../overlap/ema.js';
import { kama, kamaLookback } from '../overlap/kama.js';
import { averageLookback, averageMemory, ma } from '../overlap/ma.js';
import { mama, MAMA_LOOKBACK } from '../overlap/mama.js';
import { midLookback, midpoint, midprice } from '../overlap/midpoint.js';
import { sar, SAR_LOOKBACK } from '../overlap/sar.js';
import { sarext } from '../overlap/sarext.js';
import { sma, smaLookback } from '../overlap/sma.js';
import { t3, t3Lookback } from '../overlap/t3.js';
import { tema, temaLookback } from '../overlap/tema.js';
import { trima, trimaLookback } from '../overlap/trima.js';
import { wma, wmaLookback } from '../overlap/wma.js';

const group = 'overlap';
const SEEDED = 'exponential, weight 2/(period + 1), seeded by the simple mean of the first period values';
const CHAINED = `${SEEDED}; each average in the chain likewise`;

const AVERAGES: readonly Indicator[] = [
  indicator({ name: 'SMA', call: 'sma', title: 'simple moving average', group, inputs: ['close'], parameters: { period: period(30, 1) }, smoothing: 'simple mean', memory: 'finite', reference: 'textbook', lookback: (p) => smaLookback(p.period), compute: ({ close }, p) => sma(close, p.period) }),
  indicator({ name: 'EMA', call: 'ema', title: 'exponential moving average', group, inputs: ['close'], parameters: { period: period(30, 1) }, smoothing: SEEDED, memory: 'unbounded', reference: 'textbook', lookback: (p) => emaLookback(p.period), compute: ({ close }, p) => ema(close, p.period) }),
  indicator({ name: 'WMA', call: 'wma', title: 'weighted moving average', group, inputs: ['close'], parameters: { period: period(30, 1) }, smoothing: 'weights 1 … period', memory: 'finite', reference: 'textbook', lookback: (p) => wmaLookback(p.period), compute: ({ close }, p) => wma(close, p.period) }),
  indicator({ name: 'DEMA', call: 'dema', title: 'double exponential moving average', group, inputs: ['close'], parameters: { period: period(30, 1) }, smoothing: CHAINED, memory: 'unbounded', reference: 'Mulloy (1994)', lookback: (p) => demaLookback(p.period), compute: ({ close }, p) => dema(close, p.period) }),
  indicator({ name: 'TEMA', call: 'tema', title: 'triple exponential moving average', group, inputs: ['close'], parameters: { period: period(30, 1) }, smoothing: CHAINED, memory: 'unbounded', reference: 'Mulloy (1994)', lookback: (p) => temaLookback(p.period), compute: ({ close }, p) => tema(close, p.period) }),
  indicator({ name: 'TRIMA', call: 'trima', title: 'triangular moving average', group, inputs: ['close'], parameters: { period: period(30, 1) }, smoothing: 'simple mean of a simple mean', memory: 'finite', reference: 'textbook', lookback: (p) => trimaLookback(p.period), compute: ({ close }, p) => trima(close, p.period) }),
  indicator({ name: 'KAMA', call: 'kama', title: "Kaufman's adaptive moving average", group, inputs: ['close'], parameters: { period: period(30, 1) }, smoothing: 'exponential, weight between (2/31)² and (2/3)² by the efficiency ratio, starts from the value before the first output', memory: 'unbounded', reference: 'Kaufman (1995)', lookback: (p) => kamaLookback(p.period), compute: ({ close }, p) => kama(close, p.period) }),
  indicator({ name: 'T3', call: 't3', title: "Tillson's T3", group, inputs: ['close'], parameters: { period: period(5, 1), vFactor: number(0.7) }, smoothing: CHAINED, memory: 'unbounded', reference: 'Tillson (1998)', lookback: (p) => t3Lookback(p.period), compute: ({ close }, { period, ...options }) => t3(close, period, options) }),
  indicator({ name: 'MAMA', call: 'mama', title: 'MESA adaptive moving average and its follower', group, inputs: ['close'], parameters: { fastLimit: number(0.5, 0.01), slowLimit: number(0.05, 0.01) }, outputs: ['mama', 'fama'], smoothing: 'exponential, weight by the speed of the phase, starts from 0 twenty rows before the first output', memory: 'unbounded', reference: 'Ehlers (2001)', lookback: () => MAMA_LOOKBACK, compute: ({ close }, p) => mama(close, p) }),
  indicator({ name: 'MA', call: 'ma', title: 'moving average of a named type', group, inputs: ['close'], parameters: { period: period(30, 1), maType: average('sma') }, smoothing: 'as the type', memory: (p) => averageMemory({ type: p.maType, period: p.period }), reference: 'as the type', lookback: (p) => averageLookback({ type: p.maType, period: p.period }), compute: ({ close }, { period, ...options }) => ma(close, period, options) }),
];

export const OVERLAP: readonly Indicator[] = [
  ...AVERAGES,
  indicator({ name: 'BBANDS', call: 'bbands', title: 'Bollinger bands', group, inputs: ['close'], parameters: { period: period(20), deviationsUp: number(2, -Number.MAX_VALUE), deviationsDown: number(2, -Number.MAX_VALUE), maType: average('sma') }, outputs: ['upper', 'middle', 'lower'], smoothing: 'average of the type; population standard deviation (÷ n) about the simple mean', memory: (p) => averageMemory({ type: p.maType, period: p.period }), reference: 'Bollinger (2001)', lookback: (p) => bbandsLookback(p.period, p.maType), compute: ({ close }, { period, ...options }) => bbands(close, period, options) }),
  indicator({ name: 'ACCBANDS', call: 'accbands', title: 'acceleration bands', group, inputs: ['high', 'low', 'close'], parameters: { period: period(20) }, outputs: ['upper', 'middle', 'lower'], smoothing: 'simple means', memory: 'finite', reference: 'Headley (2002)', lookback: (p) => smaLookback(p.period), compute: ({ high, low, close }, p) => accbands(high, low, close, p.period) }),
  indicator({ name: 'MIDPOINT', call: 'midpoint', title: 'midpoint of highest and lowest value', group, inputs: ['close'], parameters: { period: period(14) }, memory: 'finite', reference: 'textbook', lookback: (p) => midLookback(p.period), compute: ({ close }, p) => midpoint(close, p.period) }),
  indicator({ name: 'MIDPRICE', call: 'midprice', title: 'midpoint of highest high and lowest low', group, inputs: ['high', 'low'], parameters: { period: period(14) }, memory: 'finite', reference: 'textbook', lookback: (p) => midLookback(p.period), compute: ({ high, low }, p) => midprice(high, low, p.period) }),
  indicator({ name: 'SAR', call: 'sar', title: 'parabolic stop and reverse', group, inputs: ['high', 'low'], parameters: { acceleration: number(0.02), maximum: number(0.2) }, smoothing: 'starts short if the second bar moved further down than up, else long', memory: 'unbounded', reference: 'Wilder (1978)', lookback: () => SAR_LOOKBACK, compute: ({ high, low }, p) => sar(high, low, p) }),
  indicator({
    name: 'SAREXT',
    call: 'sarext',
    title: 'parabolic stop and reverse, extended',
    group,
    inputs: ['high', 'low'],
    parameters: {
      ...{ startValue: number(0, -Number.MAX_VALUE), offsetOnReverse: number(0) },
      ...{ accelerationInitLong: number(0.02), accelerationLong: number(0.02), accelerationMaxLong: number(0.2) },
      ...{ accelerationInitShort: number(0.02), accelerationShort: number(0.02), accelerationMaxShort: number(0.2) },
    },
    smoothing: 'as SAR, or from the start value; short stops are negative',
    memory: 'unbounded',
    reference: 'TA-Lib',
    lookback: () => SAR_LOOKBACK,
    compute: ({ high, low }, p) => sarext(high, low, p),
  }),
];
