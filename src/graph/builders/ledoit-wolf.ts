import type { GraphBuilder } from '../builder.js';
import { rescaled, shrinkage } from '../ledoit-wolf.js';

/** The correlation that the shrunk covariance implies; nodes with gaps get the shrinkage of those without. */
export const ledoitWolf: GraphBuilder = {
  name: 'ledoit-wolf',
  describe: 'correlation after the covariance was shrunk towards equal variances without covariance, by the amount that noise calls for',
  source: 'Ledoit and Wolf (2004)',
  measure(day) {
    const { intensity, target } = shrinkage(day);
    // a correlation is ρ_ij g_i g_j with g² = (1 − δ)v/((1 − δ)v + δμ): the shrunk covariance over the shrunk deviations
    return rescaled(day.correlations, day.variance.map((v) => Math.sqrt(((1 - intensity) * v) / ((1 - intensity) * v + intensity * target))));
  },
};
