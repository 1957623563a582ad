import type { CleanRows } from '../chain/clean-rows.js';
import type { OpenContracts } from './open-contracts.js';
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
  return sumByStrike(contracts, (i) => contractGamma(terms, i, spot, logSpot));
}

/** Open interest at each strike over all rows, those that expire on the session included. */
export function openInterestByStrike(rows: Pick<CleanRows, 'count' | 'strike' | 'isCall' | 'openInterest'>): ByStrike {
  return sumByStrike(rows, (i) => rows.openInterest[i]);
}

/** Sums of a figure of each contract by strike. */
export function sumByStrike({ count, strike, isCall }: Pick<OpenContracts, 'count' | 'strike' | 'isCall'>, figure: (i: number) => number): ByStrike {
  const strikes = Float64Array.from(new Set(strike.subarray(0, count))).sort();
  const place = new Map<number, number>();
  strikes.forEach((value, k) => place.set(value, k));
  const [call, put] = [new Float64Array(strikes.length), new Float64Array(strikes.length)];
  for (let i = 0; i < count; i++) {
    const side = isCall[i] === 1 ? call : put;
    side[place.get(strike[i]) as number] += figure(i);
  }
  return { strike: strikes, call, put };
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
