import { rollingTrend } from '../../math/rolling/regression.js';
import type { SeriesInputs } from '../compute/series-inputs.js';

const PARTS = ['slope', 'correlation', 'residual'] as const;

/** A part of the least-squares line of the closes on time over each window; whoever asks first computes all parts for the others. */
export function closeTrend(series: SeriesInputs, window: number, part: (typeof PARTS)[number]): Float64Array {
  const name = (of: string): string => `alpha158-close-trend-${of}-${window}`;
  return series.derive(name(part), (inputs) => {
    const trend = rollingTrend(inputs.close, window);
    for (const other of PARTS) if (other !== part) inputs.derive(name(other), () => trend[other]);
    return trend[part];
  });
}
