/**
 * Quantile by linear interpolation (Hyndman and Fan, 1996, type 7) of finite values, which it puts in another order: for
 * one quantile, many times faster than sorting.
 */
export function quantileOf(values: Float64Array, q: number): number {
  const position = q * (values.length - 1);
  const low = Math.floor(position);
  const here = select(values, low);
  if (position === low) return here;
  let next = Number.POSITIVE_INFINITY;
  for (let i = low + 1; i < values.length; i++) if (values[i] < next) next = values[i];
  return here + (position - low) * (next - here);
}

/** The k-th smallest value, moved to position k with none larger before and none smaller behind it (Hoare, 1961, Algorithm 65). */
function select(values: Float64Array, k: number): number {
  let left = 0;
  let right = values.length - 1;
  while (left < right) {
    const pivot = values[(left + right) >>> 1];
    let i = left;
    let j = right;
    while (i <= j) {
      while (values[i] < pivot) i++;
      while (values[j] > pivot) j--;
      if (i > j) break;
      const held = values[i];
      values[i++] = values[j];
      values[j--] = held;
    }
    if (k <= j) right = j;
    else if (k >= i) left = i;
    else break;
  }
  return values[k];
}
