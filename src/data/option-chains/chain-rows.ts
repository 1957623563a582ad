import type { EpochDay } from '../../core/dates.js';

/** Columns of a stored chain that hold numbers, each [contract], Float64, NaN missing; by the column of the store. */
export const CHAIN_NUMBERS = {
  strike: 'strike',
  bid: 'bid',
  ask: 'ask',
  last: 'last',
  volume: 'volume',
  openInterest: 'open_interest',
  impliedVolatility: 'implied_volatility',
} as const;

export type ChainNumber = keyof typeof CHAIN_NUMBERS;

/**
 * The stored contracts of one underlying at the close of one session, ascending by expiry, strike, call before put.
 *
 * Known at the decision time of its session; `openInterest` was settled the session before and public before the open. Prices are
 * unadjusted, quote currency; `impliedVolatility` an annualized fraction as the source says it, volume and open interest in contracts.
 */
export interface StoredChain extends Readonly<Record<ChainNumber, Float64Array>> {
  readonly underlying: string;
  readonly session: EpochDay;
  /** Unadjusted price of the underlying: of the chain itself, else the close of `option_underlyings`, else NaN. */
  readonly spot: number;
  /** The source marks the chain as repeated or mixed (corporate action). */
  readonly isStale: boolean;
  /** Epoch days, [contract]. */
  readonly expiry: Int32Array;
  /** 1 call, 0 put, [contract]. */
  readonly isCall: Uint8Array;
}
