import { expirySlices, type CleanRows, type ExpirySlice } from '../chain/clean-rows.js';
import { openInterestByStrike } from '../exposure/by-strike.js';
import { maxPain } from '../exposure/max-pain.js';
import { pinRisk } from '../exposure/pin-risk.js';
import type { ChainSummary } from './columns.js';

export type Levels = Pick<ChainSummary, 'maxPain' | 'pinStrike' | 'pinShare'>;

/** Days within which the largest expiry tells max pain, and the nearest one pins. */
const PAIN_DAYS = 45;
const PIN_DAYS = 7;

/** Strikes that open interest marks. */
export function markedLevels(rows: CleanRows, volatility: number): Levels {
  const live = expirySlices(rows.expiry).filter(({ expiry }) => expiry > rows.session);
  const within = live.filter(({ expiry }) => expiry - rows.session <= PAIN_DAYS);
  const open = ({ start, end }: ExpirySlice): number => rows.openInterest.subarray(start, end).reduce((sum, value) => sum + value, 0);
  const largest = within.map((slice) => ({ slice, open: open(slice) })).reduce<{ slice: ExpirySlice | null; open: number }>((best, one) => (one.open > best.open ? one : best), { slice: null, open: 0 }).slice;
  const nearest = live.find((slice) => slice.expiry - rows.session <= PIN_DAYS && open(slice) > 0);
  const byStrike = ({ start, end }: ExpirySlice): ReturnType<typeof openInterestByStrike> => openInterestByStrike({ count: end - start, strike: rows.strike.subarray(start, end), isCall: rows.isCall.subarray(start, end), openInterest: rows.openInterest.subarray(start, end) });
  const pin = nearest === undefined ? null : pinRisk(byStrike(nearest), { spot: rows.spot, volatility, years: rows.years[nearest.start] });
  return { maxPain: (largest && maxPain(byStrike(largest))?.strike) ?? Number.NaN, pinStrike: pin?.strike ?? Number.NaN, pinShare: pin?.share ?? Number.NaN };
}
