import { wilsonInterval } from '../evaluation/wilson-interval.js';
import type { HitRate } from './recommendation.js';

/** The share of successes among trials, with its interval (Wilson, 1927). */
export function hitRate(successes: readonly boolean[]): HitRate {
  const [hits, of] = [successes.filter(Boolean).length, successes.length];
  return { hits, of, rate: of === 0 ? null : hits / of, interval: wilsonInterval(hits, of) };
}
