import { cappedShares } from './capped-shares.js';
import { scaledDown } from './scaled-down.js';
import { sizedNames, spread, type Needs, type SizedNames } from './sized-names.js';
import type { SizingInput } from './sizing.js';
import { withinVolatility, type Family } from './within-volatility.js';

/**
 * Weights of a method that only says how names share a book: as large as the budget, the largest weight of a name and
 * volatility allow.
 *
 * The volatility, by the covariance, may be `targetVolatility` × (names ÷ slots), at most `targetVolatility`: a full book aims at the
 * target, and a few names at their part of it, so that they cannot take the book that the others are still to share. A name on
 * its own so gets what volatility targeting gives it, (target ÷ own volatility) ÷ slots. As volatilities of parts add up to at least
 * that of the whole, a book that is filled in parts keeps to the target too.
 */
export function filledBook(input: SizingInput, needs: Needs, familyOf: (names: SizedNames) => Family): Float64Array {
  const names = sizedNames(input, needs);
  const count = names.at.length;
  const weights = withinVolatility(familyOf(names), names.covariance, input.targetVolatility * Math.min(1, count / input.slots));
  return spread(scaledDown(weights, input.budget), names, input.symbols.length);
}

/** The most that names can be given together (fraction of equity). */
export function mostTogether({ budget, maxWeight }: SizingInput, count: number): number {
  return Math.min(budget, maxWeight * count);
}

/** Fixed shares, made larger together, with what a name's largest weight takes away going to the others in proportion. */
export function sharedFamily(shares: ArrayLike<number>, input: SizingInput): Family {
  return { most: mostTogether(input, shares.length), weightsAt: (total) => cappedShares(shares, total, input.maxWeight) };
}
