/** a / b; `null` where b is not above 0, or the quotient is no finite number. */
export function ratio(a: number | null, b: number | null): number | null {
  return a !== null && b !== null && b > 0 ? finiteOrNull(a / b) : null;
}

/** The number, `null` where it is not finite. */
export function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
