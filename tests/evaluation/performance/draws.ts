import fc from 'fast-check';
import { createRng } from '../../../src/core/rng.js';

/** Normal returns of sessions, fraction. */
export function drawReturns(seed: number, sessions: number, { mean = 0.0005, deviation = 0.01 } = {}): Float64Array {
  const rng = createRng(seed);
  return Float64Array.from({ length: sessions }, () => mean + deviation * rng.normal());
}

/** Series of returns that a market might give, ties and zeros among them. */
export const returnsArbitrary = fc.array(fc.oneof(fc.double({ min: -0.3, max: 0.4, noNaN: true }), fc.constantFrom(0, 0.01, -0.01, 0.25, -0.2)), { minLength: 2, maxLength: 60 });
