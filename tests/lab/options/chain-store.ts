import { fromEpochDay, isoDate, toEpochDay } from '../../../src/core/dates.js';
import type { Store } from '../../../src/data/store/store.js';
import { CLOCK, temporaryStore, write, type Row } from '../../data/store/rows.js';
import { madeChain } from '../../options/made-chain.js';

/** Sessions in a row. */
export const SESSIONS = ['2018-01-02', '2018-01-03', '2018-01-04', '2018-01-05'].map((day) => isoDate(day));
export const NAMES = ['AA', 'BB'];
const STRIKES = Array.from({ length: 21 }, (_, k) => 0.8 + 0.02 * k);

/** Rows of small chains of both names on the sessions from `from` on, `count` of them; `openInterest` of each contract. */
export function chainRows(count: number, { from = 0, openInterest = 100 }: { readonly from?: number; readonly openInterest?: number } = {}): Row[] {
  return SESSIONS.slice(from, from + count).flatMap((session, t) => NAMES.flatMap((underlying, u) => {
    const { expiry, strike, isCall, last, impliedVolatility, volume, openInterest: open } = madeChain({ underlying, session: toEpochDay(session), spot: closeOf(from + t, u), days: [16, 37, 72], strikes: STRIKES, volatility: (k) => 0.2 + 0.01 * (from + t) + 0.1 * u - 0.1 * k, openInterest: () => openInterest });
    return Array.from(expiry, (day, i): Row => ({ underlying, session, expiry: fromEpochDay(day), strike: strike[i], right: isCall[i] === 1 ? 'call' : 'put', last: last[i], implied_volatility: impliedVolatility[i], volume: volume[i], open_interest: open[i] }));
  }));
}

const closeOf = (t: number, u: number): number => 50 + 20 * u + t;

/** What is known of the underlyings on the same sessions; closes times `scale`. */
export function closeRows(count: number, { from = 0, scale = 1 }: { readonly from?: number; readonly scale?: number } = {}): Row[] {
  return SESSIONS.slice(from, from + count).flatMap((session, t) => NAMES.map((underlying, u): Row => ({ underlying, session, close: closeOf(from + t, u) * scale })));
}

/** A store with the chains of the first sessions. */
export async function chainStore(count: number): Promise<Store> {
  const store = await temporaryStore();
  await store.commit([write('option_chains', chainRows(count)), write('option_underlyings', closeRows(count))], { clock: CLOCK });
  return store;
}
