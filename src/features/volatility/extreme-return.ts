import { rollingMax, rollingMin } from '../../math/rolling/extremes.js';
import { fromPosition } from '../../math/rolling/from-position.js';
import type { SeriesFeature } from '../feature.js';

/** MAX: the best day of `window` sessions, for which lottery seekers pay too much. */
export function maximumReturn(window: number): SeriesFeature {
  return extremeReturn('maximum', 'highest', window, (returns) => rollingMax(returns, window));
}

/** MIN: the worst day of `window` sessions; negative as a rule. */
export function minimumReturn(window: number): SeriesFeature {
  return extremeReturn('minimum', 'lowest', window, (returns) => rollingMin(returns, window));
}

function extremeReturn(name: string, word: string, window: number, extreme: (returns: Float64Array) => Float64Array): SeriesFeature {
  return {
    kind: 'series',
    name: `${name}-return-${window}`,
    family: 'volatility',
    describe: `${word} daily return of ${window} sessions`,
    formula: `${name.slice(0, 3)}(C / C[t−1] − 1, ${window})`,
    unit: 'return',
    source: `Bali, Cakici and Whitelaw (2011), ${name.slice(0, 3).toUpperCase()}${name === 'minimum' ? ' with its own sign' : ''}`,
    lookback: window,
    inputs: ['bars'],
    compute({ simpleReturn }) {
      const values = extreme(simpleReturn);
      return fromPosition(values.length, window, (t) => values[t]);
    },
  };
}
