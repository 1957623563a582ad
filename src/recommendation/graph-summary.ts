import type { GraphConfig } from '../graph/config.js';
import type { Graph } from '../graph/graph.js';
import type { GraphNumbers, Neighbour } from './recommendation.js';

/** The correlation graph of the session. */
export interface SessionGraph {
  readonly settings: GraphConfig;
  readonly graph: Graph;
  /** Mean measure over the pairs of what is to be entered or held; `null` for fewer than two names. */
  readonly together: number | null;
}

/** Nearest names told of each. */
const TOLD = 5;

export function graphNumbers(session: SessionGraph | null): GraphNumbers | null {
  if (session === null) return null;
  const { settings, graph, together } = session;
  return { builder: settings.builder, window: settings.window, names: graph.nodes.length, meanCorrelation: round(graph.summary.meanCorrelation), chosenCorrelation: together === null ? null : round(together) };
}

/** The names that moved most with one, nearest first; none for one that is no node. */
export function neighboursOf(symbol: string, session: SessionGraph | null): Neighbour[] {
  const node = session?.graph.nodes.indexOf(symbol) ?? -1;
  if (session === null || node < 0) return [];
  const { nodes, edges } = session.graph;
  const { source, target, weight } = edges.correlation;
  const own = [...source.keys()].filter((at) => source[at] === node);
  return own
    .map((at) => ({ symbol: nodes[target[at]], correlation: round(weight[at]) }))
    .sort((a, b) => Math.abs(b.correlation) - Math.abs(a.correlation))
    .slice(0, TOLD);
}

const round = (value: number): number => Number(value.toFixed(4));
