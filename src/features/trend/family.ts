import type { Feature } from '../feature.js';

/** Where prices stand in their own course. */
export const TREND: readonly Feature[] = [];
