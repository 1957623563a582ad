import type { Feature } from '../feature.js';

/** The 158 features of the set of that name. */
export const ALPHA158: readonly Feature[] = [];
