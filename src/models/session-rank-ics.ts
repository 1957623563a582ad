import type { Samples } from '../dataset/samples.js';
import { correlation } from '../math/correlation.js';
import { averageRank } from '../math/cross-section.js';
import { sessionsOfSamples } from './sessions-of-samples.js';

/** Fewest names with score and label on a session for a correlation that says something. */
export const MIN_NAMES = 20;

/**
 * Spearman's correlation of scores and labels of each session, in the order of the sessions; those with fewer than 20 names
 * with both, or where one of the two does not vary, are left out.
 */
export function sessionRankIcs(samples: Samples, scores: Float64Array): Float64Array {
  const { y } = samples;
  if (y === null) return new Float64Array();
  const found: number[] = [];
  for (const { start, end } of sessionsOfSamples(samples)) {
    const shared: number[] = [];
    for (let at = start; at < end; at++) if (!Number.isNaN(scores[at]) && !Number.isNaN(y[at])) shared.push(at);
    if (shared.length < MIN_NAMES) continue;
    const rankIc = correlation(averageRank(shared.map((at) => scores[at])), averageRank(shared.map((at) => y[at])));
    if (rankIc !== null) found.push(rankIc);
  }
  return Float64Array.from(found);
}
