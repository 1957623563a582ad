import type { Feature } from '../feature.js';

/** Rates, spreads, currencies and oil, as released. */
export const MACRO: readonly Feature[] = [];
