import type { OptionChain } from './option-chain.js';

/** Rows by expiry, strike, call before put; rows without a strike last. Rows that already are in this order cost one pass. */
export function contractOrder({ expiry, strike, isCall }: Pick<OptionChain, 'expiry' | 'strike' | 'isCall'>): Int32Array {
  const order = Int32Array.from(expiry, (_, row) => row);
  const before = (a: number, b: number): number => expiry[a] - expiry[b] || byStrike(strike[a], strike[b]) || isCall[b] - isCall[a] || a - b;
  for (let row = 1; row < order.length; row++) if (before(row - 1, row) > 0) return order.sort(before);
  return order;
}

/** NaN sorts last: a comparison with it must not be taken for equality. */
function byStrike(a: number, b: number): number {
  if (a === b) return 0;
  if (Number.isNaN(a)) return Number.isNaN(b) ? 0 : 1;
  return Number.isNaN(b) || a < b ? -1 : 1;
}
