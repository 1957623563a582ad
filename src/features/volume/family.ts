import type { Feature } from '../feature.js';

/** How much is traded and what trading costs. */
export const VOLUME: readonly Feature[] = [];
