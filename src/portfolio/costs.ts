import type { CostsConfig } from './config.js';

export type Side = 'buy' | 'sell';

/** Price of a fill at an open: half the spread and slippage go against us. */
export function fillPrice(open: number, side: Side, { halfSpreadBps, slippageBps }: CostsConfig): number {
  const concession = (halfSpreadBps + slippageBps) / 10_000;
  return open * (side === 'buy' ? 1 + concession : 1 - concession);
}

/** Commission of a fill, in quote currency. */
export function commission(value: number, { commissionBps }: CostsConfig): number {
  return (value * commissionBps) / 10_000;
}
