import { median } from '../surface/median.js';
import { DAYS_PER_YEAR } from './option-chain.js';
import type { PricedRows } from './priced-rows.js';

/** Expiries further off say more of rates, dividends and fees to borrow than of the spot, years. */
const LONGEST = 45 / DAYS_PER_YEAR;
/** Pairs of an expiry that are taken: those nearest the money. */
const NEAREST = 5;
/** Pairs after which no later expiry is looked at: carry is least in the nearest, and their trades are of the last minutes. */
const ENOUGH = 5;

export interface ParitySpot {
  /** NaN without a pair. */
  readonly spot: number;
  readonly pairs: number;
  /** Time to the last expiry that was looked at, years: what carry can move the spot by grows with it. */
  readonly years: number;
}

/**
 * Price of the underlying at which calls and puts of one strike agree: median of K + C − P over the pairs nearest the money of the nearest expiries.
 *
 * Rates, dividends and early exercise of a few weeks are ignored: about 0.3 % of the price. Strikes are near the money where call and put cost
 * about the same, which needs no spot.
 * @see Stoll (1969), put-call parity
 */
export function paritySpot({ count, expiry, years, strike, isCall, price }: Pick<PricedRows, 'count' | 'expiry' | 'years' | 'strike' | 'isCall' | 'price'>): ParitySpot {
  const spots: number[] = [];
  let pairs: { gap: number; spot: number }[] = [];
  let last = 0;
  const close = (i: number): void => {
    pairs.sort((a, b) => a.gap - b.gap);
    for (const pair of pairs.slice(0, NEAREST)) spots.push(pair.spot);
    if (pairs.length > 0) last = years[i];
    pairs = [];
  };
  for (let i = 0; i + 1 < count; i++) {
    if (i > 0 && expiry[i] !== expiry[i - 1]) {
      close(i - 1);
      if (spots.length >= ENOUGH) break;
    }
    const isPair = isCall[i] === 1 && isCall[i + 1] === 0 && strike[i] === strike[i + 1] && expiry[i] === expiry[i + 1];
    const difference = price[i] - price[i + 1];
    if (isPair && years[i] > 0 && years[i] <= LONGEST && !Number.isNaN(difference)) pairs.push({ gap: Math.abs(difference), spot: strike[i] + difference });
  }
  if (pairs.length > 0) close(count - 1);
  return { spot: spots.length === 0 ? Number.NaN : median(spots), pairs: spots.length, years: last };
}
