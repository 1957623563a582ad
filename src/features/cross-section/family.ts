import type { Feature } from '../feature.js';

/** A feature seen from the other members of the session. */
export const CROSS_SECTION: readonly Feature[] = [];
