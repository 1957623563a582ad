import type { Shown } from '../shown.js';

/** How values of one kind look; `null` for a value of another kind. */
export type Form = (value: object) => Shown | null;
