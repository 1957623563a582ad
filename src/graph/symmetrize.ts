import type { EdgeList } from './graph.js';

/** `either`: two are joined when one of them is among the nearest of the other; `both`: when each is. */
export type SymmetrizeRule = 'either' | 'both';

/**
 * Directed edges as undirected ones, each listed once from the smaller to the larger position, in ascending order.
 *
 * The measure is symmetric, so both directions have the same weight. `either` is what a message-passing model or a picture
 * wants (every node keeps its neighbours); `both` leaves hubs only with those that they are close to themselves.
 */
export function symmetrize({ source, target, weight }: EdgeList, rule: SymmetrizeRule = 'either'): EdgeList {
  const found = new Map<string, { readonly i: number; readonly j: number; readonly value: number; count: number }>();
  for (let at = 0; at < source.length; at++) {
    const [i, j] = source[at] < target[at] ? [source[at], target[at]] : [target[at], source[at]];
    const known = found.get(`${i},${j}`);
    if (known) known.count++;
    else found.set(`${i},${j}`, { i, j, value: weight[at], count: 1 });
  }
  const kept = [...found.values()].filter(({ count }) => rule === 'either' || count > 1).sort((a, b) => a.i - b.i || a.j - b.j);
  return { source: new Int32Array(kept.map(({ i }) => i)), target: new Int32Array(kept.map(({ j }) => j)), weight: new Float64Array(kept.map(({ value }) => value)) };
}
