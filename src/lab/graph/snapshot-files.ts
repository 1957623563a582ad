import { join } from 'node:path';

import { toEpochDay, type IsoDate } from '../../core/dates.js';
import { readColumnFile, writeColumnFile } from '../../data/store/column-file.js';
import type { OpenDuckDB } from '../../data/store/duckdb.js';
import { EDGE_KINDS, NO_EDGES, type EdgeKind, type EdgeList, type Graph, type GraphSummary } from '../../graph/graph.js';
import { LEFT_OUT_REASONS, type LeftOut, type LeftOutReason } from '../../graph/window-nodes.js';
import type { QuarterFiles } from './snapshot-manifest.js';

/** Names of a quarter's files; `stamp` tells one writing from another, as what a manifest names must stay until the next is there. */
export function quarterFiles(name: string, stamp: string): QuarterFiles {
  return { edges: `${name}-${stamp}-edges.parquet`, nodes: `${name}-${stamp}-nodes.parquet`, days: `${name}-${stamp}-days.parquet` };
}

/** Writes the graphs of consecutive sessions as rows of edges, of nodes (left-out members too, without a position) and of days. */
export async function writeGraphs(connection: OpenDuckDB['connection'], folder: string, files: QuarterFiles, graphs: readonly Graph[]): Promise<void> {
  await writeEdges(connection, join(folder, files.edges), graphs);
  await writeNodes(connection, join(folder, files.nodes), graphs);
  const double = (of: (summary: GraphSummary) => number) => ({ kind: 'double', values: Float64Array.from(graphs, ({ summary }) => of(summary)) }) as const;
  await writeColumnFile(connection, join(folder, files.days), {
    session: { kind: 'date', values: Int32Array.from(graphs, ({ session }) => toEpochDay(session)) },
    nodes: { kind: 'integer', values: Int32Array.from(graphs, ({ nodes }) => nodes.length) },
    mean_correlation: double((summary) => summary.meanCorrelation),
    eigenvalue_share: double((summary) => summary.eigenvalueShare),
    tree_length: double((summary) => summary.treeLength),
  });
}

async function writeEdges(connection: OpenDuckDB['connection'], path: string, graphs: readonly Graph[]): Promise<void> {
  const lists = graphs.flatMap(({ session, edges }) => EDGE_KINDS.map((kind, code) => ({ day: toEpochDay(session), code, list: edges[kind] })));
  const size = lists.reduce((sum, { list }) => sum + list.source.length, 0);
  const [session, kind, source, target] = [new Int32Array(size), new Int32Array(size), new Int32Array(size), new Int32Array(size)];
  const weight = new Float64Array(size);
  let at = 0;
  for (const { day, code, list } of lists) {
    const end = at + list.source.length;
    session.fill(day, at, end);
    kind.fill(code, at, end);
    source.set(list.source, at);
    target.set(list.target, at);
    weight.set(list.weight, at);
    at = end;
  }
  const integers = { source: { kind: 'integer', values: source }, target: { kind: 'integer', values: target } } as const;
  await writeColumnFile(connection, path, { session: { kind: 'date', values: session }, kind: { kind: 'text', values: kind, words: EDGE_KINDS }, ...integers, weight: { kind: 'double', values: weight } });
}

