import type { Indicator } from './indicator.js';
import { CYCLE } from './registry/cycle.js';
import { DIRECTIONAL } from './registry/directional.js';
import { MOMENTUM } from './registry/momentum.js';
import { OVERLAP } from './registry/overlap.js';
import { ROLLING, STATISTICS } from './registry/statistics.js';
import { PRICE, VOLATILITY, VOLUME } from './registry/volume-volatility-price.js';

/** Every indicator, by family. */
export const INDICATORS: readonly Indicator[] = [...OVERLAP, ...MOMENTUM, ...DIRECTIONAL, ...VOLUME, ...VOLATILITY, ...PRICE, ...STATISTICS, ...ROLLING, ...CYCLE];
