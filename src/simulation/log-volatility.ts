import type { Rng } from '../core/rng.js';

/**
 * Volatility relative to its mean, session by session: exp of an AR(1), so that the mean of its square is 1.
 * @returns [session]
 */
export function relativeVolatility(length: number, { persistence, deviation }: { readonly persistence: number; readonly deviation: number }, rng: Rng): Float64Array {
  const path = new Float64Array(length);
  const innovation = deviation * Math.sqrt(1 - persistence ** 2);
  let level = deviation * rng.normal();
  for (let t = 0; t < length; t++) {
    if (t > 0) level = persistence * level + innovation * rng.normal();
    path[t] = Math.exp(level - deviation ** 2);
  }
  return path;
}
