import { SESSIONS_PER_YEAR } from '../../core/sessions-per-year.js';
import { rollingMean, rollingSum } from '../../math/rolling/sums.js';
import type { MarketInputs } from '../compute/market-inputs.js';
import type { MarketFeature } from '../feature.js';

/** ln(1 + M), [session]. */
export function indexLogReturn(market: MarketInputs): Float64Array {
  return market.derive('index-log-return', ({ indexReturn }) => indexReturn.map(Math.log1p));
}

/** mean(ln(1 + M)², window), [session]: daily variance about zero; needs `window` sessions before. */
export function indexVariance(market: MarketInputs, window: number): Float64Array {
  return market.derive(`index-variance-${window}`, (inputs) => rollingMean(indexLogReturn(inputs).map((value) => value * value), window));
}

/** What the benchmark returned. */
export function indexMomentum(window: number): MarketFeature {
  return {
    kind: 'market',
    name: `index-momentum-${window}`,
    family: 'market',
    describe: `return of the benchmark over ${window} sessions; NaN where one is missing`,
    formula: `Π (1 + M) − 1 over ${window} sessions`,
    unit: 'return',
    source: 'Moskowitz, Ooi and Pedersen (2012), time-series momentum',
    lookback: window,
    inputs: ['index'],
    compute: (market) => rollingSum(indexLogReturn(market), window, window).map(Math.expm1),
  };
}

/** How much the benchmark moves. */
export function indexVolatility(window: number): MarketFeature {
  return {
    kind: 'market',
    name: `index-volatility-${window}`,
    family: 'market',
    describe: `root mean squared daily log return of the benchmark over ${window} sessions, annualized`,
    formula: `√(252 · mean(ln(1 + M)², ${window}))`,
    unit: 'annualized volatility',
    source: 'standard',
    lookback: window,
    inputs: ['index'],
    compute: (market) => indexVariance(market, window).map((variance) => Math.sqrt(SESSIONS_PER_YEAR * variance)),
  };
}
