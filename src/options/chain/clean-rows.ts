import type { EpochDay } from '../../core/dates.js';

/** Why a row is no contract that anything may count. */
export const EXCLUSIONS = {
  'bad-contract': 'strike or expiry missing, zero, negative or beyond any price',
  'expired': 'expiry before the session',
  'impossible-count': 'volume or open interest negative, or more contracts than there can be',
  'duplicate': 'a contract that is there twice: the first with open interest or volume is kept',
  'other-basis': 'strike of before a split or special distribution, told by prices that cannot be of this underlying price',
} as const;

export type Exclusion = keyof typeof EXCLUSIONS;

/** Why a contract that counts has no usable volatility. */
export const UNPRICED = {
  'expiring': 'expires on the session: nothing is left to be priced',
  'crossed-quote': 'bid above ask',
  'empty-quote': 'no bid, or no ask, where the source gives quotes',
  'wide-quote': 'spread too wide against the middle of the quote',
  'stale-trade': 'no quote, and no trade on the session: the last price is of another day',
  'no-price': 'neither quote nor last price',
  'no-volatility': 'the price has no volatility: at or below what exercise is worth, or above what the option can be worth',
  'absurd-volatility': 'volatility outside of what is believed',
  'chain-off-spot': 'all prices of the chain are of another price of the underlying',
} as const;

export type Unpriced = keyof typeof UNPRICED;

/**
 * The contracts of a chain that count, by expiry, strike, call before put; each column [contract].
 *
 * As a chain, known at the decision time of its session.
 */
export interface CleanRows {
  readonly underlying: string;
  readonly session: EpochDay;
  /** Unadjusted price of the underlying, of the source or by put-call parity; NaN where neither tells. */
  readonly spot: number;
  readonly spotFrom: 'source' | 'parity' | null;
  /**
   * What was settled the session before cannot be compared with this session's strikes, or not all of the chain is of this session:
   * the source says so, or contracts of another basis were left out. That prices are off the price of the underlying does not touch counts.
   */
  readonly isMixed: boolean;
  /** Contracts have quotes: prices are their middles, not last trades. */
  readonly hasQuotes: boolean;
  /** The source gives implied volatilities and no quotes: they count; else volatilities are to be had of the prices. */
  readonly hasOwnVolatility: boolean;
  readonly count: number;
  readonly expiry: Int32Array;
  /** Calendar days / 365; 0 for those that expire on the session. */
  readonly years: Float64Array;
  readonly strike: Float64Array;
  readonly isCall: Uint8Array;
  readonly bid: Float64Array;
  readonly ask: Float64Array;
  /** Middle of the quote, or last trade of the session; NaN where neither is usable. */
  readonly price: Float64Array;
  /** The source tells the volume, and the open interest, of any contract; sums of what it tells of none are NaN. */
  readonly hasVolume: boolean;
  readonly hasOpenInterest: boolean;
  /** 1 where the source tells the open interest of the contract, [contract]. */
  readonly isOpenInterestKnown: Uint8Array;
  /** Contracts traded on the session, 0 where the source says nothing. */
  readonly volume: Float64Array;
  /** Contracts open after the session before, 0 where the source says nothing. */
  readonly openInterest: Float64Array;
  /** The source's implied volatility; where `hasOwnVolatility`, only those that are believed and whose price is of the session, else NaN. */
  readonly volatility: Float64Array;
  /** Rows of the chain as it came. */
  readonly found: number;
  readonly excluded: Readonly<Record<Exclusion, number>>;
  readonly unpriced: Readonly<Record<Unpriced, number>>;
}

/** Where the contracts of each expiry start and end in rows sorted by expiry. */
export interface ExpirySlice {
  readonly expiry: EpochDay;
  readonly start: number;
  readonly end: number;
}

/** The expiries of sorted rows, ascending. */
export function expirySlices(expiry: Int32Array): ExpirySlice[] {
  const slices: ExpirySlice[] = [];
  for (let start = 0; start < expiry.length; ) {
    let end = start + 1;
    while (end < expiry.length && expiry[end] === expiry[start]) end++;
    slices.push({ expiry: expiry[start], start, end });
    start = end;
  }
  return slices;
}
