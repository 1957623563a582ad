import type { CleanRows } from '../chain/clean-rows.js';
import { DAYS_PER_YEAR } from '../chain/option-chain.js';
import type { ChainSummary } from './columns.js';
import { nextMonthlyExpiry } from './monthly-expiry.js';

export type Counts = Pick<ChainSummary, 'contracts' | 'callVolume' | 'putVolume' | 'callOpenInterest' | 'putOpenInterest' | 'expiringOpenInterest' | 'nearCallOpenInterest' | 'monthlyExpiry' | 'monthlyOpenInterest' | 'laterOpenInterest' | 'newCallPremium' | 'newPutPremium'>;

/** How far above the spot calls are near, and how many days they may have. */
const NEAR = 1.1;
const NEAR_YEARS = 30 / DAYS_PER_YEAR;
/** Shares of a contract. */
const SHARES = 100;

/** What is counted contract by contract, without any model. */
export function countContracts({ count, session, spot, expiry, years, strike, isCall, price, volume, openInterest }: CleanRows): Counts {
  const monthlyExpiry = nextMonthlyExpiry(session);
  let [callVolume, putVolume, callOpen, putOpen, expiring, near, monthly, later, callPremium, putPremium, priced] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
  for (let i = 0; i < count; i++) {
    const open = openInterest[i];
    if (isCall[i] === 1) {
      callVolume += volume[i];
      callOpen += open;
      if (years[i] > 0 && years[i] <= NEAR_YEARS && strike[i] > spot && strike[i] <= spot * NEAR) near += open;
    } else {
      putVolume += volume[i];
      putOpen += open;
    }
    if (years[i] === 0) expiring += open;
    else if (expiry[i] <= monthlyExpiry) monthly += open;
    else later += open;
    if (!(price[i] > 0)) continue;
    priced++;
    const paid = price[i] * volume[i] * SHARES;
    if (volume[i] <= open) continue;
    if (isCall[i] === 1 && strike[i] >= spot) callPremium += paid;
    if (isCall[i] === 0 && strike[i] <= spot) putPremium += paid;
  }
  const orNone = (value: number): number => (priced > 0 ? value : Number.NaN);
  return {
    contracts: count, callVolume, putVolume, callOpenInterest: callOpen, putOpenInterest: putOpen, expiringOpenInterest: expiring, nearCallOpenInterest: near,
    monthlyExpiry, monthlyOpenInterest: monthly, laterOpenInterest: later, newCallPremium: orNone(callPremium), newPutPremium: orNone(putPremium),
  };
}
