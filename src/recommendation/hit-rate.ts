import type { OverlappingOutcomes } from '../evaluation/overlapping-outcomes.js';
import type { HitRate } from './recommendation.js';

/** The share of successes among outcomes that overlap in time, with its interval. */
export function hitRate(successes: readonly boolean[], outcomes: OverlappingOutcomes): HitRate {
  const [hits, of] = [successes.filter(Boolean).length, successes.length];
  return { hits, of, rate: of === 0 ? null : hits / of, interval: outcomes.interval(successes.map(Number)) };
}
