import type { IsoDate } from '../../core/dates.js';
import type { Communities } from '../../graph/communities.js';
import type { GraphConfig } from '../../graph/config.js';
import type { Graph } from '../../graph/graph.js';
import type { Layout } from '../../graph/layout.js';
import type { GraphChange } from '../../graph/stability/compare.js';

export interface GraphPageInput {
  readonly graph: Graph;
  readonly settings: GraphConfig;
  /** What the measure is, in one sentence. */
  readonly measure: string;
  readonly communities: Communities;
  /** Modularity of the sectors, `null` without edges. */
  readonly sectorModularity: number | null;
  /** Parts that no edge joins. */
  readonly components: number;
  readonly layout: Layout;
  /** The graph of the session before, and how this one differs; `null` when there is none. */
  readonly change: { readonly since: IsoDate; readonly numbers: GraphChange } | null;
  /** Sessions up to that of the graph, oldest first, [session]. */
  readonly history: { readonly sessions: readonly IsoDate[]; readonly meanCorrelation: Float64Array; readonly eigenvalueShare: Float64Array };
  /** Names of companies by symbol. */
  readonly companies: ReadonlyMap<string, string>;
  readonly universe: string;
  /** What made the page, e.g. `swinglab 0.1.0`. */
  readonly generatedBy: string;
}
