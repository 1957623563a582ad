import type { PricedRows } from './priced-rows.js';

/** Distance of a strike from the spot, as a factor, from which on a split of three for two and more would put it. */
const FAR = 1.4;
/** A price this far below what exercise pays, as a share of it, is of another underlying price. */
const BELOW = 0.85;
/** Contracts that must contradict the spot, and their share among those beyond the nearest of them. */
const MIN_CONTRADICTIONS = 8;
const MIN_SHARE = 0.8;

/**
 * Which strikes are of another basis than the spot, `null` for none: on days about a split a chain holds strikes of before it beside those
 * after it.
 *
 * Deep in-the-money options tell: one that was traded on the session never cost much less than exercise pays. Where nearly all of those from some
 * strike on (puts far above the spot, calls far below it) did, the strikes from there on were listed for another price of the underlying.
 */
export function otherBasis({ count, strike, isCall, price }: Pick<PricedRows, 'count' | 'strike' | 'isCall' | 'price'>, spot: number): ((strike: number) => boolean) | null {
  if (!(spot > 0)) return null;
  const sides = { above: [] as Told[], below: [] as Told[] };
  for (let i = 0; i < count; i++) {
    const isAbove = strike[i] >= spot * FAR;
    if (!(price[i] > 0) || (isAbove ? isCall[i] === 1 : isCall[i] === 0 || strike[i] > spot / FAR)) continue;
    const told = { distance: Math.abs(strike[i] - spot), isAgainst: price[i] < BELOW * Math.abs(strike[i] - spot) };
    (isAbove ? sides.above : sides.below).push(told);
  }
  const [above, below] = [nearestContradiction(sides.above), nearestContradiction(sides.below)];
  if (above === null && below === null) return null;
  return (value) => (above !== null && value - spot >= above) || (below !== null && spot - value >= below);
}

interface Told {
  /** From the spot, quote currency. */
  readonly distance: number;
  readonly isAgainst: boolean;
}

/** Distance of the nearest contradiction from which on nearly all contradict; `null` where there are too few. */
function nearestContradiction(told: Told[]): number | null {
  let nearest: number | null = null;
  let against = 0;
  told.sort((a, b) => b.distance - a.distance);
  told.forEach(({ distance, isAgainst }, k) => {
    if (!isAgainst) return;
    against++;
    if (against >= MIN_CONTRADICTIONS && against >= MIN_SHARE * (k + 1)) nearest = distance;
  });
  return nearest;
}
