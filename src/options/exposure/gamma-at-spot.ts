import { CONTRACT_SHARES } from '../chain/option-chain.js';
import type { CleanRows } from '../chain/clean-rows.js';
import type { ExposureConvention } from './convention.js';
import { ONE_PERCENT, ROOT_TWO_PI } from './gamma-profile.js';

/** Half of d1² beyond which a contract has less than 1e-17 of the exposure that it has at its strike. */
const NEGLIGIBLE = 40;

/**
 * Gamma exposure of each row where the underlying stands, in one pass: what a profile over other spots needs is not kept.
 *
 * @param volatility annual fractions, [contract]
 * @returns quote currency a move of one percent, signed as the dealers' position; 0 for contracts that are not open, not alive or without a believed volatility, [contract]
 */
export function gammaAtSpot({ count, strike, years, openInterest, isCall }: Pick<CleanRows, 'count' | 'strike' | 'years' | 'openInterest' | 'isCall'>, volatility: Float64Array, spot: number, { callSign, putSign, rate, dividendYield, minVolatility, maxVolatility }: ExposureConvention): Float64Array {
  const exposure = new Float64Array(count);
  if (!(spot > 0)) return exposure;
  const money = (CONTRACT_SHARES * ONE_PERCENT * spot) / ROOT_TWO_PI;
  const logSpot = Math.log(spot);
  let [time, root, drift, discount] = [0, 0, 0, 1];
  let [at, logStrike] = [0, 0];
  for (let i = 0; i < count; i++) {
    const own = volatility[i];
    if (!(years[i] > 0 && openInterest[i] > 0 && own >= minVolatility && own <= maxVolatility)) continue;
    // rows of an expiry, and call and put of a strike, stand side by side
    if (years[i] !== time) {
      time = years[i];
      root = Math.sqrt(time);
      drift = (rate - dividendYield) * time;
      discount = Math.exp(-dividendYield * time);
    }
    if (strike[i] !== at) {
      at = strike[i];
      logStrike = Math.log(at);
    }
    const deviation = own * root;
    const d1 = (logSpot - logStrike + drift) / deviation + deviation / 2;
    const half = (d1 * d1) / 2;
    if (half < NEGLIGIBLE) exposure[i] = ((isCall[i] === 1 ? callSign : putSign) * openInterest[i] * money * discount * Math.exp(-half)) / deviation;
  }
  return exposure;
}
