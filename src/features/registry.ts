import type { Feature } from './feature.js';
import { momentum121 } from './momentum/momentum-12-1.js';
import { averageTrueRange } from './volatility/average-true-range.js';
import { realizedVolatility } from './volatility/realized-volatility.js';

/** Every feature, in the order of the table that they make. */
export const FEATURES: readonly Feature[] = [momentum121, realizedVolatility(63), averageTrueRange(14)];
