import { InvariantError } from '../../core/errors.js';
import { disposeEdges, edgesByTarget, type Edges } from '../../tensor/ops/neighbours.js';
import { tf, type Tensor2D } from '../../tensor/tensorflow.js';

/** A directed graph: edge i goes from node source[i] to node target[i], which attends to it. */
export interface Graph {
  readonly nodes: number;
  readonly source: Int32Array;
  readonly target: Int32Array;
  /** Numbers on the edges, edge by edge; null: none. */
  readonly features: { readonly width: number; readonly values: Float32Array } | null;
}

/** Several graphs as one whose blocks have no edges between them: the nodes of the second follow those of the first. Throws `InvariantError` when they differ in their edge features. */
export function joinGraphs(graphs: readonly Graph[]): Graph {
  const width = graphs.length > 0 ? (graphs[0].features?.width ?? 0) : 0;
  const edges = graphs.reduce((count, { source }) => count + source.length, 0);
  const [source, target, values] = [new Int32Array(edges), new Int32Array(edges), new Float32Array(edges * width)];
  let [nodes, at] = [0, 0];
  for (const [i, graph] of graphs.entries()) {
    if ((graph.features?.width ?? 0) !== width) throw new InvariantError(`expected ${width} features on each edge, found ${graph.features?.width ?? 0} in graph ${i}`);
    requireFit(graph);
    for (let edge = 0; edge < graph.source.length; edge++) {
      source[at + edge] = graph.source[edge] + nodes;
      target[at + edge] = graph.target[edge] + nodes;
    }
    values.set(graph.features?.values ?? [], at * width);
    at += graph.source.length;
    nodes += graph.nodes;
  }
  return { nodes, source, target, features: width > 0 ? { width, values } : null };
}

/** What self loops carry: the mean of their node's incoming edges (0 where there are none) or a number. */
export type LoopFill = 'mean' | number;

/** The graph with one edge from every node to itself, in place of those it has, behind the others (as `add_self_loops` of torch_geometric after `remove_self_loops`). */
export function withSelfLoops(graph: Graph, fill: LoopFill = 'mean'): Graph {
  requireFit(graph);
  const { nodes, source, target, features } = graph;
  const kept = Int32Array.from(source.keys()).filter((edge) => source[edge] !== target[edge]);
  const loops = Int32Array.from({ length: nodes }, (_, node) => node);
  return {
    nodes,
    source: joined(kept.map((edge) => source[edge]), loops),
    target: joined(kept.map((edge) => target[edge]), loops),
    features: features && { width: features.width, values: withLoopFeatures(graph, features, kept, fill) },
  };
}

function joined(first: Int32Array, second: Int32Array): Int32Array {
  const both = new Int32Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

function withLoopFeatures({ nodes, target }: Graph, { width, values }: NonNullable<Graph['features']>, kept: Int32Array, fill: LoopFill): Float32Array {
  const all = new Float32Array((kept.length + nodes) * width);
  const loops = all.subarray(kept.length * width);
  const counts = new Int32Array(nodes);
  if (fill !== 'mean') loops.fill(fill);
  for (const [at, edge] of kept.entries()) {
    const own = values.subarray(edge * width, (edge + 1) * width);
    all.set(own, at * width);
    if (fill !== 'mean') continue;
    counts[target[edge]]++;
    for (let j = 0; j < width; j++) loops[target[edge] * width + j] += own[j];
  }
  if (fill === 'mean') for (let i = 0; i < loops.length; i++) loops[i] /= Math.max(1, counts[Math.floor(i / width)]);
  return all;
}

function requireFit({ nodes, source, target, features }: Graph): void {
  if (source.length !== target.length || (features && features.values.length !== source.length * features.width)) throw new InvariantError(`expected a target and ${features?.width ?? 0} features for each of ${source.length} edges, found ${target.length} targets and ${features?.values.length ?? 0} features`);
  // in a joined graph such a node would be one of a neighbouring block
  for (let edge = 0; edge < source.length; edge++) if (!(source[edge] >= 0 && source[edge] < nodes && target[edge] >= 0 && target[edge] < nodes)) throw new InvariantError(`expected nodes 0 to ${nodes - 1}, found edge ${edge} from ${source[edge]} to ${target[edge]}`);
}

/** A graph as tensors, ordered by target. */
export interface GraphTensors {
  readonly edges: Edges;
  /** [edges, features] in the order of the edges; null: none. */
  readonly features: Tensor2D | null;
}

/** Tensors of a graph; the caller disposes of them by `disposeGraph`. */
export function graphTensors(graph: Graph): GraphTensors {
  requireFit(graph);
  const edges = edgesByTarget(graph.source, graph.target, graph.nodes);
  if (graph.features === null) return { edges, features: null };
  const { width, values } = graph.features;
  const ordered = new Float32Array(values.length);
  for (const [at, place] of edges.order.entries()) ordered.set(values.subarray(place * width, (place + 1) * width), at * width);
  return { edges, features: tf.tensor2d(ordered, [edges.order.length, width]) };
}

export function disposeGraph({ edges, features }: GraphTensors): void {
  disposeEdges(edges);
  features?.dispose();
}
