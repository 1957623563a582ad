import type { MarketFeature } from '../feature.js';
import { indexLogReturn } from './index-return.js';

/** How far the benchmark lies below its highest level of the window. */
export function indexDrawdown(window: number): MarketFeature {
  return {
    kind: 'market',
    name: `index-drawdown-${window}`,
    family: 'market',
    describe: `level of the benchmark below its highest of the last ${window} sessions and the one before them, at most 0; NaN where a return is missing`,
    formula: `I / max(I, t−${window} … t) − 1, I the product of 1 + M within the window`,
    unit: 'return',
    source: 'standard',
    lookback: window,
    inputs: ['index'],
    compute: (market) => fallFromTop(indexLogReturn(market), window),
  };
}

/** Walks back from each session, so that no level is carried over from before the window; NaN where a return of it is missing. */
function fallFromTop(returns: Float64Array, window: number): Float64Array {
  const result = new Float64Array(returns.length).fill(Number.NaN);
  for (let t = window; t < returns.length; t++) {
    let since = 0;
    let lowest = 0;
    for (let s = t; s > t - window; s--) {
      since += returns[s];
      lowest = Math.min(lowest, since);
    }
    result[t] = Math.expm1(lowest);
  }
  return result;
}
