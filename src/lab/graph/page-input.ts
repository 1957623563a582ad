import type { IsoDate } from '../../core/dates.js';
import { VERSION } from '../../core/version.js';
import { readCompanies } from '../../data/reference.js';
import { communities } from '../../graph/communities.js';
import type { Graph } from '../../graph/graph.js';
import { treeLayout } from '../../graph/layout.js';
import { graphBuilder } from '../../graph/registry.js';
import { compareGraphs } from '../../graph/stability/compare.js';
import { componentCount } from '../../graph/stability/components.js';
import { modularity } from '../../graph/stability/modularity.js';
import { symmetrize } from '../../graph/symmetrize.js';
import type { GraphPageInput } from '../../report/graph/graph-page-input.js';
import type { GraphStoreRequest } from './build.js';
import type { GraphSnapshots } from './snapshots.js';

/** Sessions drawn over time, at most. */
const DRAWN = 252;

/** Everything that a page about the graph of a session says. */
export async function graphPageInput(snapshots: GraphSnapshots, request: GraphStoreRequest, session: IsoDate, seed: number): Promise<GraphPageInput> {
  const graph = await snapshots.graph(session);
  const days = await snapshots.days(session, DRAWN);
  const since = days.at(-2)?.session ?? null;
  const undirected = symmetrize(graph.edges.correlation);
  const names = [...(await readCompanies(request.store)).values()].map(({ symbol, name }) => [symbol, name] as const);
  return {
    graph,
    settings: request.settings,
    measure: measureOf(request),
    communities: await communities(graph, seed),
    sectorModularity: modularity(undirected, graph.sectors),
    components: componentCount(graph.nodes.length, undirected),
    layout: await treeLayout(graph),
    change: since === null ? null : { since, numbers: await changeSince(snapshots, since, graph) },
    history: { sessions: days.map((day) => day.session), meanCorrelation: Float64Array.from(days, ({ summary }) => summary.meanCorrelation), eigenvalueShare: Float64Array.from(days, ({ summary }) => summary.eigenvalueShare) },
    companies: new Map(names),
    universe: request.universe,
    generatedBy: `swinglab ${VERSION}`,
  };
}

const changeSince = async (snapshots: GraphSnapshots, since: IsoDate, graph: Graph): Promise<ReturnType<typeof compareGraphs>> => compareGraphs(await snapshots.graph(since), graph);

function measureOf({ settings }: GraphStoreRequest): string {
  const { describe } = graphBuilder(settings.builder);
  return describe.charAt(0).toUpperCase() + describe.slice(1);
}