async function writeNodes(connection: OpenDuckDB['connection'], path: string, graphs: readonly Graph[]): Promise<void> {
  const rows = graphs.flatMap(({ session, nodes, sectors, leftOut }) => [
    ...nodes.map((symbol, node) => ({ day: toEpochDay(session), node, symbol, sector: sectors[node], reason: -1 })),
    ...leftOut.map(({ symbol, reason }) => ({ day: toEpochDay(session), node: -1, symbol, sector: -1, reason: LEFT_OUT_REASONS.indexOf(reason) })),
  ]);
  const symbols = [...new Set(rows.map(({ symbol }) => symbol))].sort();
  const code = new Map(symbols.map((symbol, i) => [symbol, i]));
  const integers = (of: (row: (typeof rows)[number]) => number): Int32Array => Int32Array.from(rows, of);
  await writeColumnFile(connection, path, {
    session: { kind: 'date', values: integers(({ day }) => day) },
    node: { kind: 'integer', values: integers(({ node }) => node) },
    symbol: { kind: 'text', values: integers(({ symbol }) => code.get(symbol)!), words: symbols },
    sector: { kind: 'text', values: integers(({ sector }) => sector), words: graphs[0]?.sectorNames ?? [] },
    reason: { kind: 'text', values: integers(({ reason }) => reason), words: LEFT_OUT_REASONS },
  });
}

/** Reads the graph of a session that the files hold. */
export async function readGraph(connection: OpenDuckDB['connection'], folder: string, files: QuarterFiles, session: IsoDate): Promise<Graph> {
  const where = `session = date '${session}'`;
  const nodes = await readColumnFile(connection, join(folder, files.nodes), { select: 'node, symbol, sector, reason', where });
  const [day] = await readDays(connection, folder, files, where);
  const members = rowsOf<{ node: number; symbol: string; sector: string | null; reason: LeftOutReason | null }>(nodes);
  const placed = members.filter(({ node }) => node >= 0);
  const sectorNames = [...new Set(placed.flatMap(({ sector }) => sector ?? []))].sort();
  const leftOut: LeftOut[] = members.flatMap(({ symbol, reason }) => (reason === null ? [] : [{ symbol, reason }]));
  const edges = await readEdges(connection, join(folder, files.edges), where);
  return { session, nodes: placed.map(({ symbol }) => symbol), sectors: Int32Array.from(placed, ({ sector }) => (sector === null ? -1 : sectorNames.indexOf(sector))), sectorNames, edges, leftOut, summary: day.summary };
}

async function readEdges(connection: OpenDuckDB['connection'], path: string, where: string): Promise<Record<EdgeKind, EdgeList>> {
  const { kind, source, target, weight } = await readColumnFile(connection, path, { select: 'kind, source, target, weight', where });
  const lists = EDGE_KINDS.map((name): [EdgeKind, EdgeList] => {
    const rows = [...kind.keys()].filter((at) => kind[at] === name);
    if (rows.length === 0) return [name, NO_EDGES];
    const numbers = (column: readonly unknown[]): number[] => rows.map((at) => column[at] as number);
    return [name, { source: new Int32Array(numbers(source)), target: new Int32Array(numbers(target)), weight: new Float64Array(numbers(weight)) }];
  });
  return Object.fromEntries(lists) as Record<EdgeKind, EdgeList>;
}

/** Numbers of a session's graph as a whole. */
export interface GraphDayNumbers {
  readonly session: IsoDate;
  readonly nodes: number;
  readonly summary: GraphSummary;
}

/** Numbers of each session that the files hold and the condition lets through. */
export async function readDays(connection: OpenDuckDB['connection'], folder: string, files: QuarterFiles, where: string): Promise<GraphDayNumbers[]> {
  const columns = await readColumnFile(connection, join(folder, files.days), { select: 'session::varchar as session, nodes, mean_correlation, eigenvalue_share, tree_length', where });
  return rowsOf<{ session: IsoDate; nodes: number; mean_correlation: number; eigenvalue_share: number; tree_length: number }>(columns).map((row) => ({
    session: row.session,
    nodes: row.nodes,
    summary: { meanCorrelation: row.mean_correlation, eigenvalueShare: row.eigenvalue_share, treeLength: row.tree_length },
  }));
}

function rowsOf<Row>(columns: Readonly<Record<string, readonly unknown[]>>): Row[] {
  const all = Object.entries(columns);
  return Array.from({ length: all[0]?.[1].length ?? 0 }, (_, at) => Object.fromEntries(all.map(([name, values]) => [name, values[at]])) as Row);
}
