/** Share of a value that rounding may have made. */
export const ROUNDING = 1e-14;

/** Whether a mean deviation is no more than rounding may have made of values about that mean. */
export function isFlat(meanDeviation: number, mean: number): boolean {
  return meanDeviation <= ROUNDING * Math.abs(mean);
}

/** Whether a denominator is too small to divide by, whatever its scale. */
export function isTiny(value: number): boolean {
  return Math.abs(value) < ROUNDING;
}
