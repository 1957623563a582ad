import { InvariantError } from '../../core/errors.js';
import { ascendingOrder } from '../../math/ascending-order.js';

/** p-values adjusted for how many there are, [test], in the order given; a test is significant at level α when its own is at most α. */

/** Chance of any false find, whatever the dependence: n p (Bonferroni, 1936). Throws `BAD_P_VALUES` for anything outside of [0, 1]. */
export function bonferroni(pValues: ArrayLike<number>): Float64Array {
  requirePValues(pValues);
  return Float64Array.from(pValues, (p) => Math.min(1, pValues.length * p));
}

/** Chance of any false find, whatever the dependence, stepping down: never above Bonferroni's (Holm, 1979). Throws `BAD_P_VALUES`. */
export function holm(pValues: ArrayLike<number>): Float64Array {
  requirePValues(pValues);
  const adjusted = new Float64Array(pValues.length);
  let largest = 0;
  ascendingOrder(pValues).forEach((test, rank) => {
    largest = Math.max(largest, Math.min(1, (pValues.length - rank) * pValues[test]));
    adjusted[test] = largest;
  });
  return adjusted;
}

/** Expected share of false finds among finds, of independent or positively dependent tests (Benjamini and Hochberg, 1995). Throws `BAD_P_VALUES`. */
export function benjaminiHochberg(pValues: ArrayLike<number>): Float64Array {
  return stepUp(pValues, 1);
}

/** Expected share of false finds among finds, whatever the dependence: Σ 1/i times Benjamini and Hochberg's (Benjamini and Yekutieli, 2001). Throws `BAD_P_VALUES`. */
export function benjaminiYekutieli(pValues: ArrayLike<number>): Float64Array {
  let harmonic = 0;
  for (let i = 1; i <= pValues.length; i++) harmonic += 1 / i;
  return stepUp(pValues, harmonic);
}

function stepUp(pValues: ArrayLike<number>, factor: number): Float64Array {
  requirePValues(pValues);
  const adjusted = new Float64Array(pValues.length);
  const order = ascendingOrder(pValues);
  let least = 1;
  for (let rank = order.length; rank >= 1; rank--) {
    const test = order[rank - 1];
    least = Math.min(least, (factor * pValues.length * pValues[test]) / rank);
    adjusted[test] = least;
  }
  return adjusted;
}

function requirePValues(pValues: ArrayLike<number>): void {
  for (let test = 0; test < pValues.length; test++) {
    if (!(pValues[test] >= 0 && pValues[test] <= 1)) throw new InvariantError(`expected p-values from 0 to 1, found ${pValues[test]} at test ${test}`, { code: 'BAD_P_VALUES', fields: { test, found: pValues[test] } });
  }
}
