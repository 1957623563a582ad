import type { CleanRows } from '../chain/clean-rows.js';
import type { OpenContracts } from './open-contracts.js';
import { distinctStrikes } from './distinct-strikes.js';
import { contractGamma, type GammaTerms } from './gamma-profile.js';

/** Sums over expiries at each strike, strikes ascending, each [strike]. */
export interface ByStrike {
  readonly strike: Float64Array;
  readonly call: Float64Array;
  readonly put: Float64Array;
}

/** Gamma exposure at each strike, quote currency a move of one percent, puts with their sign. */
export function gammaByStrike(contracts: OpenContracts, terms: GammaTerms, spot: number): ByStrike {
  const logSpot = Math.log(spot);
  const exposure = new Float64Array(contracts.count);
  for (let i = 0; i < contracts.count; i++) exposure[i] = contractGamma(terms, i, spot, logSpot);
  return sumByStrike(strikeGrid(contracts), contracts.isCall, exposure);
}

/** Open interest at each strike over all rows, those that expire on the session included. */
export function openInterestByStrike(rows: Pick<CleanRows, 'count' | 'strike' | 'isCall' | 'openInterest'>): ByStrike {
  return sumByStrike(strikeGrid(rows), rows.isCall, rows.openInterest);
}

/** The strikes of contracts, ascending, and the position of each contract's among them. */
export interface StrikeGrid {
  readonly strike: Float64Array;
  /** [contract] */
  readonly place: Int32Array;
}

/** Strikes ascend within an expiry, so that the place of one is looked for from that of the contract before. */
export function strikeGrid({ count, strike }: Pick<OpenContracts, 'count' | 'strike'>): StrikeGrid {
  const strikes = distinctStrikes(strike, count);
  const place = new Int32Array(count);
  for (let i = 0, k = 0, here = strikes[0]; i < count; i++) {
    const own = strike[i];
    if (own !== here) {
      if (here > own) k = lowerBound(strikes, own);
      while (strikes[k] < own) k++;
      here = own;
    }
    place[i] = k;
  }
  return { strike: strikes, place };
}

/**
 * Sums of a figure of each contract by strike.
 * @param figure [contract]
 */
export function sumByStrike({ strike, place }: StrikeGrid, isCall: Uint8Array, figure: Float64Array): ByStrike {
  const [call, put] = [new Float64Array(strike.length), new Float64Array(strike.length)];
  for (let i = 0; i < place.length; i++) {
    if (isCall[i] === 1) call[place[i]] += figure[i];
    else put[place[i]] += figure[i];
  }
  return { strike, call, put };
}

function lowerBound(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Strike of the largest value of either sign, the lowest of several; NaN where all are zero. */
export function peakStrike(strike: Float64Array, values: ArrayLike<number>): number {
  let best = 0;
  let peak = Number.NaN;
  for (let k = 0; k < strike.length; k++) {
    const size = Math.abs(values[k]);
    if (size > best) {
      best = size;
      peak = strike[k];
    }
  }
  return peak;
}
