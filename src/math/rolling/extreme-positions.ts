import { presentIn } from './sums.js';

/** Where in the window its highest present value lies, counted from 1 at the oldest position, the earliest of equals, [position]. */
export function firstMaxPosition(values: ArrayLike<number>, window: number, minPresent = presentIn(window)): Float64Array {
  return firstPositions(values, window, { minPresent, sign: 1 });
}

/** Where in the window its lowest present value lies, counted from 1 at the oldest position, the earliest of equals, [position]. */
export function firstMinPosition(values: ArrayLike<number>, window: number, minPresent = presentIn(window)): Float64Array {
  return firstPositions(values, window, { minPresent, sign: -1 });
}

/** One pass with a queue of candidates, none worse than those that came after it; sign × value is maximized. */
function firstPositions(values: ArrayLike<number>, window: number, { minPresent, sign }: { minPresent: number; sign: 1 | -1 }): Float64Array {
  const result = new Float64Array(values.length).fill(Number.NaN);
  const queue = new Int32Array(values.length);
  let head = 0;
  let tail = 0;
  let present = 0;
  for (let t = 0; t < values.length; t++) {
    const value = sign * values[t];
    if (value === value) {
      present++;
      while (tail > head && value > sign * values[queue[tail - 1]]) tail--;
      queue[tail++] = t;
    }
    if (t >= window && !Number.isNaN(values[t - window])) present--;
    if (tail > head && queue[head] <= t - window) head++;
    if (t < window - 1 || present < minPresent || tail === head) continue;
    result[t] = queue[head] - (t - window);
  }
  return result;
}
