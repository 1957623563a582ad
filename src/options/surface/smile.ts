import type { SviSlice } from './svi.js';

/** The smile of one expiry, known at the close of the session. */
export interface Smile {
  /** A fitted SVI slice, or a line through the quotes: a shape-preserving cubic from four on, straight below. */
  readonly kind: 'svi' | 'spline';
  readonly years: number;
  readonly forward: number;
  readonly discount: number;
  /** Quotes that were fitted. */
  readonly points: number;
  /** Root of the weighted mean squared error of volatility, as a fraction: 0.01 is one volatility point; 0 for a spline, which meets every quote. */
  readonly rmsError: number;
  /** No butterfly arbitrage: on the range of the quotes; of an SVI slice a quarter of a standard deviation further. */
  readonly isButterflyFree: boolean;
  /** The slice was changed to be free of butterfly arbitrage. */
  readonly isRepaired: boolean;
  /** Log moneyness ln(strike / forward) of the lowest and the highest quote. */
  readonly lowest: number;
  readonly highest: number;
  /** The parameters of an SVI smile. */
  readonly slice: SviSlice | null;
  /** Volatility² × years at a log moneyness; beyond the quotes along the wings of SVI, or flat. */
  readonly totalVariance: (logMoneyness: number) => number;
  /** Annualised volatility at a log moneyness. */
  readonly volatility: (logMoneyness: number) => number;
}

/** Why an expiry has no smile. */
export const NO_SMILE_REASONS = {
  'no-time': 'the time to expiry is not above 0',
  'no-forward': 'the forward or the discount is not above 0',
  'too-few-quotes': 'fewer usable quotes than a smile needs',
  'forward-outside': 'the forward lies outside of the quoted strikes: the volatility at the money would be made up',
} as const;

export type NoSmileReason = keyof typeof NO_SMILE_REASONS;

/** The answer for an expiry that a smile cannot be had of. */
export interface NoSmile {
  readonly kind: 'none';
  /** NaN where it is not above 0. */
  readonly years: number;
  readonly points: number;
  readonly reason: NoSmileReason;
}
