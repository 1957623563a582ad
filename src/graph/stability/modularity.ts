import type { EdgeList } from '../graph.js';

/**
 * How much more weight lies within groups than if edges fell at random: Q = Σ_c [w_c/m − (d_c/2m)²] over undirected edges,
 * those with positive weight (Newman, 2004); `null` without such edges. Each node of an unknown group (−1) is a group of its own.
 */
export function modularity({ source, target, weight }: EdgeList, groups: Int32Array): number | null {
  const degree = new Float64Array(groups.length);
  let total = 0;
  let within = 0;
  for (let at = 0; at < source.length; at++) {
    if (!(weight[at] > 0)) continue;
    total += weight[at];
    degree[source[at]] += weight[at];
    degree[target[at]] += weight[at];
    if (groups[source[at]] >= 0 && groups[source[at]] === groups[target[at]]) within += weight[at];
  }
  if (total === 0) return null;
  const ofGroup = new Map<number, number>();
  groups.forEach((group, node) => {
    const key = group >= 0 ? group : -1 - node;
    ofGroup.set(key, (ofGroup.get(key) ?? 0) + degree[node]);
  });
  let expected = 0;
  for (const sum of ofGroup.values()) expected += (sum / (2 * total)) ** 2;
  return within / total - expected;
}
