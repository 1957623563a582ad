import { sinceMax } from '../../math/rolling/extremes.js';
import type { SeriesInputs } from '../compute/series-inputs.js';
import type { SeriesFeature } from '../feature.js';

/** Sessions since the highest high of `window`, the latest of equals, [session]; needs window − 1 sessions before. */
function sinceHigh(series: SeriesInputs, window: number): Float64Array {
  return series.derive(`since-high-${window}`, ({ high }) => sinceMax(high, window));
}

/** How long ago the high of `window` sessions was made. */
export function sessionsSinceHigh(window: number): SeriesFeature {
  return {
    kind: 'series',
    name: `sessions-since-high-${window}`,
    family: 'structure',
    describe: `sessions since the highest high of ${window} sessions; 0 when made today`,
    formula: `since(max H, ${window}), the latest of equals`,
    unit: 'sessions',
    source: 'Chande (1995), Aroon up without its scale',
    lookback: window - 1,
    inputs: ['bars'],
    compute: (series) => sinceHigh(series, window),
  };
}

/** Whether today made, or reached again, the high of `window` sessions. */
export function newHigh(window: number): SeriesFeature {
  return {
    kind: 'series',
    name: `new-high-${window}`,
    family: 'structure',
    describe: `1 when the high is the highest of ${window} sessions, else 0`,
    formula: `H = max(H, ${window})`,
    unit: 'flag',
    source: 'standard',
    lookback: window - 1,
    inputs: ['bars'],
    compute: (series) => sinceHigh(series, window).map((since) => (since > 0 ? 0 : since === 0 ? 1 : Number.NaN)),
  };
}
