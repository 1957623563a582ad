import type { Ranking } from './ranker.js';

/** Scores, labels and returns of one session, each [symbol], NaN where there is none; all hold until the next slice is read. */
export interface SessionSlice {
  /** Position of the session. */
  readonly t: number;
  readonly scores: Float64Array;
  /** Of all names with a score. */
  readonly scoreRanking: Ranking;
  readonly label: Float64Array;
  /** Of all names with a label. */
  readonly labelRanking: Ranking;
  readonly returns: Float64Array;
}

/** Bucket from 0, the lowest, of each ranked name: equal shares, equals together; −1 without a rank. */
export function bucketsOf({ ranks, count }: Ranking, buckets: number): Int8Array {
  const bucket = new Int8Array(ranks.length).fill(-1);
  for (let row = 0; row < ranks.length; row++) {
    if (ranks[row] > 0) bucket[row] = Math.floor(((ranks[row] - 0.5) / count) * buckets);
  }
  return bucket;
}
