/** A figure of chains, NaN on sessions whose chain holds contracts of another basis or is called stale; both [session], known at the decision time of each. */
export function whereUnmixed(values: Float64Array, isMixed: Float64Array): Float64Array {
  return values.map((value, t) => (isMixed[t] === 0 ? value : Number.NaN));
}
