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

/**
 * Gamma exposure at each strike, quote currency a move of one percent, puts with their sign.
 * @param strikes ascending, all that the contracts have and maybe more; looked up when absent
 */
// eslint-disable-next-line max-params -- strikes are only given where they are known already
export function gammaByStrike(contracts: OpenContracts, terms: GammaTerms, spot: number, strikes?: Float64Array): ByStrike {
  const logSpot = Math.log(spot);
  const exposure = new Float64Array(contracts.count);
  for (let i = 0; i < contracts.count; i++) exposure[i] = contractGamma(terms, i, spot, logSpot);
  return sumByStrike(contracts, exposure, strikes);
}

/** Open interest at each strike over all rows, those that expire on the session included. */
export function openInterestByStrike(rows: Pick<CleanRows, 'count' | 'strike' | 'isCall' | 'openInterest'>): ByStrike {
  return sumByStrike(rows, rows.openInterest);
}

/**
 * Sums of a figure of each contract by strike.
 *
 * Strikes ascend within an expiry, so that the place of one is looked for from that of the contract before.
 * @param figure [contract]
 */
export function sumByStrike({ count, strike, isCall }: Pick<OpenContracts, 'count' | 'strike' | 'isCall'>, figure: Float64Array, strikes = distinctStrikes(strike, count)): ByStrike {
  const [call, put] = [new Float64Array(strikes.length), new Float64Array(strikes.length)];
  let k = 0;
  for (let i = 0; i < count; i++) {
    const own = strike[i];
    if (strikes[k] > own) k = lowerBound(strikes, own);
    while (strikes[k] < own) k++;
    if (isCall[i] === 1) call[k] += figure[i];
    else put[k] += figure[i];
  }
  return { strike: strikes, call, put };
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

/** Strike of the largest value, the lowest of several; NaN where there is none above zero. */
export function peakStrike(strike: Float64Array, values: ArrayLike<number>): number {
  let best = 0;
  let peak = Number.NaN;
  for (let k = 0; k < strike.length; k++) {
    if (values[k] > best) {
      best = values[k];
      peak = strike[k];
    }
  }
  return peak;
}
