import type { FixedCosts } from './config.js';
import type { CostModel } from './cost-model.js';

/** The same basis points for every instrument and size. */
export function fixedBps(costs: FixedCosts): CostModel {
  const concession = (costs.halfSpreadBps + costs.slippageBps) / 10_000;
  return {
    name: 'fixed-bps',
    describe: 'commission, half spread and slippage in basis points, the same for every instrument and size',
    source: null,
    concession: () => concession,
    commission: (_shares, gross) => (gross * costs.commissionBps) / 10_000,
  };
}
