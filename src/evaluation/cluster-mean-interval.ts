import type { Rng } from '../core/rng.js';
import { drawBlocks, drawnMeans, percentileInterval, type Interval } from './block-bootstrap.js';

/**
 * 95 % interval of a mean where values of one cluster depend on each other and clusters do not: whole clusters are drawn anew
 * (cluster bootstrap; Davison and Hinkley, 1997, section 3.8), 2,000 times.
 *
 * @param values   without NaN
 * @param clusters the cluster of each value
 * @returns `null` for fewer than two clusters
 */
export function clusterMeanInterval(values: readonly number[], clusters: readonly string[], rng: Rng): Interval | null {
  const sums = new Map<string, { sum: number; count: number }>();
  values.forEach((value, i) => {
    const { sum, count } = sums.get(clusters[i]) ?? { sum: 0, count: 0 };
    sums.set(clusters[i], { sum: sum + value, count: count + 1 });
  });
  if (sums.size < 2) return null;
  const parts = [...sums.values()];
  const draws = drawBlocks(parts.length, { block: 1, rng });
  const [totals, counts] = [drawnMeans(parts.map(({ sum }) => sum), draws), drawnMeans(parts.map(({ count }) => count), draws)];
  return percentileInterval(totals.map((total, replicate) => total / counts[replicate]));
}
