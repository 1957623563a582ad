import type { Recommendation } from '../recommendation/recommendation.js';
import { formatPrice } from './format.js';

/** How a trade is ordered: `at the open`, or `limit 118.50`; only entries have a limit. */
export function orderWords({ order }: Recommendation): string {
  return order?.kind === 'limit' ? `limit ${formatPrice(order.limit)}` : 'at the open';
}
