import { rollingSlopeWhere } from '../../math/rolling/slope-where.js';
import type { SeriesFeature } from '../feature.js';

/** Share of the sessions that the benchmark must have fallen on. */
const MIN_FALLS = 0.2;

/** How much the instrument moves with the benchmark when that falls. */
export function downsideBeta(window: number): SeriesFeature {
  return {
    kind: 'series',
    name: `downside-beta-${window}`,
    family: 'market',
    describe: `slope of daily returns on those of the benchmark over the sessions of ${window} on which the benchmark fell, at least a fifth of them`,
    formula: `cov(R, M | M < 0) / var(M | M < 0) over ${window} sessions`,
    unit: 'ratio',
    source: 'Bawa and Lindenberg (1977); Ang, Chen and Xing (2006); falls below zero',
    lookback: window,
    inputs: ['bars', 'index'],
    compute: ({ simpleReturn, indexReturn }) => rollingSlopeWhere(simpleReturn, indexReturn, window, { where: (value) => value < 0, minPresent: Math.ceil(MIN_FALLS * window) }),
  };
}
