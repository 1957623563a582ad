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
 * A dividend d with ex-date e scales everything before e by 1 − d / close(last session before e) (CRSP convention: it is
 * reinvested at that close less d), or not at all when d is no less than that close; a split of n for 1 by 1 / n. On one
 * ex-date the dividend is per share held before the split. Only actions with an ex-date within the sessions take part, so data cut at a session
 * gives the same returns as data that goes on.
 *
 * @param sessions epoch days, ascending
 * @param rawClose [session], NaN missing
 */
export function factorsFromActions(sessions: Int32Array, rawClose: Float64Array, actions: readonly CorporateAction[]): AdjustmentFactors {
  const split = accumulate(sessions, actions, ({ kind, value }) => (kind === 'split' ? 1 / value : 1));
  const price = accumulate(sessions, actions, ({ kind, value }, exIndex) => (kind === 'split' ? 1 / value : dividendFactor(rawClose, split, exIndex, value)));
  return { price, split };
}

/** For each session the product of what `factorOf` says of the actions after it. */
function accumulate(sessions: Int32Array, actions: readonly CorporateAction[], factorOf: (action: CorporateAction, exIndex: number) => number): Float64Array {
  const factors = new Float64Array(sessions.length).fill(1);
  const lastDay = sessions.at(-1) ?? -Infinity;
  let next = actions.length - 1;
  while (next >= 0 && actions[next].exDay > lastDay) next--;
  for (let t = sessions.length - 1, factor = 1; t >= 0; t--) {
    factors[t] = factor;
    // an ex-date between two sessions takes effect at the later one
    for (; next >= 0 && t > 0 && actions[next].exDay > sessions[t - 1]; next--) factor *= factorOf(actions[next], t);
  }
  return factors;
}

/** `split`: the dividend is per share of the session before the ex-date, while the last close may be older than a split. */
function dividendFactor(rawClose: Float64Array, split: Float64Array, exIndex: number, dividend: number): number {
  for (let t = exIndex - 1; t >= 0; t--) {
    const close = (rawClose[t] * split[t]) / split[exIndex - 1];
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
