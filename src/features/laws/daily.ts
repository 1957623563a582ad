import { fromEpochDay } from '../../core/dates.js';
import { computeFeatures } from '../compute/compute-features.js';
import { cutInputs } from '../compute/cut.js';
import type { FeatureInputs } from '../compute/feature-inputs.js';
import type { Feature } from '../feature.js';
import { differences, type LawBreach, type LawCuts } from './breach.js';

/**
 * Daily law: computing only the newest session of data as it was then gives, bit for bit, what computing everything gives for it.
 *
 * It is cheap, so many sessions can be stood at: what is given away one session at a time shows only at the last row of a cut.
 */
export function checkDaily(inputs: FeatureInputs, features: readonly Feature[], { whole, cuts, known, asKnown = (end) => cutInputs(inputs, end), same }: LawCuts): LawBreach[] {
  return cuts.flatMap((end) => {
    const newest = computeFeatures(asKnown(end), features, { known, last: 1 });
    return differences({ law: 'daily', detail: `only ${fromEpochDay(inputs.bars.sessions[end - 1])} computed`, expected: whole, found: newest, ...(same ? { same } : {}) });
  });
}
