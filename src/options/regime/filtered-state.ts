/** Chance to stay in a state from one session to the next: a regime of a month and a half on average. */
const STAY = 0.97;

/**
 * Probability of the higher of two states at each session, by the values of the window up to it; [session], NaN where the value or too
 * many of the window are missing.
 *
 * States are normal about the means of the lower and the upper half of the window's values with the deviation within the halves, so that
 * nothing is fitted over what comes later and one window costs one pass.
 * @param values e.g. logarithms of implied volatility
 * @see Hamilton (1989), filter of a Markov switching model
 */
export function filteredHighState(values: Float64Array, { window, minValues }: { readonly window: number; readonly minValues: number }): Float64Array {
  const present = new Float64Array(window);
  return Float64Array.from(values, (own, t) => {
    if (Number.isNaN(own)) return own;
    let count = 0;
    for (let s = Math.max(0, t - window + 1); s <= t; s++) if (Number.isFinite(values[s])) present[count++] = values[s];
    return count < minValues ? Number.NaN : highAtEnd(present.subarray(0, count));
  });
}

/** The same at the last session only. */
export function latestHighState(values: Float64Array, { window, minValues }: { readonly window: number; readonly minValues: number }): number {
  const present = values.subarray(Math.max(0, values.length - window)).filter(Number.isFinite);
  return Number.isFinite(values[values.length - 1]) && present.length >= minValues ? highAtEnd(present) : Number.NaN;
}

function highAtEnd(values: Float64Array): number {
  const { low, high, deviation } = halves(values);
  if (!(high > low)) return Number.NaN; // one value only: there are no two states
  const spread = Math.max(deviation, 0.1 * (high - low));
  let chance = 0.5;
  for (const value of values) {
    const before = chance * STAY + (1 - chance) * (1 - STAY);
    const odds = Math.exp((((value - low) / spread) ** 2 - ((value - high) / spread) ** 2) / 2);
    chance = odds === Infinity ? 1 : (before * odds) / (before * odds + 1 - before);
  }
  return chance;
}

/** Means of the lower and the upper half, and the deviation of values about the mean of their half. */
function halves(values: Float64Array): { low: number; high: number; deviation: number } {
  const sorted = values.slice().sort();
  const middle = sorted.length >>> 1;
  const mean = (from: number, to: number): number => {
    let sum = 0;
    for (let i = from; i < to; i++) sum += sorted[i];
    return sum / (to - from);
  };
  const [low, high] = [mean(0, middle), mean(middle, sorted.length)];
  let squares = 0;
  sorted.forEach((value, i) => (squares += (value - (i < middle ? low : high)) ** 2));
  return { low, high, deviation: Math.sqrt(squares / sorted.length) };
}
