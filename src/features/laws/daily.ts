import { fromEpochDay } from '../../core/dates.js';
import type { Panel } from '../../table/panel.js';
import { computeFeatures } from '../compute/compute-features.js';
import { cutInputs } from '../compute/cut.js';
import type { FeatureInputs } from '../compute/feature-inputs.js';
import type { Feature } from '../feature.js';
import { differences, type LawBreach } from './breach.js';

/** Daily law: computing only the newest sessions gives, bit for bit, what computing everything gives for them. */
export function checkDaily(inputs: FeatureInputs, features: readonly Feature[], { whole, cuts, known }: { whole: Panel; cuts: readonly number[]; known: readonly Feature[] }): LawBreach[] {
  return cuts.flatMap((end) => {
    const newest = computeFeatures(cutInputs(inputs, end), features, { known, last: 1 });
    return differences({ law: 'daily', detail: `only ${fromEpochDay(inputs.bars.sessions[end - 1])} computed`, expected: whole, found: newest });
  });
}
