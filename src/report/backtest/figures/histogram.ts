import { mean, quantile, standardDeviation } from '../../../math/stats.js';

/** Bars at most. */
const MOST = 60;

export interface Histogram {
  /** Lower end of the first bar. */
  readonly start: number;
  readonly width: number;
  readonly counts: readonly number[];
}

/**
 * Values counted in bars of a round width: near that of Freedman and Diaconis (1981), at most 60 bars, 0 on an edge; `null` where values do
 * not vary.
 */
export function histogram(values: ArrayLike<number>): Histogram | null {
  const sorted = Float64Array.from(values).sort();
  const [low, high] = [sorted[0], sorted[sorted.length - 1]];
  if (!(high > low)) return null;
  const spread = quantile(sorted, 0.75) - quantile(sorted, 0.25);
  const wanted = Math.max((2 * spread) / Math.cbrt(sorted.length), (high - low) / (MOST - 2));
  const width = roundStep(wanted);
  const first = Math.floor(low / width);
  const counts = new Array<number>(Math.floor(high / width) - first + 1).fill(0);
  for (const value of sorted) counts[Math.floor(value / width) - first]++;
  return { start: first * width, width, counts };
}

/** Counts that a normal distribution of the same mean and deviation would show in each bar, by its density in the middle. */
export function normalCounts({ start, width, counts }: Histogram, values: ArrayLike<number>): number[] {
  const [centre, deviation] = [mean(values), standardDeviation(values)];
  const density = (x: number): number => Math.exp(-0.5 * ((x - centre) / deviation) ** 2) / (deviation * Math.sqrt(2 * Math.PI));
  return counts.map((_, i) => values.length * width * density(start + (i + 0.5) * width));
}

/** 1, 2 or 5 times a power of ten, not below. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return power * ([1, 2, 5].find((step) => step * power >= least * (1 - 1e-9)) ?? 10);
}
