import { CONTRACT_SHARES } from '../chain/option-chain.js';
import type { ExposureConvention } from './convention.js';
import type { OpenContracts } from './open-contracts.js';

export const ROOT_TWO_PI = Math.sqrt(2 * Math.PI);
/** Gamma exposure is told for a move of one percent. */
export const ONE_PERCENT = 0.01;
/** Half of d1² beyond which a contract adds less than 1e-13 of its peak. */
const NEGLIGIBLE = 30;

/** What does not change with the spot: exposure at S is weight · S · exp(−(scale · ln S + shift)² / 2), each [contract]. */
export interface GammaTerms {
  readonly count: number;
  readonly scale: Float64Array;
  readonly shift: Float64Array;
  readonly weight: Float64Array;
}

/**
 * Gamma of Black, Scholes and Merton in the form that a grid of spots needs: one exponential a contract and spot.
 *
 * S² γ · OI · 100 · 1 % = OI · S e^(−qT) φ(d1) / (σ√T), signed as the dealers' position.
 */
export function gammaTerms(contracts: OpenContracts, { callSign, putSign, rate, dividendYield }: ExposureConvention): GammaTerms {
  const { count, strike, years, volatility, openInterest, isCall } = contracts;
  const [scale, shift, weight] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)];
  for (let i = 0; i < count; i++) {
    const deviation = volatility[i] * Math.sqrt(years[i]);
    scale[i] = 1 / deviation;
    shift[i] = ((rate - dividendYield) * years[i] - Math.log(strike[i])) / deviation + deviation / 2;
    const sign = isCall[i] === 1 ? callSign : putSign;
    weight[i] = (sign * openInterest[i] * CONTRACT_SHARES * ONE_PERCENT * Math.exp(-dividendYield * years[i])) / (ROOT_TWO_PI * deviation);
  }
  return { count, scale, shift, weight };
}

/** Exposure of one contract when the underlying stands at `spot`, quote currency a move of one percent. */
export function contractGamma({ scale, shift, weight }: GammaTerms, i: number, spot: number, logSpot: number): number {
  const d = scale[i] * logSpot + shift[i];
  return weight[i] * spot * Math.exp((-d * d) / 2);
}

/** Spots of the profile, [point]. */
export function profileSpots(spot: number, { profile: { low, high, points } }: ExposureConvention): Float64Array {
  const step = (high - low) / (points - 1);
  return Float64Array.from({ length: points }, (_, i) => spot * (low + step * i));
}

/** Exposure of all contracts at each spot, every contract keeping its volatility and time; quote currency a move of one percent, [point]. */
export function gammaProfile({ count, scale, shift, weight }: GammaTerms, spots: Float64Array): Float64Array {
  const result = new Float64Array(spots.length);
  for (let p = 0; p < spots.length; p++) {
    const logSpot = Math.log(spots[p]);
    let sum = 0;
    for (let i = 0; i < count; i++) {
      const d = scale[i] * logSpot + shift[i];
      const half = (d * d) / 2;
      if (half < NEGLIGIBLE) sum += weight[i] * Math.exp(-half);
    }
    result[p] = sum * spots[p];
  }
  return result;
}

/** Spots between neighbours of the profile of opposite sign, where a line through them is zero; ascending. */
export function gammaFlips(spots: Float64Array, profile: Float64Array): number[] {
  const flips: number[] = [];
  for (let p = 1; p < spots.length; p++) {
    const [before, now] = [profile[p - 1], profile[p]];
    if ((before < 0 && now > 0) || (before > 0 && now < 0)) flips.push(spots[p - 1] + ((spots[p] - spots[p - 1]) * before) / (before - now));
    else if (before === 0 && p > 1 && profile[p - 2] * now < 0) flips.push(spots[p - 1]);
  }
  return flips;
}

/** The flip nearest the spot, the lower one of two as near; NaN where the sign does not change within the profile. */
export function nearestFlip(flips: readonly number[], spot: number): number {
  return flips.reduce((best, flip) => (Number.isNaN(best) || Math.abs(flip - spot) < Math.abs(best - spot) ? flip : best), Number.NaN);
}
