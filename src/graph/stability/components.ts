import type { EdgeList } from '../graph.js';

/** Number of parts that no edge joins, counting nodes without edges. */
export function componentCount(size: number, { source, target }: EdgeList): number {
  const root = Int32Array.from({ length: size }, (_, i) => i);
  const find = (node: number): number => {
    while (root[node] !== node) node = root[node] = root[root[node]];
    return node;
  };
  let count = size;
  source.forEach((node, at) => {
    const [a, b] = [find(node), find(target[at])];
    if (a === b) return;
    root[a] = b;
    count--;
  });
  return count;
}
