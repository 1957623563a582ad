import type { Feature } from '../feature.js';
import { momentum121 } from './momentum-12-1.js';

/** What prices did over weeks and months. */
export const MOMENTUM: readonly Feature[] = [momentum121];
