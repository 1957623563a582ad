import type { IsoDate } from '../../src/core/dates.js';
import { buildGraphs } from '../../src/graph/build-graphs.js';
import { communities } from '../../src/graph/communities.js';
import { graphConfig } from '../../src/graph/config.js';
import { treeLayout } from '../../src/graph/layout.js';
import { compareGraphs } from '../../src/graph/stability/compare.js';
import { componentCount } from '../../src/graph/stability/components.js';
import { modularity } from '../../src/graph/stability/modularity.js';
import { symmetrize } from '../../src/graph/symmetrize.js';
import type { GraphPageInput } from '../../src/report/graph/page.js';
import { world } from './world.js';

/** A page about made-up names whose texts all pass through `spoil`. */
export async function graphPageFixture(options: { readonly symbols?: number; readonly spoil?: (text: string) => string } = {}): Promise<GraphPageInput> {
  const { symbols = 40, spoil = (text) => text } = options;
  const made = world({ seed: 61, symbols, sessions: 70, gaps: 0.01, changing: true });
  const inputs = { ...made, symbols: made.symbols.map(spoil), sectors: new Map([...made.sectors!].map(([symbol, sector]) => [spoil(symbol), spoil(sector)])) };
  const settings = { ...graphConfig.parse({}), topK: 6 };
  const graphs = [...buildGraphs(inputs, settings)];
  const [before, graph] = graphs.slice(-2);
  const undirected = symmetrize(graph.edges.correlation);
  return {
    graph, settings, measure: spoil('Correlation'), communities: await communities(graph, 7), sectorModularity: modularity(undirected, graph.sectors), components: componentCount(graph.nodes.length, undirected),
    layout: await treeLayout(graph), change: { since: before.session, numbers: compareGraphs(before, graph) },
    history: { sessions: graphs.map(({ session }) => session), meanCorrelation: Float64Array.from(graphs, ({ summary }) => summary.meanCorrelation), eigenvalueShare: Float64Array.from(graphs, ({ summary }) => summary.eigenvalueShare) },
    companies: new Map(inputs.symbols.map((symbol) => [symbol, spoil(`${symbol} Incorporated`)])), universe: spoil('sp500'), generatedBy: spoil('swinglab 0.0.0'),
  };
}

/** A graph of nobody. */
export function emptyGraphPage(): GraphPageInput {
  const none = { source: new Int32Array(0), target: new Int32Array(0), weight: new Float64Array(0) };
  const session = '2018-01-03' as IsoDate;
  const summary = { meanCorrelation: Number.NaN, eigenvalueShare: Number.NaN, treeLength: Number.NaN };
  return {
    graph: { session, nodes: [], sectors: new Int32Array(0), sectorNames: [], edges: { correlation: none, sector: none, 'spanning-tree': none }, leftOut: [{ symbol: 'A', reason: 'too few returns' }], summary },
    settings: graphConfig.parse({}), measure: 'Correlation', communities: { of: new Int32Array(0), count: 0, modularity: 0 }, sectorModularity: null, components: 0, layout: { x: new Float64Array(0), y: new Float64Array(0) },
    change: null, history: { sessions: [], meanCorrelation: new Float64Array(0), eigenvalueShare: new Float64Array(0) }, companies: new Map(), universe: 'sp500', generatedBy: 'swinglab 0.0.0',
  };
}
