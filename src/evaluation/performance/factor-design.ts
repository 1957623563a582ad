import { mean } from '../../math/stats.js';
import { varies } from './deviation.js';

/** Factors centred and brought to mean square 1, so that none is lost for its small unit. */
export interface FactorDesign {
  /** Columns of Z, of which the first is 1: count of factors + 1. */
  readonly width: number;
  /** Z, [session, width], row-major. */
  readonly rows: Float64Array;
  /** ZᵀZ / sessions, [width, width]. */
  readonly gram: Float64Array;
  /** Mean and root mean square about it of each factor, fraction per session. */
  readonly means: Float64Array;
  readonly scales: Float64Array;
}

/** Design of a regression with intercept on factors [factor][session]; `null` where one does not vary. */
export function factorDesign(factors: readonly Float64Array[], sessions: number): FactorDesign | null {
  if (!factors.every(varies)) return null;
  const width = factors.length + 1;
  const means = Float64Array.from(factors, mean);
  const scales = Float64Array.from(factors, (values, j) => Math.sqrt(mean(values.map((value) => (value - means[j]) ** 2))));
  if (scales.includes(0)) return null;
  const rows = new Float64Array(sessions * width).fill(1);
  factors.forEach((values, j) => values.forEach((value, t) => (rows[t * width + j + 1] = (value - means[j]) / scales[j])));
  return { width, rows, gram: meanProducts(rows, width), means, scales };
}

function meanProducts(rows: Float64Array, width: number): Float64Array {
  const sessions = rows.length / width;
  const products = new Float64Array(width * width);
  for (let i = 0; i < width; i++) {
    for (let j = 0; j < width; j++) {
      let sum = 0;
      for (let t = 0; t < sessions; t++) sum += rows[t * width + i] * rows[t * width + j];
      products[i * width + j] = sum / sessions;
    }
  }
  return products;
}
