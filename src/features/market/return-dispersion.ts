import { fromPosition } from '../../math/rolling/from-position.js';
import type { MarketFeature } from '../feature.js';
import { memberStd } from './members.js';

/** How far the returns of the members lie apart: what there is to gain by choosing. */
export function returnDispersion(window: number): MarketFeature {
  return {
    kind: 'market',
    name: `return-dispersion-${window}`,
    family: 'market',
    describe: `standard deviation across members of the return of ${window === 1 ? 'the session' : `${window} sessions`}`,
    formula: `std over members of C / C[t−${window}] − 1, divisor n − 1`,
    unit: 'return',
    source: 'Stivers and Sun (2010), cross-sectional return dispersion',
    lookback: window,
    inputs: ['bars', 'members'],
    compute: (market) => memberStd(market, window, (closes) => fromPosition(closes.length, window, (t) => closes[t] / closes[t - window] - 1)),
  };
}
