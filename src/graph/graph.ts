import type { IsoDate } from '../core/dates.js';
import type { LeftOut } from './window-nodes.js';

/** Edges as columns: [edge]. */
export interface EdgeList {
  /** Positions among the nodes. */
  readonly source: Int32Array;
  readonly target: Int32Array;
  /** In [−1, 1]. */
  readonly weight: Float64Array;
}

/**
 * `correlation`: from a node to one of its nearest; `sector`: between two nodes of a sector; `spanning-tree`: of the
 * shortest tree that joins all nodes. The last two have no direction and are listed once, from the smaller position.
 */
export const EDGE_KINDS = ['correlation', 'sector', 'spanning-tree'] as const;

export type EdgeKind = (typeof EDGE_KINDS)[number];

/** Who moved with whom up to a session; all of it known at that session's close. */
export interface Graph {
  readonly session: IsoDate;
  /** Members of the universe at the session with enough returns. */
  readonly nodes: readonly string[];
  /** Sector of each node as a position in `sectorNames`, −1 unknown; last known, not point in time. [node] */
  readonly sectors: Int32Array;
  readonly sectorNames: readonly string[];
  readonly edges: Readonly<Record<EdgeKind, EdgeList>>;
  /** Members that are no nodes, with the reason. */
  readonly leftOut: readonly LeftOut[];
  readonly summary: GraphSummary;
}

/** Numbers about a graph as a whole. */
export interface GraphSummary {
  /** Mean measure over all pairs of nodes, not only over edges. */
  readonly meanCorrelation: number;
  /** Largest eigenvalue of the matrix of the measure over the number of nodes: what a common movement explains. */
  readonly eigenvalueShare: number;
  /** Mean distance √(2(1 − ρ)) along the edges of the spanning tree (Onnela et al., 2003). */
  readonly treeLength: number;
}

export const NO_EDGES: EdgeList = { source: new Int32Array(0), target: new Int32Array(0), weight: new Float64Array(0) };
