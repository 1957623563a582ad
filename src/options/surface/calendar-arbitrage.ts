import type { Smile } from './smile.js';

/** Moneyness points at which two neighbouring expiries are compared, over the range that both quote. */
const GRID = 11;

/** Rounding that is no violation, as a share of total variance. */
const ROUNDING = 1e-9;

/** What was found of total variance that falls with time at one log moneyness: a calendar spread for less than nothing. */
export interface CalendarCheck {
  /** Neighbouring expiries that were compared. */
  readonly pairs: number;
  /** Points of moneyness that were compared, over all pairs. */
  readonly points: number;
  /** Points at which total variance falls. */
  readonly violations: number;
  /** Pairs with a violation. */
  readonly violatedPairs: number;
  /** Largest fall, as a share of the total variance of the earlier expiry; 0 without a violation. */
  readonly worst: number;
}

/**
 * Counts where total variance at the same forward moneyness falls from one expiry to the next.
 *
 * @param smiles by ascending years
 * @see Gatheral and Jacquier (2014), lemma 2.1
 */
export function checkCalendar(smiles: readonly Smile[]): CalendarCheck {
  let [pairs, points, violations, violatedPairs, worst] = [0, 0, 0, 0, 0];
  for (let j = 1; j < smiles.length; j++) {
    const [near, next] = [smiles[j - 1], smiles[j]];
    const [low, high] = [Math.max(near.lowest, next.lowest), Math.min(near.highest, next.highest)];
    if (!(high >= low)) continue;
    const before = violations;
    pairs++;
    for (let i = 0; i < GRID; i++, points++) {
      const k = low + ((high - low) * i) / (GRID - 1);
      const earlier = near.totalVariance(k);
      const fall = (earlier - next.totalVariance(k)) / earlier;
      if (!(fall > ROUNDING)) continue;
      violations++;
      worst = Math.max(worst, fall);
    }
    if (violations > before) violatedPairs++;
  }
  return { pairs, points, violations, violatedPairs, worst };
}
