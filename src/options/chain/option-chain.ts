import type { EpochDay } from '../../core/dates.js';
import { InvariantError } from '../../core/errors.js';

/** Shares that a listed contract stands for; adjusted contracts may differ and are left out by the cleaning. */
export const CONTRACT_SHARES = 100;

/** Calendar days of a year, by which time to expiry is counted. */
export const DAYS_PER_YEAR = 365;

/** Columns of a chain besides expiry and right, each [contract], Float64, NaN missing. */
export const CHAIN_COLUMNS = ['strike', 'bid', 'ask', 'last', 'volume', 'openInterest', 'impliedVolatility'] as const;

export type ChainColumn = (typeof CHAIN_COLUMNS)[number];

/**
 * All listed contracts of one underlying at the close of one session, one row a contract, in any order.
 *
 * Prices, volume and volatility are those of the close of `session`. **Open interest is what was settled the session before** and
 * published before the open of `session`: all of a chain is known at the decision time of its session, nothing of it earlier than its close but the open interest.
 */
export interface OptionChain extends Readonly<Record<ChainColumn, Float64Array>> {
  readonly underlying: string;
  readonly session: EpochDay;
  /** Unadjusted price of the underlying at the close of the session, quote currency; NaN where the source does not say it. */
  readonly spot: number;
  /** The source marks the chain as repeated or mixed (corporate action); nothing that compares it with other sessions holds. */
  readonly isStale: boolean;
  /** Epoch days, [contract]. */
  readonly expiry: Int32Array;
  /** 1 call, 0 put, [contract]. */
  readonly isCall: Uint8Array;
}

/** @throws InvariantError when columns differ in length */
export function requireChain(chain: OptionChain): void {
  const count = chain.expiry.length;
  const wrong = (['isCall', ...CHAIN_COLUMNS] as const).find((name) => chain[name].length !== count);
  if (wrong !== undefined) throw new InvariantError(`expected ${count} contracts in every column, found ${chain[wrong].length} in "${wrong}" of the chain of ${chain.underlying}`);
}

/** Years from the close of the session to an expiry, by calendar days; 0 on the day itself. */
export function yearsTo(expiry: EpochDay, session: EpochDay): number {
  return (expiry - session) / DAYS_PER_YEAR;
}
