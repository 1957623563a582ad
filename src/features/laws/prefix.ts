import { fromEpochDay } from '../../core/dates.js';
import { computeFeatures } from '../compute/compute-features.js';
import { cutInputs } from '../compute/cut.js';
import type { FeatureInputs } from '../compute/feature-inputs.js';
import type { Feature } from '../feature.js';
import { differences, type LawBreach, type LawCuts } from './breach.js';

/**
 * Prefix law: what is computed from data as it was at a session equals, bit for bit, what is computed later for the same
 * sessions. Whoever scales by the whole sample, centres a window, reads a restatement or an observation before its release
 * breaks it.
 */
export function checkPrefix(inputs: FeatureInputs, features: readonly Feature[], { whole, cuts, known, asKnown = (end) => cutInputs(inputs, end), same }: LawCuts): LawBreach[] {
  return cuts.flatMap((end) => {
    const then = computeFeatures(asKnown(end), features, { known });
    return differences({ law: 'prefix', detail: `data cut after ${fromEpochDay(inputs.bars.sessions[end - 1])}`, expected: whole, found: then, ...(same ? { same } : {}) });
  });
}
