import { RankCorrelation } from '../evaluation/rank-correlation.js';
import type { Samples } from '../dataset/samples.js';
import { averageRank } from '../math/cross-section.js';
import { sessionsOfSamples } from './sessions-of-samples.js';

/** Fewest names with score and label on a session for a correlation that says something. */
export const MIN_NAMES = 20;

/**
 * Spearman's correlation of scores and labels of each session, in the order of the sessions; those with fewer than 20 names
 * with both, or where one of the two does not vary, are left out.
 */
export function sessionRankIcs(samples: Samples, scores: Float64Array): Float64Array {
  const { y, counts } = samples;
  if (y === null) return new Float64Array();
  const correlation = new RankCorrelation(counts.reduce((most, count) => Math.max(most, count), 0));
  const found: number[] = [];
  for (const { start, end } of sessionsOfSamples(samples)) {
    const every = Int32Array.from({ length: end - start }, (_, name) => name);
    const shared = correlation.of(averageRank(scores.subarray(start, end)), averageRank(y.subarray(start, end)), every);
    if (shared.names >= MIN_NAMES && shared.correlation !== null) found.push(shared.correlation);
  }
  return Float64Array.from(found);
}
