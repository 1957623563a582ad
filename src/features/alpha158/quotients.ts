/** Values over a positive base, position by position; NaN where the base is not positive. */
export function dividedBy(values: Float64Array, base: Float64Array): Float64Array {
  const result = new Float64Array(values.length);
  for (let t = 0; t < result.length; t++) result[t] = base[t] > 0 ? values[t] / base[t] : Number.NaN;
  return result;
}

/** A part of a whole that is never negative: 0 of nothing, NaN when something is claimed to be part of nothing. */
export function partOf(part: number, whole: number): number {
  if (whole > 0) return part / whole;
  return whole === 0 && part === 0 ? 0 : Number.NaN;
}
