import type { CostsConfig } from './config.js';
import type { CostModel } from './cost-model.js';
import { fixedBps } from './fixed-bps.js';
import { liquidityCosts } from './liquidity-costs.js';

/** Every cost model by the name it has in the configuration. */
export const COST_MODELS: Readonly<Record<CostsConfig['model'], (costs: CostsConfig) => CostModel>> = {
  'fixed-bps': fixedBps,
  liquidity: liquidityCosts,
};

/** The configured cost model. */
export function createCostModel(costs: CostsConfig): CostModel {
  return COST_MODELS[costs.model](costs);
}
