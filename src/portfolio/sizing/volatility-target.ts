import { scaledDown } from './scaled-down.js';
import { sizedNames } from './sized-names.js';
import type { Sizing, SizingInput } from './sizing.js';

/**
 * (Target volatility ÷ own volatility) ÷ slots, each at most `maxWeight`, scaled down together where their sum exceeds the budget;
 * a name without a volatility gets none.
 */
export const volatilityTarget: Sizing = {
  name: 'volatility-target',
  describe: 'each name is sized to the same volatility on its own: (target ÷ own volatility) ÷ slots',
  source: 'Moskowitz, Ooi and Pedersen (2012), Time series momentum, equation 5',
  needsCovariance: false,
  weights(input: SizingInput): Float64Array {
    sizedNames(input, volatilityTarget);
    const { volatility, maxWeight, targetVolatility, slots, budget } = input;
    return scaledDown(Float64Array.from(volatility, (own) => (own > 0 ? Math.min(maxWeight, targetVolatility / own / slots) : 0)), budget);
  },
};
