import type { Feature } from '../feature.js';

/** Quarters as filed, reports as published. */
export const FUNDAMENTALS: readonly Feature[] = [];
