/**
 * Sums over one window, the innermost loops of everything rolling.
 *
 * Where no value is missing, four partial sums run side by side (a processor adds in a chain only every fourth beat) and are
 * joined at the end. The order depends on the place within the window alone, so that the same window gives the same bits
 * wherever it lies. One declaration a sum: taking them from an array makes these loops two to four times slower.
 */

/** As Float64Array: loops over one kind of array are several times faster than over several kinds. */
export function asFloat64(values: ArrayLike<number>): Float64Array {
  return values instanceof Float64Array ? values : Float64Array.from(values);
}

/** How many values before each position are missing: `gaps[t + 1] − gaps[s]` are so in s … t. */
export function gapCounts(values: Float64Array): Int32Array {
  const gaps = new Int32Array(values.length + 1);
  let count = 0;
  for (let t = 0; t < values.length; t++) {
    const value = values[t];
    if (value !== value) count++; // faster here than Number.isNaN
    gaps[t + 1] = count;
  }
  return gaps;
}

/** Sum of `count` values from `start`, none missing. */
export function sumWhole(values: Float64Array, start: number, count: number): number {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  const end = start + count;
  let s = start;
  for (; s + 3 < end; s += 4) {
    a += values[s];
    b += values[s + 1];
    c += values[s + 2];
    d += values[s + 3];
  }
  for (; s < end; s++) a += values[s];
  return a + b + (c + d);
}

/** Sum of the values that are there. */
export function sumPresent(values: Float64Array, start: number, count: number): number {
  let sum = 0;
  for (let s = start; s < start + count; s++) {
    const value = values[s];
    if (value === value) sum += value;
  }
  return sum;
}

/** Σ (x − centre)² of `count` values from `start`, none missing. */
export function squaresWhole(values: Float64Array, start: number, count: number, centre: number): number {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  const end = start + count;
  let s = start;
  for (; s + 3 < end; s += 4) {
    const p = values[s] - centre;
    const q = values[s + 1] - centre;
    const r = values[s + 2] - centre;
    const o = values[s + 3] - centre;
    a += p * p;
    b += q * q;
    c += r * r;
    d += o * o;
  }
  for (; s < end; s++) a += (values[s] - centre) * (values[s] - centre);
  return a + b + (c + d);
}

/** Σ (x − centre)² of the values that are there. */
export function squaresPresent(values: Float64Array, start: number, count: number, centre: number): number {
  let sum = 0;
  for (let s = start; s < start + count; s++) {
    const gap = values[s] - centre;
    if (gap === gap) sum += gap * gap;
  }
  return sum;
}

/** Σ (x − centreX)(y − centreY) over `count` pairs, none missing. */
// eslint-disable-next-line max-params -- an object here would be made for every window
export function productsWhole(x: Float64Array, xStart: number, centreX: number, y: Float64Array, yStart: number, centreY: number, count: number): number {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let k = 0;
  for (; k + 3 < count; k += 4) {
    a += (x[xStart + k] - centreX) * (y[yStart + k] - centreY);
    b += (x[xStart + k + 1] - centreX) * (y[yStart + k + 1] - centreY);
    c += (x[xStart + k + 2] - centreX) * (y[yStart + k + 2] - centreY);
    d += (x[xStart + k + 3] - centreX) * (y[yStart + k + 3] - centreY);
  }
  for (; k < count; k++) a += (x[xStart + k] - centreX) * (y[yStart + k] - centreY);
  return a + b + (c + d);
}
