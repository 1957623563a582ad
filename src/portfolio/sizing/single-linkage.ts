/** Points and groups in the order of a dendrogram: leaves are points, a pair is two groups that were joined. */
type Branch = number | readonly [Branch, Branch];

interface Group {
  readonly branch: Branch;
  /** Points count by their place, groups after them by when they were joined. */
  readonly id: number;
}

/**
 * Order of points along the dendrogram of single linkage, the group that existed first on the left.
 *
 * Joins are the edges of the minimum spanning tree by length (Gower and Ross, 1969), grown from the first point; equal edges in the
 * order in which it took them.
 *
 * @param distance [point, point], symmetric
 */
export function singleLinkageOrder(distance: Float64Array, size: number): number[] {
  if (size === 0) return [];
  const groups: Group[] = Array.from({ length: size }, (_, id) => ({ branch: id, id }));
  const member = Array.from(groups, (_, point) => point); // point → place of its group in `groups`
  spanningEdges(distance, size).sort((a, b) => a.length - b.length).forEach(({ from, to }, join) => {
    const [a, b] = [member[from], member[to]];
    const [left, right] = groups[a].id < groups[b].id ? [groups[a], groups[b]] : [groups[b], groups[a]];
    groups[a] = { branch: [left.branch, right.branch], id: size + join };
    member.forEach((group, point) => {
      if (group === b) member[point] = a;
    });
  });
  return leaves(groups[member[0]].branch);
}

interface Edge {
  readonly from: number;
  readonly to: number;
  readonly length: number;
}

/** Minimum spanning tree (Prim, 1957). */
function spanningEdges(distance: Float64Array, size: number): Edge[] {
  const nearest = new Float64Array(size).fill(Infinity);
  const parent = new Int32Array(size);
  const open = new Set(Array.from({ length: size - 1 }, (_, i) => i + 1));
  const edges: Edge[] = [];
  for (let last = 0; open.size > 0; ) {
    let next = -1;
    for (const point of open) {
      const length = distance[last * size + point];
      if (length < nearest[point]) [nearest[point], parent[point]] = [length, last];
      if (next < 0 || nearest[point] < nearest[next]) next = point;
    }
    edges.push({ from: parent[next], to: next, length: nearest[next] });
    open.delete(next);
    last = next;
  }
  return edges;
}

/** Without recursion: a chain of 200 names is as deep. */
function leaves(root: Branch): number[] {
  const found: number[] = [];
  const waiting: Branch[] = [root];
  for (let branch = waiting.pop(); branch !== undefined; branch = waiting.pop()) {
    if (typeof branch === 'number') found.push(branch);
    else waiting.push(branch[1], branch[0]);
  }
  return found;
}
