import type { Feature } from '../feature.js';

/** What the date says. */
export const CALENDAR: readonly Feature[] = [];
