import { series } from '../rows.js';

/**
 * Average price: mean of open, high, low and close, [row]. Lookback 0; finite memory.
 * @see TA-Lib AVGPRICE
 */
export function avgprice(open: Float64Array, high: Float64Array, low: Float64Array, close: Float64Array): Float64Array {
  return series({ name: 'avgprice', inputs: [open, high, low, close], lookback: 0, memory: 'finite', gaps: 'local' }, ({ begin, end }, output) => {
    for (let t = begin; t < end; t++) output[t] = (high[t] + low[t] + close[t] + open[t]) / 4;
  });
}

/**
 * Median price: mean of high and low, [row]. Lookback 0; finite memory.
 * @see TA-Lib MEDPRICE
 */
export function medprice(high: Float64Array, low: Float64Array): Float64Array {
  return series({ name: 'medprice', inputs: [high, low], lookback: 0, memory: 'finite', gaps: 'local' }, ({ begin, end }, output) => {
    for (let t = begin; t < end; t++) output[t] = (high[t] + low[t]) / 2;
  });
}

/**
 * Typical price: mean of high, low and close, [row]. Lookback 0; finite memory.
 * @see TA-Lib TYPPRICE
 */
export function typprice(high: Float64Array, low: Float64Array, close: Float64Array): Float64Array {
  return series({ name: 'typprice', inputs: [high, low, close], lookback: 0, memory: 'finite', gaps: 'local' }, ({ begin, end }, output) => {
    for (let t = begin; t < end; t++) output[t] = (high[t] + low[t] + close[t]) / 3;
  });
}

/**
 * Weighted close price: mean of high, low and twice the close, [row]. Lookback 0; finite memory.
 * @see TA-Lib WCLPRICE
 */
export function wclprice(high: Float64Array, low: Float64Array, close: Float64Array): Float64Array {
  return series({ name: 'wclprice', inputs: [high, low, close], lookback: 0, memory: 'finite', gaps: 'local' }, ({ begin, end }, output) => {
    for (let t = begin; t < end; t++) output[t] = (high[t] + low[t] + close[t] * 2) / 4;
  });
}
