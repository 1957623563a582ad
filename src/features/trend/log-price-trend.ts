import { rollingTrend } from '../../math/rolling/regression.js';
import type { SeriesInputs } from '../compute/series-inputs.js';

type Part = 'slope' | 'correlation';

/** Slope a session, or correlation with time, of ln C over `window` sessions, [session]; needs window − 1 sessions before. */
export function logPriceTrend(series: SeriesInputs, window: number, part: Part): Float64Array {
  const nameOf = (which: Part): string => `log-price-trend-${window}-${which}`;
  return series.derive(nameOf(part), (inputs) => {
    const fit = rollingTrend(inputs.derive('log-close', ({ close }) => close.map(Math.log)), window);
    const other = part === 'slope' ? 'correlation' : 'slope';
    inputs.derive(nameOf(other), () => fit[other]); // one regression gives both: keep the one not asked for yet
    return fit[part];
  });
}
