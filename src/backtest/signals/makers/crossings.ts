/** Writes 1 at each bar where `a` comes to lie above `b`, having been at or below it the bar before. */
export function markCrossings(a: Float64Array, b: Float64Array, into: Uint8Array): void {
  for (let t = 1; t < a.length; t++) if (a[t] > b[t] && a[t - 1] <= b[t - 1]) into[t] = 1;
}

/** The same of a level: −1 for crossings from above to below it. */
export function markLevelCrossings(values: Float64Array, level: number, direction: 1 | -1, into: Uint8Array): void {
  const bar = direction * level;
  for (let t = 1; t < values.length; t++) if (direction * values[t] > bar && direction * values[t - 1] <= bar) into[t] = 1;
}
