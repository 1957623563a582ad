import { presentIn } from './sums.js';

/**
 * Mean of small whole numbers (signs, flags) over the present values of the window, [position].
 *
 * A running sum: whole numbers carry no rounding, so that the same window gives the same bits whatever lies before it.
 */
export function rollingMeanOfWholes(values: ArrayLike<number>, window: number, minPresent = presentIn(window)): Float64Array {
  const result = new Float64Array(values.length).fill(Number.NaN);
  let sum = 0;
  let present = 0;
  for (let t = 0; t < values.length; t++) {
    const entering = values[t];
    if (entering === entering) {
      sum += entering;
      present++;
    }
    const leaving = t >= window ? values[t - window] : Number.NaN;
    if (leaving === leaving) {
      sum -= leaving;
      present--;
    }
    if (t >= window - 1 && present >= minPresent && present > 0) result[t] = sum / present;
  }
  return result;
}
