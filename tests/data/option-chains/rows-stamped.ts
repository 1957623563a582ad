import { createRng } from '../../../src/core/rng.js';
import type { Row } from '../store/rows.js';
import { contract } from './chains.js';

/** Sessions of the rows, in a row. */
export const DAYS = ['2018-01-02', '2018-01-03', '2018-01-04', '2018-01-05', '2018-01-08', '2018-01-09'];

/** Contracts whose open interest moves by a part of their volume; each day's rows carry what was settled so many days before. */
export function rowsStamped(lag: number, strikes = 60): Row[] {
  const rng = createRng(11);
  return Array.from({ length: strikes }, (_, i) => {
    const volumes = DAYS.map(() => Math.floor(10 ** (1 + 2 * rng.float())));
    const settled = [5000];
    for (const volume of volumes) settled.push(settled[settled.length - 1] + Math.round(volume * (2 * rng.float() - 1)));
    return DAYS.map((day, d) => contract('AA', day, 50 + i, { volume: volumes[d], open_interest: settled[d + 1 - lag] }));
  }).flat();
}
