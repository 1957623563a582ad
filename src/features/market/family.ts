import type { Feature } from '../feature.js';

/** The market, and the instrument beside it. */
export const MARKET: readonly Feature[] = [];
