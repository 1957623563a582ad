import type { Smile } from '../surface/smile.js';
import { DAYS_PER_YEAR } from '../chain/option-chain.js';

/** Days that the nearest expiry must have, and by how many the next one must follow. */
const NEAREST_DAYS = 3;
const APART_DAYS = 14;

/**
 * Move of one event before the nearest expiry: √ of what its total variance has above that at the volatility which the time to the next
 * expiry adds; below 0 (−√ of what lacks) where it has less. NaN without two expiries that far apart.
 *
 * @param smiles by ascending years
 * @see Dubinsky, Johannes, Kaeck and Seeger (2019), term structure estimator
 */
export function eventMove(smiles: readonly Smile[]): number {
  const near = smiles.find(({ years }) => years * DAYS_PER_YEAR >= NEAREST_DAYS - 1e-9);
  const next = near && smiles.find(({ years }) => (years - near.years) * DAYS_PER_YEAR >= APART_DAYS - 1e-9);
  if (!near || !next) return Number.NaN;
  const [first, second] = [near.totalVariance(0), next.totalVariance(0)];
  const above = first - ((second - first) / (next.years - near.years)) * near.years;
  return Math.sign(above) * Math.sqrt(Math.abs(above));
}
