import type { Recommendation } from '../recommendation/recommendation.js';
import { formatSignedPercent } from './format.js';

/** What of the expected return is due to the rank, `+0.05% by rank`; the rest is what any member is expected to earn. `null` where it is not known. */
export function edgeWords({ edge, expectedReturn }: Pick<Recommendation, 'edge' | 'expectedReturn'>): string | null {
  return edge === null || expectedReturn === null ? null : `${formatSignedPercent(edge, 2)} by rank`;
}
