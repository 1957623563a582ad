import type { PricedRows } from './priced-rows.js';

/** Expiries further off say more of rates and dividends than of the spot, years. */
const LONGEST = 45 / 365;
/** Pairs of an expiry that are taken: those nearest the money. */
const NEAREST = 5;

export interface ParitySpot {
  /** NaN without a pair. */
  readonly spot: number;
  readonly pairs: number;
}

/**
 * Price of the underlying at which calls and puts of one strike agree: median of K + C − P over the pairs nearest the money of short expiries.
 *
 * Rates, dividends and early exercise of a few weeks are ignored: about 0.3 % of the price. Strikes are near the money where call and put cost
 * about the same, which needs no spot.
 * @see Stoll (1969), put-call parity
 */
export function paritySpot({ count, expiry, years, strike, isCall, price }: Pick<PricedRows, 'count' | 'expiry' | 'years' | 'strike' | 'isCall' | 'price'>): ParitySpot {
  const spots: number[] = [];
  let pairs: { gap: number; spot: number }[] = [];
  const close = (): void => {
    pairs.sort((a, b) => a.gap - b.gap);
    for (const pair of pairs.slice(0, NEAREST)) spots.push(pair.spot);
    pairs = [];
  };
  for (let i = 0; i + 1 < count; i++) {
    if (i > 0 && expiry[i] !== expiry[i - 1]) close();
    const isPair = isCall[i] === 1 && isCall[i + 1] === 0 && strike[i] === strike[i + 1] && expiry[i] === expiry[i + 1];
    const difference = price[i] - price[i + 1];
    if (isPair && years[i] > 0 && years[i] <= LONGEST && !Number.isNaN(difference)) pairs.push({ gap: Math.abs(difference), spot: strike[i] + difference });
  }
  close();
  return { spot: median(spots), pairs: spots.length };
}

function median(values: number[]): number {
  if (values.length === 0) return Number.NaN;
  values.sort((a, b) => a - b);
  const middle = values.length >>> 1;
  return values.length % 2 === 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}
