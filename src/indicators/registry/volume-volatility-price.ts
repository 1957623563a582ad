import { indicator, period, type Indicator } from '../indicator.js';
import { avgprice, medprice, typprice, wclprice } from '../price/transform.js';
import { atr, atrLookback, natr } from '../volatility/atr.js';
import { avgdev, avgdevLookback } from '../volatility/avgdev.js';
import { trange, TRANGE_LOOKBACK } from '../volatility/trange.js';
import { ad, adosc, adoscLookback } from '../volume/ad.js';
import { obv } from '../volume/obv.js';

const WILDER = 'Wilder (weight 1/period), seeded by the simple mean of the first period true ranges';

export const VOLUME: readonly Indicator[] = [
  indicator({ name: 'AD', call: 'ad', title: 'accumulation/distribution line', group: 'volume', inputs: ['high', 'low', 'close', 'volume'], parameters: {}, smoothing: 'running sum from 0', memory: 'unbounded', reference: 'Chaikin', lookback: () => 0, compute: ({ high, low, close, volume }) => ad(high, low, close, volume) }),
  indicator({ name: 'ADOSC', call: 'adosc', title: 'Chaikin oscillator', group: 'volume', inputs: ['high', 'low', 'close', 'volume'], parameters: { fastPeriod: period(3), slowPeriod: period(10) }, smoothing: 'exponential, weight 2/(period + 1), both from the first value of AD', memory: 'unbounded', reference: 'Chaikin', lookback: adoscLookback, compute: ({ high, low, close, volume }, p) => adosc(high, low, close, volume, p) }),
  indicator({ name: 'OBV', call: 'obv', title: 'on-balance volume', group: 'volume', inputs: ['close', 'volume'], parameters: {}, smoothing: "running sum from the first row's volume", memory: 'unbounded', reference: 'Granville (1963)', lookback: () => 0, compute: ({ close, volume }) => obv(close, volume) }),
];

export const VOLATILITY: readonly Indicator[] = [
  indicator({ name: 'TRANGE', call: 'trange', title: 'true range', group: 'volatility', inputs: ['high', 'low', 'close'], parameters: {}, memory: 'finite', reference: 'Wilder (1978)', lookback: () => TRANGE_LOOKBACK, compute: ({ high, low, close }) => trange(high, low, close) }),
  indicator({ name: 'ATR', call: 'atr', title: 'average true range', group: 'volatility', inputs: ['high', 'low', 'close'], parameters: { period: period(14, 1) }, smoothing: WILDER, memory: 'unbounded', reference: 'Wilder (1978)', lookback: (p) => atrLookback(p.period), compute: ({ high, low, close }, p) => atr(high, low, close, p.period) }),
  indicator({ name: 'NATR', call: 'natr', title: 'average true range in percent of the close', group: 'volatility', inputs: ['high', 'low', 'close'], parameters: { period: period(14, 1) }, smoothing: WILDER, memory: 'unbounded', reference: 'Forman (2006)', lookback: (p) => atrLookback(p.period), compute: ({ high, low, close }, p) => natr(high, low, close, p.period) }),
  indicator({ name: 'AVGDEV', call: 'avgdev', title: 'average deviation', group: 'volatility', inputs: ['close'], parameters: { period: period(14) }, smoothing: 'simple mean', memory: 'finite', reference: 'textbook', lookback: (p) => avgdevLookback(p.period), compute: ({ close }, p) => avgdev(close, p.period) }),
];

const price = { group: 'price', parameters: {}, memory: 'finite', reference: 'textbook', lookback: () => 0 } as const;

export const PRICE: readonly Indicator[] = [
  indicator({ name: 'AVGPRICE', call: 'avgprice', title: 'average price', ...price, inputs: ['open', 'high', 'low', 'close'], compute: ({ open, high, low, close }) => avgprice(open, high, low, close) }),
  indicator({ name: 'MEDPRICE', call: 'medprice', title: 'median price', ...price, inputs: ['high', 'low'], compute: ({ high, low }) => medprice(high, low) }),
  indicator({ name: 'TYPPRICE', call: 'typprice', title: 'typical price', ...price, inputs: ['high', 'low', 'close'], compute: ({ high, low, close }) => typprice(high, low, close) }),
  indicator({ name: 'WCLPRICE', call: 'wclprice', title: 'weighted close price', ...price, inputs: ['high', 'low', 'close'], compute: ({ high, low, close }) => wclprice(high, low, close) }),
];
