import type { CleanRows, Unpriced } from './clean-rows.js';

/** Columns while they are being cleaned. */
export interface PricedRows extends Pick<CleanRows, 'count' | 'expiry' | 'years' | 'strike' | 'isCall' | 'bid' | 'ask' | 'volume' | 'openInterest' | 'isOpenInterestKnown' | 'volatility' | 'price' | 'hasQuotes'> {
  readonly last: Float64Array;
  /** Why a contract has no usable price. */
  readonly reason: (Unpriced | null)[];
}
