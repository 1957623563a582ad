import { fromPosition } from '../../math/rolling/from-position.js';
import { rollingSum } from '../../math/rolling/sums.js';
import type { MarketFeature } from '../feature.js';

/** How far the sectors lie apart. */
export function sectorDispersion(window: number): MarketFeature {
  return {
    kind: 'market',
    name: `sector-dispersion-${window}`,
    family: 'market',
    describe: `standard deviation across sectors of their mean return of ${window} sessions, over sectors that have all of them`,
    formula: `std over sectors of Π (1 + mean return of the members of the sector) − 1 over ${window} sessions, divisor n − 1`,
    unit: 'return',
    source: 'own definition; sectors are the last known ones',
    lookback: window,
    inputs: ['bars', 'sector', 'members'],
    compute({ sectorReturns, sessions }) {
      const returns = sectorReturns.map((values) => rollingSum(values.map(Math.log1p), window, window).map(Math.expm1));
      return fromPosition(sessions.length, window, (t) => spread(returns.map((values) => values[t]).filter((value) => !Number.isNaN(value))));
    },
  };
}

function spread(values: readonly number[]): number {
  if (values.length < 2) return Number.NaN;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}
