import { normalCumulative } from '../../math/normal.js';

/**
 * Undiscounted price of a call over the forward.
 *
 * @param k log moneyness ln(strike / forward)
 * @param deviation volatility × √years, the square root of total variance
 * @see Black (1976), The pricing of commodity contracts
 */
export function forwardCallPrice(k: number, deviation: number): number {
  if (!(deviation > 0)) return deviation === 0 ? Math.max(0, 1 - Math.exp(k)) : Number.NaN;
  const d1 = -k / deviation + deviation / 2;
  return normalCumulative(d1) - Math.exp(k) * normalCumulative(d1 - deviation);
}
