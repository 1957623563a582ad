/**
 * Choices without branches: prices make processors guess wrong, and a wrong guess costs more than the arithmetic.
 * All carry NaN through.
 */

/** The value where it is positive, else 0; exact. */
export function positivePart(value: number): number {
  return (value + Math.abs(value)) * 0.5;
}

/** The greater of two; exact when they are within a factor of two (Sterbenz, 1974), else to the last digit. */
export function greater(a: number, b: number): number {
  return b + positivePart(a - b);
}

/** The lesser of two; exact as `greater` is. */
export function lesser(a: number, b: number): number {
  return b - positivePart(b - a);
}
