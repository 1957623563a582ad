import type { GraphBuilder } from '../builder.js';
import { pairCount } from '../symmetric.js';

/**
 * Partial correlation given the mean return of all nodes: what is common to two beyond what is common to all.
 *
 * Returns count in units of their standard deviation, so that the mean is not that of the wildest; then the covariance with
 * the mean is the mean c_i of row i of the correlations, its variance the mean of all of them, and the residual covariance
 * of two ρ_ij − c_i c_j / mean(c).
 */
export const marketResidual: GraphBuilder = {
  name: 'market-residual',
  describe: 'correlation of what is left of the returns when the mean movement of all nodes is taken away',
  source: 'Kenett, Shapira and Ben-Jacob (2009), with the mean of the nodes as the index',
  measure({ correlations: { size, upper } }) {
    const covariance = new Float64Array(size).fill(1);
    for (let i = 0, at = 0; i < size; i++) {
      for (let j = i + 1; j < size; j++, at++) {
        const value = Number.isNaN(upper[at]) ? 0 : upper[at];
        covariance[i] += value;
        covariance[j] += value;
      }
    }
    const total = covariance.reduce((sum, value) => sum + value, 0);
    const common = covariance.map((value) => value / Math.sqrt(total)); // c_i / √mean(c)
    const residual = new Float64Array(pairCount(size));
    for (let i = 0, at = 0; i < size; i++) {
      for (let j = i + 1; j < size; j++, at++) {
        const left = Math.sqrt((1 - common[i] ** 2) * (1 - common[j] ** 2));
        residual[at] = left > 1e-9 ? Math.max(-1, Math.min(1, (upper[at] - common[i] * common[j]) / left)) : Number.NaN;
      }
    }
    return { size, upper: residual };
  },
};
