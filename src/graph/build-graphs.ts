import { fromEpochDay, isoDate } from '../core/dates.js';
import { InvariantError } from '../core/errors.js';
import type { GraphBuilder } from './builder.js';
import type { GraphConfig } from './config.js';
import { correlationDays, type CorrelationDay } from './correlation-days.js';
import { NO_EDGES, type EdgeList, type Graph, type GraphSummary } from './graph.js';
import type { GraphInputs } from './graph-inputs.js';
import { leadingEigenvalue } from './leading-eigenvalue.js';
import { neighbourEdges } from './neighbour-edges.js';
import { graphBuilder } from './registry.js';
import { sectorEdges } from './sector-edges.js';
import { correlationDistance, spanningTree } from './spanning-tree.js';
import type { Symmetric } from './symmetric.js';
import { NeighbourSearch } from './top-neighbours.js';

export interface GraphSpan {
  /** First session, yyyy-mm-dd; the first with a whole window before it when absent. */
  readonly start?: string;
  /** Last session; the last of the inputs when absent. */
  readonly end?: string;
  /** Instead of the one that the settings name. */
  readonly builder?: GraphBuilder;
}

/**
 * The graph of each session: its nodes are members at that session, its edges come from the returns of the window that ends there.
 *
 * @throws InvariantError when the span does not lie in the inputs, or has not a whole window before it
 */
export function* buildGraphs(inputs: GraphInputs, settings: GraphConfig, span: GraphSpan = {}): Generator<Graph, void, void> {
  for (const { measure, leftOut, edges, ...day } of measuredDays(inputs, settings, span)) {
    const tree = spanningTree(measure);
    yield { ...day, edges: { ...edges, 'spanning-tree': tree }, leftOut, summary: summarize(measure, tree) };
  }
}

/** Nodes and edges of a graph without its tree and its numbers as a whole, which take longer than all else. */
export type DayEdges = Pick<Graph, 'session' | 'nodes' | 'sectors' | 'sectorNames'> & { readonly edges: Pick<Graph['edges'], 'correlation' | 'sector'> };

/** The nodes and edges of one session, computed directly. */
export function buildEdges(inputs: GraphInputs, settings: GraphConfig, session: string): DayEdges {
  const [{ nodes, sectors, sectorNames, edges }] = measuredDays(inputs, settings, { start: session, end: session });
  return { session: isoDate(session), nodes, sectors, sectorNames, edges };
}

type MeasuredDay = DayEdges & Pick<Graph, 'leftOut'> & { readonly measure: Symmetric };

function* measuredDays(inputs: GraphInputs, settings: GraphConfig, span: GraphSpan): Generator<MeasuredDay, void, void> {
  const start = span.start === undefined ? settings.window - 1 : position(inputs, span.start);
  const end = span.end === undefined ? inputs.sessions.length - 1 : position(inputs, span.end);
  const builder = span.builder ?? graphBuilder(settings.builder);
  const sectorNames = [...new Set(inputs.sectors?.values() ?? [])].sort();
  const code = new Map(sectorNames.map((name, i) => [name, i]));
  const sectorOf = Int32Array.from(inputs.symbols, (symbol) => code.get(inputs.sectors?.get(symbol) ?? '') ?? -1);
  const search = new NeighbourSearch(settings.topK);
  for (const day of correlationDays(inputs, settings, start, end)) {
    const measure = builder.measure(day);
    const sectors = day.rows.map((row) => sectorOf[row]);
    const edges = { correlation: neighbourEdges(search.top(measure), settings.threshold), sector: settings.sectorEdges ? sectorEdges(measure, sectors) : NO_EDGES };
    yield { session: fromEpochDay(day.session), nodes: nodesOf(day), sectors, sectorNames, edges, leftOut: day.leftOut, measure };
  }
}

/** The graph of one session, computed directly. */
export function buildGraph(inputs: GraphInputs, settings: GraphConfig, session: string): Graph {
  const [graph] = buildGraphs(inputs, settings, { start: session, end: session });
  return graph;
}

const nodesOf = ({ inputs, rows }: CorrelationDay): string[] => Array.from(rows, (row) => inputs.symbols[row]);

function position({ sessions }: GraphInputs, session: string): number {
  const at = sessions.findIndex((day) => fromEpochDay(day) === session);
  if (at < 0) throw new InvariantError(`expected a session of the inputs, found ${session} for a graph`, { code: 'NOT_A_SESSION', fields: { session } });
  return at;
}

function summarize(measure: Symmetric, tree: EdgeList): GraphSummary {
  const { upper } = measure;
  let count = 0;
  let sum = 0;
  for (let at = 0; at < upper.length; at++) {
    if (upper[at] !== upper[at]) continue;
    count++;
    sum += upper[at];
  }
  const length = tree.weight.reduce((total, value) => total + correlationDistance(value), 0);
  return { meanCorrelation: sum / count, eigenvalueShare: leadingEigenvalue(measure) / measure.size, treeLength: length / tree.weight.length };
}
