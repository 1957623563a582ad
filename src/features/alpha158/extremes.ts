import { rollingMax, rollingMin } from '../../math/rolling/extremes.js';
import { firstMaxPosition, firstMinPosition } from '../../math/rolling/extreme-positions.js';
import type { SeriesInputs } from '../compute/series-inputs.js';

/** Highest high of each window. */
export const highestHigh = (series: SeriesInputs, window: number): Float64Array => series.derive(`alpha158-highest-high-${window}`, ({ high }) => rollingMax(high, window));

/** Lowest low of each window. */
export const lowestLow = (series: SeriesInputs, window: number): Float64Array => series.derive(`alpha158-lowest-low-${window}`, ({ low }) => rollingMin(low, window));

/** Where in the window its highest high lies, from 1 (oldest) to `window`. */
export const highPosition = (series: SeriesInputs, window: number): Float64Array => series.derive(`alpha158-high-position-${window}`, ({ high }) => firstMaxPosition(high, window));

/** Where in the window its lowest low lies, from 1 (oldest) to `window`. */
export const lowPosition = (series: SeriesInputs, window: number): Float64Array => series.derive(`alpha158-low-position-${window}`, ({ low }) => firstMinPosition(low, window));
