import { degrees, hubs } from '../../graph/degrees.js';
import { formatCount, formatPercent } from '../format.js';
import { html, type Html } from '../html.js';
import type { GraphPageInput } from './graph-page-input.js';
import { sectorClass } from './sector-colours.js';

/** Smallest community that gets a row of its own. */
const MIN_SIZE = 3;
const NAMED = 6;

interface SectorShare {
  readonly name: string | null;
  readonly count: number;
}

/** Each community as a bar of its sectors, with its best connected names. */
export function communitiesPart({ graph, communities }: GraphPageInput): Html {
  const order = hubs(degrees(graph));
  const groups = Array.from({ length: communities.count }, (_, community) => order.filter((node) => communities.of[node] === community));
  const shown = groups.filter((nodes) => nodes.length >= MIN_SIZE);
  const small = groups.length - shown.length;
  const largest = Math.max(1, ...shown.map((nodes) => nodes.length));
  const remark = small === 0 ? null : html`<p class="note remark">${formatCount(small, 'community', 'communities')} of one or two names ${small === 1 ? 'is' : 'are'} not listed.</p>`;
  return html`<ol class="communities">${shown.map((nodes) => row(nodes, { graph, largest, community: communities.of[nodes[0]] }))}</ol>${remark}`;
}

function row(nodes: readonly number[], { graph, largest, community }: { readonly graph: GraphPageInput['graph']; readonly largest: number; readonly community: number }): Html {
  const shares = sectorShares(nodes, graph);
  const [main] = shares;
  const title = `${main.name ?? 'unknown sector'} ${formatPercent(main.count / nodes.length, 0)}`;
  return html`<li><p class="community-name"><strong>${community + 1}</strong> <span>${formatCount(nodes.length, 'name')}</span></p>
<div class="community-body"><div class="stack" role="img" aria-label="${shares.map(({ name, count }) => `${name ?? 'unknown'} ${count}`).join(', ')}" style="width:${Math.max(2, Math.round((1000 * nodes.length) / largest) / 10)}%">${shares.map(({ name, count }) => html`<span class="${sectorClass(name)}" style="flex-grow:${count}" title="${name ?? 'unknown'}: ${count}"></span>`)}</div>
<p class="community-names"><span class="main-sector">${title}</span> ${nodes.slice(0, NAMED).map((node) => graph.nodes[node]).join(', ')}</p></div></li>
`;
}

function sectorShares(nodes: readonly number[], { sectors, sectorNames }: GraphPageInput['graph']): SectorShare[] {
  const counts = new Map<number, number>();
  for (const node of nodes) counts.set(sectors[node], (counts.get(sectors[node]) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([sector, count]) => ({ name: sector < 0 ? null : sectorNames[sector], count }));
}
