import type { Feature } from '../feature.js';

/** Shapes of bars, gaps, distances to extremes. */
export const STRUCTURE: readonly Feature[] = [];
