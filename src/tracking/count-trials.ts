import type { Tracker } from './tracker.js';

/**
 * How many distinct configurations of an experiment have been evaluated to the end: what multiple testing has to be corrected for.
 *
 * The same configuration evaluated again is the same trial; another seed, other data or other code is another.
 */
export async function countTrials(tracker: Tracker, experiment: string): Promise<number> {
  const finished = (await tracker.runs(experiment)).filter(({ status }) => status === 'finished');
  return new Set(finished.map(({ id }) => id)).size;
}
