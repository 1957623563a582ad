import type { SearchSpace } from '../../training/tuner/search-space.js';

/** What is searched of the foundation model unless another space is given: how fast it learns, how large it is, how much is held back. */
export const FOUNDATION_SPACE: SearchSpace = {
  rate: { log: [0.0003, 0.003] },
  width: { choice: [8, 16, 32] },
  dropout: { range: [0, 0.5] },
  weightDecay: { log: [0.001, 0.1] },
  graphLayers: { choice: [0, 1, 2] },
  rankingWeight: { log: [0.1, 2] },
  stride: { integer: [3, 10] },
};
