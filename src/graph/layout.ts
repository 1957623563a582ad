import type forceAtlas2Types from 'graphology-layout-forceatlas2';

import type { EdgeList, Graph } from './graph.js';
import { toGraphology } from './graphology.js';

type ForceAtlas2 = typeof forceAtlas2Types.default;

export interface Layout {
  /** [node] */
  readonly x: Float64Array;
  readonly y: Float64Array;
}

const ITERATIONS = 600;
/** Radius of a node and steps between rings of the start, in the same arbitrary unit: what keeps nodes from lying on each other. */
const RADIUS = 3;
const RING = 20;

/**
 * Places for the nodes such that those near in the spanning tree are near on paper: a radial drawing of the tree, in which each
 * branch gets an angle by its number of nodes, relaxed by forces (Jacomy et al., 2014: ForceAtlas2; logarithmic attraction after
 * Noack, 2009) that keep nodes apart.
 *
 * Without chance: the same graph gets the same places.
 */
export async function treeLayout(graph: Graph): Promise<Layout> {
  const size = graph.nodes.length;
  const tree = graph.edges['spanning-tree'];
  const start = radialLayout(size, tree);
  if (size < 3) return start;
  const network = await toGraphology(size, { ...tree, weight: new Float64Array(tree.weight.length).fill(1) });
  network.forEachNode((node) => network.mergeNodeAttributes(node, { x: RING * start.x[Number(node)], y: RING * start.y[Number(node)], size: RADIUS }));
  // the package's types tell of a module within the module, which its code does not have
  const forceAtlas2 = (await import('graphology-layout-forceatlas2')).default as unknown as ForceAtlas2;
  const settings = { linLogMode: true, adjustSizes: true, strongGravityMode: true, gravity: 0.02, scalingRatio: 2, slowDown: 2, barnesHutOptimize: false };
  const places = forceAtlas2(network, { iterations: ITERATIONS, settings });
  return { x: Float64Array.from({ length: size }, (_, i) => places[String(i)].x), y: Float64Array.from({ length: size }, (_, i) => places[String(i)].y) };
}

/** Each node on a circle by its distance in edges from the middle of its tree, within the angle of its branch. */
export function radialLayout(size: number, tree: EdgeList): Layout {
  const neighbours = Array.from({ length: size }, (): number[] => []);
  tree.source.forEach((node, at) => {
    neighbours[node].push(tree.target[at]);
    neighbours[tree.target[at]].push(node);
  });
  const layout = { x: new Float64Array(size), y: new Float64Array(size) };
  const isPlaced = new Uint8Array(size);
  for (let node = 0, shift = 0; node < size; node++) {
    if (isPlaced[node] === 1) continue;
    const order = visit(middle(node, neighbours), neighbours);
    place(order, layout, shift);
    for (const { node: each } of order) isPlaced[each] = 1;
    shift += 2 * Math.max(...order.map(({ depth }) => depth)) + 3; // trees of a forest stand side by side
  }
  return layout;
}

interface Visited {
  readonly node: number;
  /** Position in the order of visits, −1 of the root. */
  readonly parent: number;
  readonly depth: number;
}

/** A tree from a root outwards. */
function visit(root: number, neighbours: readonly (readonly number[])[]): Visited[] {
  const order: Visited[] = [{ node: root, parent: -1, depth: 0 }];
  for (let at = 0; at < order.length; at++) {
    const before = order[at].parent < 0 ? -1 : order[order[at].parent].node;
    for (const next of neighbours[order[at].node]) if (next !== before) order.push({ node: next, parent: at, depth: order[at].depth + 1 });
  }
  return order;
}

/** The middle of the longest path of the tree that a node belongs to. */
function middle(node: number, neighbours: readonly (readonly number[])[]): number {
  const end = visit(node, neighbours).at(-1)!.node;
  const path = visit(end, neighbours);
  let at = path.length - 1;
  for (let steps = path[at].depth >> 1; steps > 0; steps--) at = path[at].parent;
  return path[at].node;
}

function place(order: readonly Visited[], { x, y }: Layout, shift: number): void {
  const leaves = new Float64Array(order.length);
  for (let at = order.length - 1; at >= 0; at--) {
    leaves[at] ||= 1;
    if (order[at].parent >= 0) leaves[order[at].parent] += leaves[at];
  }
  const begin = new Float64Array(order.length);
  const used = new Float64Array(order.length);
  order.forEach(({ node, parent, depth }, at) => {
    if (parent >= 0) {
      begin[at] = begin[parent] + used[parent];
      used[parent] += leaves[at];
    }
    const angle = (2 * Math.PI * (begin[at] + leaves[at] / 2)) / leaves[0];
    x[node] = shift + depth * Math.cos(angle);
    y[node] = depth * Math.sin(angle);
  });
}
