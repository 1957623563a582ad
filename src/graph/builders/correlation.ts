import type { GraphBuilder } from '../builder.js';

export const correlation: GraphBuilder = {
  name: 'correlation',
  describe: "Pearson's correlation of the returns",
  source: 'Mantegna (1999)',
  measure: (day) => day.correlations,
};
