import type { Rng } from '../../src/core/rng.js';
import { CHAIN_COLUMNS, type ChainColumn, type OptionChain } from '../../src/options/chain/option-chain.js';

/** Numbers that files hold although they should not. */
const HOSTILE = [Number.NaN, Infinity, -Infinity, 0, -0, -1, 1e-300, 1e-12, 1e12, 1e300, Number.MAX_VALUE, Number.MIN_VALUE] as const;

export interface HostileOptions {
  readonly contracts: number;
  /** Chance of each number to be hostile. */
  readonly hostility: number;
}

/** A chain of which any number can be anything: duplicates, one strike, expiries of before the session, rights that repeat. */
export function hostileChain(rng: Rng, { contracts, hostility }: HostileOptions): OptionChain {
  const session = 20_000;
  const spot = rng.float() < hostility ? pick(rng, HOSTILE) : 100 * Math.exp(rng.normal());
  const strikes = 1 + rng.integer(0, 12);
  const usual: Readonly<Record<ChainColumn, () => number>> = {
    strike: () => Math.round(100 * Math.exp(0.05 * rng.integer(-strikes, strikes))),
    bid: () => (rng.float() < 0.5 ? Number.NaN : 5 * rng.float()),
    ask: () => (rng.float() < 0.5 ? Number.NaN : 5 * rng.float()),
    last: () => 10 * rng.float(),
    volume: () => rng.integer(0, 500),
    openInterest: () => rng.integer(0, 5000),
    impliedVolatility: () => rng.float() * 2,
  };
  const hasQuotes = rng.float() < 0.5;
  const column = (name: ChainColumn): Float64Array => Float64Array.from({ length: contracts }, () => (!hasQuotes && (name === 'bid' || name === 'ask') ? Number.NaN : rng.float() < hostility ? pick(rng, HOSTILE) : usual[name]()));
  const columns = Object.fromEntries(CHAIN_COLUMNS.map((name) => [name, column(name)])) as Record<ChainColumn, Float64Array>;
  const expiry = Int32Array.from({ length: contracts }, () => (rng.float() < hostility ? pick(rng, [-2_147_483_648, 2_147_483_647, 0, session - 1, session]) : session + pick(rng, [1, 2, 7, 14, 28, 35, 63, 91, 182, 365])));
  return { underlying: 'HOSTILE', session, spot, isStale: rng.float() < 0.1, expiry, isCall: Uint8Array.from({ length: contracts }, () => rng.integer(0, 1)), ...columns };
}

const pick = <Value>(rng: Rng, values: readonly Value[]): Value => values[rng.integer(0, values.length - 1)];
