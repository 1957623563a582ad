import { describe, expect, it } from 'vitest';

import { createRng } from '../../src/core/rng.js';
import { clusterMeanInterval } from '../../src/evaluation/cluster-mean-interval.js';

/** Values of clusters that share a part: `shared` is its standard deviation, 1 that of the rest. */
function clustered(clusters: number, size: number, shared: number, seed: number): { values: number[]; names: string[] } {
  const rng = createRng(seed);
  const [values, names]: [number[], string[]] = [[], []];
  for (let c = 0; c < clusters; c++) {
    const common = shared * rng.normal();
    for (let i = 0; i < size; i++) {
      values.push(common + rng.normal());
      names.push(String(c));
    }
  }
  return { values, names };
}

describe('the interval of a mean over clusters', () => {
  it('is as wide as theory has it, which a draw of single values would miss', () => {
    const [clusters, size, shared] = [60, 8, 2];
    const { values, names } = clustered(clusters, size, shared, 1);
    const [low, high] = clusterMeanInterval(values, names, createRng(2))!;
    const theory = 2 * 1.96 * Math.sqrt((shared ** 2 + 1 / size) / clusters);
    expect((high - low) / theory).toBeGreaterThan(0.75);
    expect((high - low) / theory).toBeLessThan(1.25);
    const [singleLow, singleHigh] = clusterMeanInterval(values, values.map((_, i) => String(i)), createRng(2))!;
    expect((high - low) / (singleHigh - singleLow)).toBeGreaterThan(2);
  });

  it('covers the truth about as often as it says', () => {
    const covered = Array.from({ length: 80 }, (_, seed) => {
      const { values, names } = clustered(40, 5, 1, 100 + seed);
      const [low, high] = clusterMeanInterval(values, names, createRng(seed))!;
      return low <= 0 && 0 <= high;
    }).filter(Boolean).length;
    // 80 trials at 95 %: standard deviation 2.4 %; the percentile interval of 40 clusters is a little short
    expect(covered / 80).toBeGreaterThan(0.86);
  });

  it('weighs clusters by their values: the mean of all is what it is centred on', () => {
    const values = [1, 1, 1, 1, 1, 1, 1, 1, 5, 5];
    const [low, high] = clusterMeanInterval(values, ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'i'], createRng(3))!;
    expect(low).toBe(1);
    expect(high).toBeGreaterThan(1.8);
  });

  it('is the same for the same seed, and none for one cluster or no values', () => {
    const { values, names } = clustered(12, 3, 1, 4);
    expect(clusterMeanInterval(values, names, createRng(5))).toEqual(clusterMeanInterval(values, names, createRng(5)));
    expect(clusterMeanInterval([1, 2, 3], ['a', 'a', 'a'], createRng(5))).toBeNull();
    expect(clusterMeanInterval([], [], createRng(5))).toBeNull();
  });
});
