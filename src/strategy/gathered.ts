/** Values at some places of a column, counted from a start. */
export function gathered(values: ArrayLike<number>, start: number, places: Int32Array): Float64Array {
  const found = new Float64Array(places.length);
  for (let i = 0; i < found.length; i++) found[i] = values[start + places[i]];
  return found;
}

/** A value of each; typed arrays have `from` for this, which is several times slower. */
export function valuesOf<One>(ones: ArrayLike<One>, value: (one: One, at: number) => number): Float64Array {
  const found = new Float64Array(ones.length);
  for (let i = 0; i < found.length; i++) found[i] = value(ones[i], i);
  return found;
}
