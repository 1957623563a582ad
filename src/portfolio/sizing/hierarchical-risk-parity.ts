import { filledBook, sharedFamily } from './filled-book.js';
import { singleLinkageOrder } from './single-linkage.js';
import type { Sizing } from './sizing.js';

/** Shares of `hierarchicalShares`, read in alphabetical order so that the rank of a name does not matter; how large, see `filledBook`. */
export const hierarchicalRiskParity: Sizing = {
  name: 'hierarchical-risk-parity',
  describe: 'names that move together share what their group gets; groups share by the inverse of their variances',
  source: 'López de Prado (2016), Building diversified portfolios that outperform out of sample: tree clustering, quasi-diagonalization, recursive bisection',
  needsCovariance: true,
  weights: (input) =>
    filledBook(input, hierarchicalRiskParity, ({ symbols, covariance }) => {
      const order = symbols.map((_, i) => i).sort((a, b) => (symbols[a] < symbols[b] ? -1 : 1));
      const sorted = hierarchicalShares(Float64Array.from(order.flatMap((i) => order.map((j) => covariance[i * order.length + j]))), order.length);
      const shares = new Float64Array(order.length);
      order.forEach((i, k) => (shares[i] = sorted[k]));
      return sharedFamily(shares, input);
    }),
};

/**
 * Shares [name] that sum to 1, by hierarchical risk parity: names are ordered by single linkage, and the order is halved again and
 * again, each half getting a part that falls with its variance.
 *
 * Distances are those of the paper: d = √(½(1 − ρ)), and of two names the Euclidean distance of their columns of d (several packages
 * cluster by d itself). The outcome depends on the order of the names where halves are uneven.
 *
 * @param covariance [name, name], variances > 0
 */
export function hierarchicalShares(covariance: Float64Array, size: number): Float64Array {
  const order = singleLinkageOrder(columnDistances(correlationDistances(covariance, size), size), size);
  const shares = new Float64Array(size).fill(1);
  const waiting = [order];
  for (let part = waiting.pop(); part !== undefined; part = waiting.pop()) {
    if (part.length < 2) continue;
    const halves = [part.slice(0, part.length >> 1), part.slice(part.length >> 1)];
    const [first, second] = halves.map((half) => groupVariance(covariance, size, half));
    const parts = first + second > 0 ? [second / (first + second), first / (first + second)] : [0.5, 0.5];
    halves.forEach((half, k) => {
      for (const i of half) shares[i] *= parts[k];
      waiting.push(half);
    });
  }
  return shares;
}

function correlationDistances(covariance: Float64Array, size: number): Float64Array {
  return covariance.map((value, at) => {
    const [i, j] = [Math.floor(at / size), at % size];
    if (i === j) return 0;
    const correlation = value / Math.sqrt(covariance[i * (size + 1)] * covariance[j * (size + 1)]);
    return Math.sqrt(Math.min(1, Math.max(0, (1 - correlation) / 2)));
  });
}

/** Euclidean distance of every two columns of a symmetric matrix. */
function columnDistances(matrix: Float64Array, size: number): Float64Array {
  const distances = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) {
      let sum = 0;
      for (let k = 0; k < size; k++) sum += (matrix[i * size + k] - matrix[j * size + k]) ** 2;
      distances[i * size + j] = distances[j * size + i] = Math.sqrt(sum);
    }
  }
  return distances;
}

/** Variance of names that share in proportion to 1 ÷ own variance. */
function groupVariance(covariance: Float64Array, size: number, names: readonly number[]): number {
  const inverse = names.map((i) => 1 / covariance[i * (size + 1)]);
  const total = inverse.reduce((sum, value) => sum + value, 0);
  let variance = 0;
  names.forEach((i, a) => names.forEach((j, b) => (variance += (inverse[a] / total) * (inverse[b] / total) * covariance[i * size + j])));
  return Math.max(0, variance);
}
