import { presentIn } from './sums.js';

/** Highest present value of the window, [position]. */
export function rollingMax(values: ArrayLike<number>, window: number, minPresent = presentIn(window)): Float64Array {
  return extremes(values, { window, minPresent, better: (a, b) => a >= b }).value;
}

/** Lowest present value of the window, [position]. */
export function rollingMin(values: ArrayLike<number>, window: number, minPresent = presentIn(window)): Float64Array {
  return extremes(values, { window, minPresent, better: (a, b) => a <= b }).value;
}

/** Positions since the highest value of the window, the latest of equals, [position]. */
export function sinceMax(values: ArrayLike<number>, window: number, minPresent = presentIn(window)): Float64Array {
  return extremes(values, { window, minPresent, better: (a, b) => a >= b }).age;
}

/** Positions since the lowest value of the window, the latest of equals, [position]. */
export function sinceMin(values: ArrayLike<number>, window: number, minPresent = presentIn(window)): Float64Array {
  return extremes(values, { window, minPresent, better: (a, b) => a <= b }).age;
}

/** One pass with a queue of candidates, each better than all that came after it. */
function extremes(values: ArrayLike<number>, { window, minPresent, better }: { window: number; minPresent: number; better: (a: number, b: number) => boolean }): { value: Float64Array; age: Float64Array } {
  const value = new Float64Array(values.length).fill(Number.NaN);
  const age = new Float64Array(values.length).fill(Number.NaN);
  const queue = new Int32Array(values.length);
  let head = 0;
  let tail = 0;
  let present = 0;
  for (let t = 0; t < values.length; t++) {
    if (!Number.isNaN(values[t])) {
      present++;
      while (tail > head && better(values[t], values[queue[tail - 1]])) tail--;
      queue[tail++] = t;
    }
    if (t >= window && !Number.isNaN(values[t - window])) present--;
    if (tail > head && queue[head] <= t - window) head++;
    if (t < window - 1 || present < minPresent || tail === head) continue;
    value[t] = values[queue[head]];
    age[t] = t - queue[head];
  }
  return { value, age };
}
