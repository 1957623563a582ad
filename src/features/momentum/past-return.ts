import { fromPosition } from '../../math/rolling/from-position.js';
import type { SeriesFeature } from '../feature.js';

/** Return between two days of the past, `from` and `to` sessions ago. */
export function pastReturn({ name, from, to, source }: { readonly name: string; readonly from: number; readonly to: number; readonly source: string }): SeriesFeature {
  return {
    kind: 'series',
    name,
    family: 'momentum',
    describe: to === 0 ? `return of the last ${from === 1 ? 'session' : `${from} sessions`}` : `return from ${from} to ${to} sessions ago`,
    formula: `${to === 0 ? 'C' : `C[t−${to}]`} / C[t−${from}] − 1`,
    unit: 'return',
    source,
    lookback: from,
    inputs: ['bars'],
    compute: ({ close }) => fromPosition(close.length, from, (t) => close[t - to] / close[t - from] - 1),
  };
}
