import type { CleanRows } from '../chain/clean-rows.js';
import { CONTRACT_SHARES, DAYS_PER_YEAR } from '../chain/option-chain.js';
import type { ChainSummary } from './columns.js';
import { nextMonthlyExpiry } from './monthly-expiry.js';

export type Counts = Pick<ChainSummary, 'contracts' | 'callVolume' | 'putVolume' | 'callOpenInterest' | 'putOpenInterest' | 'expiringOpenInterest' | 'nearCallOpenInterest' | 'monthlyExpiry' | 'monthlyOpenInterest' | 'laterOpenInterest' | 'newCallPremium' | 'newPutPremium'>;

/** How far above the spot calls are near, and how many days they may have. */
const NEAR = 1.1;
const NEAR_YEARS = 30 / DAYS_PER_YEAR;

/** What is counted contract by contract, without any model. */
export function countContracts({ count, session, spot, expiry, years, strike, isCall, price, volume, openInterest, hasVolume, hasOpenInterest, isOpenInterestKnown }: CleanRows): Counts {
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
    const paid = price[i] * volume[i] * CONTRACT_SHARES;
    if (isOpenInterestKnown[i] === 0 || volume[i] <= open) continue;
    if (isCall[i] === 1 && strike[i] >= spot) callPremium += paid;
    if (isCall[i] === 0 && strike[i] <= spot) putPremium += paid;
  }
  const ofVolume = (value: number): number => (hasVolume ? value : Number.NaN);
  const ofOpen = (value: number): number => (hasOpenInterest ? value : Number.NaN);
  const ofPrices = (value: number): number => (priced > 0 && hasVolume && hasOpenInterest ? value : Number.NaN);
  return {
    contracts: count, callVolume: ofVolume(callVolume), putVolume: ofVolume(putVolume), callOpenInterest: ofOpen(callOpen), putOpenInterest: ofOpen(putOpen), expiringOpenInterest: ofOpen(expiring),
    nearCallOpenInterest: ofOpen(near), monthlyExpiry, monthlyOpenInterest: ofOpen(monthly), laterOpenInterest: ofOpen(later), newCallPremium: ofPrices(callPremium), newPutPremium: ofPrices(putPremium),
  };
}
