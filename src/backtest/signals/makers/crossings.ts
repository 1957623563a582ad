import type { ColumnSignals } from '../walk-column.js';

/** Writes 1 at each bar where `a` comes to lie above `b`, having been at or below it the bar before, and likewise where it comes to lie below. */
export function markCrossings(a: Float64Array, b: Float64Array, { entries, exits }: ColumnSignals): void {
  let wasNotAbove = false;
  let wasNotBelow = false;
  for (let t = 0; t < a.length; t++) {
    // both are false where a value is missing
    const isNotAbove = a[t] <= b[t];
    const isNotBelow = a[t] >= b[t];
    if (wasNotAbove && isNotBelow && !isNotAbove) entries[t] = 1;
    else if (wasNotBelow && isNotAbove && !isNotBelow) exits[t] = 1;
    wasNotAbove = isNotAbove;
    wasNotBelow = isNotBelow;
  }
}

/** Writes 1 at each bar where values come to lie above a level, having been at or below it; −1: below, having been at or above. */
export function markLevelCrossings(values: Float64Array, level: number, direction: 1 | -1, into: Uint8Array): void {
  const bar = direction * level;
  for (let t = 1; t < values.length; t++) if (direction * values[t] > bar && direction * values[t - 1] <= bar) into[t] = 1;
}
