import type { SearchSpace } from '../../training/tuner/search-space.js';

/** What is searched of LightGBM unless another space is given: how many trees of what size, and how much of the data each sees. */
export const LIGHTGBM_SPACE: SearchSpace = {
  learningRate: { log: [0.01, 0.2] },
  rounds: { integer: [20, 200] },
  leaves: { integer: [7, 63] },
  minLeaf: { choice: [200, 500, 1000, 2000, 5000] },
  featureFraction: { range: [0.2, 1] },
  baggingFraction: { range: [0.2, 1] },
  lambda: { log: [0.1, 100] },
};
