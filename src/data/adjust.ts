import type { EpochDay } from '../core/dates.js';

/** A split or cash dividend of one symbol; ordered by `exDay`. */
export interface CorporateAction {
  readonly exDay: EpochDay;
  readonly kind: 'split' | 'dividend';
  /** Split: new shares per old; dividend: cash per share, raw currency. */
  readonly value: number;
}

export interface AdjustmentFactors {
  /** Raw price × `price` = total-return price on the basis of the last session. [session] */
  readonly price: Float64Array;
  /** Raw price × `split` = split-adjusted price; raw volume ÷ `split` = split-adjusted volume. [session] */
  readonly split: Float64Array;
}

/**
 * Back-adjustment from the last session: factor 1 there, earlier sessions scaled so that returns are total returns.
 *
 * A dividend d with ex-date e scales everything before e by 1 − d / close(last session before e) (CRSP convention);
 * a split of n for 1 by 1 / n. Only actions with an ex-date within the sessions take part, so data cut at a session
 * gives the same returns as data that goes on.
 *
 * @param sessions epoch days, ascending
 * @param rawClose [session], NaN missing
 */
export function factorsFromActions(sessions: Int32Array, rawClose: Float64Array, actions: readonly CorporateAction[]): AdjustmentFactors {
  const price = new Float64Array(sessions.length).fill(1);
  const split = new Float64Array(sessions.length).fill(1);
  let priceFactor = 1;
  let splitFactor = 1;
  let next = actions.length - 1;
  while (next >= 0 && (sessions.length === 0 || actions[next].exDay > sessions[sessions.length - 1])) next--;
  for (let t = sessions.length - 1; t >= 0; t--) {
    price[t] = priceFactor;
    split[t] = splitFactor;
    // an ex-date between two sessions takes effect at the later one
    for (; next >= 0 && t > 0 && actions[next].exDay > sessions[t - 1]; next--) {
      const { kind, value } = actions[next];
      if (kind === 'split') splitFactor /= value;
      priceFactor *= kind === 'split' ? 1 / value : dividendFactor(rawClose, t, value);
    }
  }
  return { price, split };
}

function dividendFactor(rawClose: Float64Array, exIndex: number, dividend: number): number {
  for (let t = exIndex - 1; t >= 0; t--) {
    const close = rawClose[t];
    if (close > 0) return dividend < close ? 1 - dividend / close : 1;
  }
  return 1;
}

/**
 * Total-return factors from closes and their fully adjusted twins, rebased to 1 at the last session that has both.
 *
 * @param close         [session] split-adjusted, NaN missing
 * @param adjustedClose [session] split- and dividend-adjusted, NaN missing
 * @returns [session]; 1 where either is missing throughout, the nearest earlier factor across gaps
 */
export function factorsFromAdjustedClose(close: Float64Array, adjustedClose: Float64Array): Float64Array {
  const factors = new Float64Array(close.length);
  let known = Number.NaN;
  let firstKnown = -1;
  for (let t = 0; t < close.length; t++) {
    const factor = adjustedClose[t] / close[t];
    if (factor > 0) {
      known = factor;
      if (firstKnown < 0) firstKnown = t;
    }
    factors[t] = known;
  }
  if (firstKnown < 0) return factors.fill(1);
  factors.fill(factors[firstKnown], 0, firstKnown);
  const last = factors[factors.length - 1];
  for (let t = 0; t < factors.length; t++) factors[t] /= last;
  return factors;
}
