import { createRng } from '../../../src/core/rng.js';
import { cleanChain } from '../../../src/options/chain/clean-chain.js';
import { blackPrice } from '../../../src/options/pricing/black.js';
import { countContracts } from '../../../src/options/summary/counts.js';
import { flatRate } from '../../../src/options/surface/rate-curve.js';
import { valueChain, type ValuedChain } from '../../../src/options/valuation/valued-chain.js';
import type { SignalWorld } from '../../contracts/options-signal.js';
import { madeInput, wanderingInput } from './made-history.js';

export interface MadeContract {
  readonly days: number;
  readonly strike: number;
  readonly isCall: boolean;
  readonly volume: number;
  readonly openInterest: number;
}

/** Calls and puts at strikes from 80 % to 120 % of 100, two expiries, with what is told of some of them; `expiry` − `session` are the days. */
export function madeChain({ session, spot = 100, special = [], origin = session }: { readonly session: number; readonly spot?: number; readonly special?: readonly MadeContract[]; readonly origin?: number }): ValuedChain {
  const usual = [16, 44].flatMap((days) => [80, 85, 90, 95, 100, 105, 110, 115, 120].flatMap((strike) => [true, false].map((isCall): MadeContract => ({ days, strike, isCall, volume: 50, openInterest: 1000 }))));
  const isSame = (a: MadeContract, b: MadeContract): boolean => a.days === b.days && a.strike === b.strike && a.isCall === b.isCall;
  const contracts = [...usual.filter((one) => !special.some((other) => isSame(one, other))), ...special].map((one) => ({ ...one, expiry: origin + one.days })).filter(({ expiry }) => expiry >= session);
  const column = (value: (contract: (typeof contracts)[number]) => number): Float64Array => Float64Array.from(contracts, value);
  const nothing = (): Float64Array => column(() => Number.NaN);
  const price = column(({ expiry, strike, isCall }) => (expiry > session ? blackPrice({ forward: spot, strike, years: (expiry - session) / 365, volatility: 0.4, isCall }) : Math.max(0, isCall ? spot - strike : strike - spot)));
  const rows = cleanChain({
    underlying: 'MADE', session, spot, isStale: false, expiry: Int32Array.from(contracts, ({ expiry }) => expiry), isCall: Uint8Array.from(contracts, ({ isCall }) => (isCall ? 1 : 0)),
    strike: column(({ strike }) => strike), bid: nothing(), ask: nothing(), last: price, volume: column(({ volume }) => volume), openInterest: column(({ openInterest }) => openInterest), impliedVolatility: nothing(),
  });
  return valueChain(rows, { curve: flatRate(0) });
}

/** Wandering summaries with chains in which one contract in three sessions trades far more than is open, and half of those stay open. */
export function chainWorld(seed: number, count: number): SignalWorld {
  const rng = createRng(seed).fork('chains');
  const wandering = wanderingInput(seed, count);
  const { sessions } = wandering;
  const shocks = Array.from({ length: count }, () => (rng.float() < 1 / 3 ? { strike: rng.choice([90, 95, 105, 110]), isCall: false, volume: rng.integer(5_000, 60_000), stays: rng.float() < 0.5 } : null)).map((shock) => shock && { ...shock, isCall: shock.strike > 100 });
  // expiries are the same for neighbouring sessions
  const originOf = (t: number): number => sessions[t] - (sessions[t] % 7);
  const chains = Array.from(sessions, (session, t) => {
    const [now, before] = [shocks[t], t > 0 && originOf(t) === originOf(t - 1) ? shocks[t - 1] : null];
    const special: MadeContract[] = now ? [{ days: 16, strike: now.strike, isCall: now.isCall, volume: now.volume, openInterest: 100 }] : [];
    if (before && before.strike !== now?.strike) special.push({ days: 16, strike: before.strike, isCall: before.isCall, volume: 50, openInterest: before.stays ? 100 + before.volume : 200 });
    return madeChain({ session, special, origin: originOf(t) });
  });
  const counts = chains.map(({ rows }) => countContracts(rows));
  const columns = { ...wandering.columns, newCallPremium: Float64Array.from(counts, (one) => one.newCallPremium), newPutPremium: Float64Array.from(counts, (one) => one.newPutPremium) };
  return { input: { ...madeInput({ sessions: count }), ...wandering, columns }, chains: (t) => ({ chain: chains[t], ...(t > 0 ? { previous: chains[t - 1] } : {}) }) };
}
