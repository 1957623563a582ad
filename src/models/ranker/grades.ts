import { averageRank } from '../../math/cross-section.js';

/**
 * Labels of each session cut into `grades` equal classes by rank, 0 the lowest, [sample]: LightGBM ranks whole numbers only.
 * Equal labels share a class.
 */
export function gradesOf(labels: Float64Array, counts: Int32Array, grades: number): Float32Array {
  const found = new Float32Array(labels.length);
  let start = 0;
  for (const count of counts) {
    const ranks = averageRank(labels.subarray(start, start + count));
    for (let i = 0; i < count; i++) found[start + i] = Math.min(grades - 1, Math.floor(((ranks[i] - 0.5) / count) * grades));
    start += count;
  }
  return found;
}
