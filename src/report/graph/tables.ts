import { degrees, hubs } from '../../graph/degrees.js';
import type { Graph } from '../../graph/graph.js';
import { symmetrize } from '../../graph/symmetrize.js';
import { formatNumber } from '../format.js';
import { html, type Html, type HtmlValue } from '../html.js';
import { nothing, plainTable } from '../sections/section.js';
import type { GraphPageInput } from './graph-page-input.js';
import { sectorClass } from './sector-colours.js';

const ROWS = 12;

/** The best connected names. */
export function hubsTable({ graph, companies, communities }: GraphPageInput): Html {
  const links = degrees(graph);
  const rows = hubs(links).filter((node) => links.neighbours[node] > 0).slice(0, ROWS).map((node): readonly HtmlValue[] => [
    graph.nodes[node], companies.get(graph.nodes[node]) ?? '', sectorOf(graph, node), formatNumber(links.neighbours[node]), formatNumber(links.tree[node]), formatNumber(links.meanWeight[node], 2), formatNumber(communities.of[node] + 1),
  ]);
  if (rows.length === 0) return nothing('No two names reach the threshold.');
  return plainTable('Names with most neighbours', [['Name', 'text'], ['Company', 'wide'], ['Sector', 'text'], ['Neighbours', 'number'], ['In the tree', 'number'], ['Mean correlation', 'number'], ['Community', 'number']], rows);
}

/** The pairs that moved most alike. */
export function pairsTable({ graph, companies }: GraphPageInput): Html {
  const { source, target, weight } = symmetrize(graph.edges.correlation);
  const order = [...source.keys()].sort((a, b) => weight[b] - weight[a] || a - b).slice(0, ROWS);
  if (order.length === 0) return nothing('No two names reach the threshold.');
  const rows = order.map((at): readonly HtmlValue[] => {
    const [i, j] = [source[at], target[at]];
    const same = graph.sectors[i] === graph.sectors[j];
    const names = [i, j].map((node) => companies.get(graph.nodes[node]) ?? graph.nodes[node]).join(' and ');
    return [`${graph.nodes[i]} · ${graph.nodes[j]}`, names, same ? sectorOf(graph, i) : html`${sectorOf(graph, i)} · ${sectorOf(graph, j)}`, formatNumber(weight[at], 3)];
  });
  return plainTable('Pairs with the largest correlation', [['Pair', 'text'], ['Companies', 'wide'], ['Sector', 'text'], ['Correlation', 'number']], rows);
}

function sectorOf({ sectors, sectorNames }: Graph, node: number): Html {
  const name = sectors[node] < 0 ? null : sectorNames[sectors[node]];
  return html`<span class="dot ${sectorClass(name)}"></span>${name ?? 'Unknown'}`;
}
