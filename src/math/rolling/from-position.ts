/** `valueAt` each position from `first` on; NaN before it, and where the value is not finite (nothing divided by nothing). */
export function fromPosition(length: number, first: number, valueAt: (t: number) => number): Float64Array {
  const result = new Float64Array(length).fill(Number.NaN);
  for (let t = first; t < length; t++) {
    const value = valueAt(t);
    if (Number.isFinite(value)) result[t] = value;
  }
  return result;
}
