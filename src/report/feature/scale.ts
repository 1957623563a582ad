/** Values on a line of pixels. */
export interface Scale {
  readonly low: number;
  readonly high: number;
  /** Pixel of a value, to a tenth. */
  at(value: number): number;
}

/** A linear scale from `[low, high]` to pixels `[from, to]`; where low and high are one value, it stands in the middle. */
export function linearScale([low, high]: readonly [number, number], [from, to]: readonly [number, number]): Scale {
  const at = (value: number): number => Math.round((high > low ? from + ((value - low) / (high - low)) * (to - from) : (from + to) / 2) * 10) / 10;
  return { low, high, at };
}

/** Lowest and highest of the finite values with some air, and room around a constant; `null` when there is none. */
export function extent(lists: readonly ArrayLike<number>[], air = 0.05): readonly [number, number] | null {
  let [low, high] = [Infinity, -Infinity];
  for (const values of lists) {
    for (let i = 0; i < values.length; i++) {
      if (!Number.isFinite(values[i])) continue;
      low = Math.min(low, values[i]);
      high = Math.max(high, values[i]);
    }
  }
  if (low > high) return null;
  const room = high > low ? (high - low) * air : Math.abs(low) * 0.5 || 1;
  return [low - room, high + room];
}
