import { mean } from '../../math/stats.js';
import type { SmoothStatistic } from '../studentised-bootstrap.js';

/** Sharpe ratio per session (divisor n − 1) of excess returns [session], as a function of the means of deviations and of their squares. */
export function sharpeStatistic(excess: Float64Array): SmoothStatistic {
  const centre = mean(excess);
  const scale = Math.sqrt((excess.length - 1) / excess.length);
  const off = excess.map((value) => value - centre);
  const variance = (shift: number, square: number): number => square - shift * shift;
  return {
    components: [off, off.map((value) => value * value)],
    value: ([shift, square]) => (scale * (centre + shift)) / Math.sqrt(variance(shift, square)),
    gradient: ([shift, square]) => {
      const spread = Math.sqrt(variance(shift, square));
      const slope = (scale * (centre + shift)) / spread ** 3;
      return Float64Array.of(scale / spread + slope * shift, -slope / 2);
    },
  };
}

/** One statistic less another on the same sessions. */
export function differenceOf(first: SmoothStatistic, second: SmoothStatistic): SmoothStatistic {
  const width = first.components.length;
  return {
    components: [...first.components, ...second.components],
    value: (means) => first.value(means.subarray(0, width)) - second.value(means.subarray(width)),
    gradient: (means) => Float64Array.of(...first.gradient(means.subarray(0, width)), ...second.gradient(means.subarray(width)).map((slope) => -slope)),
  };
}

/** The mean of a series. */
export function meanStatistic(values: Float64Array): SmoothStatistic {
  return { components: [values], value: ([one]) => one, gradient: () => Float64Array.of(1) };
}
