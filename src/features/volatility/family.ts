import type { Feature } from '../feature.js';
import { averageTrueRange } from './average-true-range.js';
import { realizedVolatility } from './realized-volatility.js';

/** How far prices move. */
export const VOLATILITY: readonly Feature[] = [realizedVolatility(21), realizedVolatility(63), averageTrueRange(14)];
