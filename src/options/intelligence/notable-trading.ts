import { CONTRACT_SHARES } from '../chain/option-chain.js';
import type { CleanRows } from '../chain/clean-rows.js';
import type { Fact } from './evidence.js';

/** A contract out of the money that traded far more than was open, for much money. */
export interface NotableContract {
  readonly expiry: number;
  readonly strike: number;
  readonly isCall: boolean;
  readonly volume: number;
  readonly openInterest: number;
  /** Price at the close times what was traded, quote currency. */
  readonly premium: number;
}

/** Times open interest, contracts and money from which trading in a contract is of note. */
const TIMES_OPEN = 3;
const MIN_VOLUME = 500;
const MIN_PREMIUM = 250_000;
/** Days to expiry below which much is traded and little stays open every day. */
const MIN_DAYS = 2;

export interface NotableTrading {
  /** By premium, the largest first; equal ones by expiry, strike, call before put. */
  readonly contracts: readonly NotableContract[];
  /** Premium of calls and of puts among them. */
  readonly callPremium: number;
  readonly putPremium: number;
  /** Their share of all premium paid on the session, in [0, 1]. */
  readonly share: number;
  /** (calls − puts) / (calls + puts) by premium, in [−1, 1]; NaN without contracts. */
  readonly lean: number;
}

/** Contracts of a session that traded far more than was open. */
export function notableTrading({ count, session, spot, expiry, strike, isCall, price, volume, openInterest }: CleanRows): NotableTrading {
  const contracts: NotableContract[] = [];
  let [all, callPremium, putPremium] = [0, 0, 0];
  for (let i = 0; i < count; i++) {
    if (!(price[i] > 0)) continue;
    const premium = price[i] * volume[i] * CONTRACT_SHARES;
    all += premium;
    const isOutside = isCall[i] === 1 ? strike[i] >= spot : strike[i] <= spot;
    if (!(isOutside && volume[i] >= MIN_VOLUME && volume[i] >= TIMES_OPEN * openInterest[i] && premium >= MIN_PREMIUM && premium < Infinity && expiry[i] - session >= MIN_DAYS)) continue;
    contracts.push({ expiry: expiry[i], strike: strike[i], isCall: isCall[i] === 1, volume: volume[i], openInterest: openInterest[i], premium });
    if (isCall[i] === 1) callPremium += premium;
    else putPremium += premium;
  }
  contracts.sort((a, b) => b.premium - a.premium || a.expiry - b.expiry || a.strike - b.strike || Number(b.isCall) - Number(a.isCall));
  return { contracts, callPremium, putPremium, share: (callPremium + putPremium) / all, lean: (callPremium - putPremium) / (callPremium + putPremium) };
}

/** Contracts that are told one by one. */
const TOLD = 3;

/** The numbers of the first few contracts, numbered from 1. */
export function contractFacts(contracts: readonly NotableContract[]): Record<string, Fact> {
  return Object.fromEntries(contracts.slice(0, TOLD).flatMap(({ expiry, strike, isCall, volume, openInterest, premium }, i): [string, Fact][] => {
    const name = (what: string): string => `${what}${i + 1}`;
    return [[name('expiry'), [expiry, 'date']], [name('strike'), [strike, 'price']], [name('isCall'), [isCall ? 1 : 0, 'count']], [name('volume'), [volume, 'contracts']], [name('openInterest'), [openInterest, 'contracts']], [name('premium'), [premium, 'money']]];
  }));
}
