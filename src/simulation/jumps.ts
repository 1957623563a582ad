import type { Rng } from '../core/rng.js';
import { SESSIONS_PER_YEAR } from '../core/sessions-per-year.js';
import type { SimulationSettings } from './settings.js';

/** Sum of the jumps of each session in volatilities of the stock: Poisson many, each Student t; [session] */
export function drawJumps({ perYear, scale, degreesOfFreedom }: SimulationSettings['jumps'], length: number, rng: Rng): Float64Array {
  const none = Math.exp(-perYear / SESSIONS_PER_YEAR);
  return Float64Array.from({ length }, () => {
    let sum = 0;
    // Knuth (1969): as many as uniform numbers until their product falls below e^−rate
    for (let product = rng.float(); product > none; product *= rng.float()) sum += scale * studentT(degreesOfFreedom, rng);
    return sum;
  });
}

function studentT(degrees: number, rng: Rng): number {
  let squares = 0;
  for (let k = 0; k < degrees; k++) squares += rng.normal() ** 2;
  return rng.normal() / Math.sqrt(squares / degrees);
}
