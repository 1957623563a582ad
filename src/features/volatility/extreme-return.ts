import { rollingMax, rollingMin } from '../../math/rolling/extremes.js';
import { fromPosition } from '../../math/rolling/from-position.js';
import type { SeriesFeature } from '../feature.js';

/** MAX: the best day of `window` sessions, for which lottery seekers pay too much. */
export function maximumReturn(window: number): SeriesFeature {
  const card = { name: `maximum-return-${window}`, describe: `highest daily return of ${window} sessions`, formula: `max(C / C[t−1] − 1, ${window})`, source: 'Bali, Cakici and Whitelaw (2011), MAX' };
  return extremeReturn(card, window, (returns) => rollingMax(returns, window));
}

/** MIN: the worst day of `window` sessions; negative as a rule. */
export function minimumReturn(window: number): SeriesFeature {
  const card = { name: `minimum-return-${window}`, describe: `lowest daily return of ${window} sessions`, formula: `min(C / C[t−1] − 1, ${window})`, source: 'Bali, Cakici and Whitelaw (2011), MIN with its own sign' };
  return extremeReturn(card, window, (returns) => rollingMin(returns, window));
}

function extremeReturn(card: Pick<SeriesFeature, 'name' | 'describe' | 'formula' | 'source'>, window: number, extreme: (returns: Float64Array) => Float64Array): SeriesFeature {
  return {
    kind: 'series',
    ...card,
    family: 'volatility',
    unit: 'return',
    lookback: window,
    inputs: ['bars'],
    compute({ simpleReturn }) {
      const values = extreme(simpleReturn);
      return fromPosition(values.length, window, (t) => values[t]);
    },
  };
}
