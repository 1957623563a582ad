/** Scores, labels and returns of one session, each [symbol], NaN where there is none; views that hold until the next slice is read. */
export interface SessionSlice {
  /** Position of the session. */
  readonly t: number;
  readonly scores: Float64Array;
  /** Names with a score. */
  readonly scored: number;
  /** Average ranks from 1 among all names with a score. */
  readonly scoreRanks: Float64Array;
  readonly label: Float64Array;
  /** Average ranks from 1 among all names with a label. */
  readonly labelRanks: Float64Array;
  readonly returns: Float64Array;
}

/** Bucket from 0, the lowest, of each average rank among `scored` names: equal shares, equals together; −1 without a rank. */
export function bucketsOf(ranks: Float64Array, scored: number, buckets: number): Int8Array {
  const bucket = new Int8Array(ranks.length).fill(-1);
  for (let row = 0; row < ranks.length; row++) {
    if (ranks[row] > 0) bucket[row] = Math.floor(((ranks[row] - 0.5) / scored) * buckets);
  }
  return bucket;
}
