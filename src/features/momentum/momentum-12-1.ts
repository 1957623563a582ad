import { pastReturn } from './past-return.js';

/** Return from twelve months ago to one month ago; the last month is left out because it tends to reverse. */
export const momentum121 = pastReturn({ name: 'momentum-12-1', from: 252, to: 21, source: 'Jegadeesh and Titman (1993); the skipped month as in Asness, Moskowitz and Pedersen (2013)' });
