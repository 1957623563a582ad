import type { Rng } from '../../../src/core/rng.js';

/** Values with variance 1 that remember a share `memory` of the one before, about `centre`: the Sharpe ratio per session is `centre`. */
export function autoregression(count: number, memory: number, { rng, centre = 0 }: { readonly rng: Rng; readonly centre?: number }): Float64Array {
  const fresh = Math.sqrt(1 - memory * memory);
  let value = rng.normal();
  return Float64Array.from({ length: count }, () => centre + (value = memory * value + fresh * rng.normal()));
}
