import type { CorrelationDay } from './correlation-days.js';
import { pairCount, rowStart, type Symmetric } from './symmetric.js';
import { windowReturns } from './window-returns.js';

export interface Shrinkage {
  /** Weight of the target, in [0, 1]. */
  readonly intensity: number;
  /** Mean variance: the target is this times the identity. */
  readonly target: number;
}

/**
 * How far to shrink the sample covariance S (divisor w) of the nodes without gaps towards μI (Ledoit and Wolf, 2004, lemma
 * 3.2 to 3.4): δ = min(b², d²)/d² with d² = ‖S − μI‖² and b² = (1/w²) Σ_t ‖x_t x_t' − S‖² = (1/w²) Σ_t ‖x_t‖⁴ − ‖S‖²/w.
 *
 * In O(n²) a day, since ‖x_t x_t'‖² = ‖x_t‖⁴ needs no pairs. No shrinkage where there is nothing to estimate it from.
 */
export function shrinkage({ inputs, window, t, rows, complete, correlations, variance }: CorrelationDay): Shrinkage {
  const size = complete.length;
  const { upper } = correlations;
  let trace = 0;
  let squared = 0; // ‖S‖²
  for (let a = 0; a < size; a++) {
    const i = complete[a];
    const start = rowStart(i, rows.length);
    let row = 0;
    for (let b = a + 1; b < size; b++) row += upper[start + complete[b]] ** 2 * variance[complete[b]];
    trace += variance[i];
    squared += variance[i] * (variance[i] + 2 * row);
  }
  const target = trace / size;
  const distance = squared - size * target * target;
  if (!(distance > 0)) return { intensity: 0, target: Number.isNaN(target) ? 0 : target };
  const { centred } = windowReturns({ returns: inputs.returns, width: inputs.sessions.length }, complete.map((i) => rows[i]), t, window);
  const noise = fourthPowers(centred, window) / window ** 2 - squared / window;
  return { intensity: Math.max(0, Math.min(noise, distance)) / distance, target };
}

/** Σ_t ‖x_t‖⁴ of centred returns [node, window]. */
function fourthPowers(centred: Float64Array, window: number): number {
  const squares = new Float64Array(window);
  for (let at = 0; at < centred.length; at++) squares[at % window] += centred[at] * centred[at];
  return squares.reduce((sum, square) => sum + square * square, 0);
}

/** The measure of each pair times a factor of both nodes. */
export function rescaled({ size, upper }: Symmetric, factor: Float64Array): Symmetric {
  const scaled = new Float64Array(pairCount(size));
  for (let i = 0, at = 0; i < size; i++) for (let j = i + 1; j < size; j++, at++) scaled[at] = upper[at] * (factor[i] * factor[j]);
  return { size, upper: scaled };
}
