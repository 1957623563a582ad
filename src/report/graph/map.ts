import { degrees, hubs, type Degrees } from '../../graph/degrees.js';
import type { Graph } from '../../graph/graph.js';
import { symmetrize } from '../../graph/symmetrize.js';
import { formatCount, formatNumber } from '../format.js';
import { html, type Html } from '../html.js';
import type { GraphPageInput } from './graph-page-input.js';
import { fitted, MAP_HEIGHT, MAP_WIDTH, type Places } from './map-frame.js';
import { mapLabels, type MapLabel } from './map-labels.js';
import { sectorClass } from './sector-colours.js';

/** Nodes labelled in large type where there is room. */
const LARGE = 120;
/** Nodes labelled on a narrow screen where there is room. */
const NARROW = 36;

/** The spanning tree with the strongest other ties, nodes in the colours of their sectors, and a legend that picks one out. */
export function mapPart(input: GraphPageInput): Html {
  const { graph } = input;
  const links = degrees(graph);
  const radius = Float64Array.from(links.neighbours, (count) => Math.round((3.2 + 0.95 * Math.sqrt(count)) * 10) / 10);
  const places = fitted(input.layout);
  const label = `Spanning tree of ${graph.nodes.length} names on ${graph.session}: names that moved together hang together; colours are sectors.`;
  return html`<figure class="map-frame">${legend(graph)}
<svg class="map" viewBox="0 0 ${MAP_WIDTH} ${MAP_HEIGHT}" role="img" aria-label="${label}">
<g class="ties">${ties(graph, places)}</g>
<g class="tree">${tree(graph, places)}</g>
<g class="nodes">${graph.nodes.map((_, node) => circle(input, { node, places, radius, links }))}</g>
${labels(graph, { places, radius, links })}
</svg>
<figcaption>Each name hangs on the names it moved with most: the lines are the minimum spanning tree over √(2(1 − ρ)), thin where ρ is small; faint curves are the strongest other ties. Size is the number of neighbours. Place has no other meaning.</figcaption></figure>`;
}

/** Sector names with counts; a choice dims the others. */
function legend({ sectors, sectorNames }: Graph): Html {
  const counts = sectorNames.map((name, code) => ({ name, code, count: sectors.filter((sector) => sector === code).length })).filter(({ count }) => count > 0);
  const unknown = sectors.filter((sector) => sector < 0).length;
  const all = [...counts.map(({ name, count }) => ({ name, kind: sectorClass(name), count })), ...(unknown > 0 ? [{ name: 'Unknown', kind: 'sx', count: unknown }] : [])];
  return html`<ul class="sector-legend" aria-label="Sectors; choose one to pick it out">${all.map(({ name, kind, count }) => html`<li><button type="button" class="${kind}" data-sector="${kind}" aria-pressed="false"><span class="dot"></span>${name} <span class="sector-count">${count}</span></button></li>`)}</ul>`;
}

function tree({ edges, sectors, sectorNames }: Graph, { x, y }: Places): Html[] {
  const { source, target, weight } = edges['spanning-tree'];
  return Array.from(source, (i, at) => {
    const j = target[at];
    const same = sectors[i] >= 0 && sectors[i] === sectors[j];
    const width = Math.round((0.6 + 2.2 * Math.max(0, weight[at])) * 10) / 10;
    return html`<path class="${same ? sectorClass(sectorNames[sectors[i]]) : 'between'}" stroke-width="${width}" d="M${x[i]} ${y[i]}L${x[j]} ${y[j]}"/>`;
  });
}

/** The strongest ties that are not in the tree, as many as there are nodes, bent so that they are told from it. */
function ties({ nodes, edges }: Graph, { x, y }: Places): Html {
  const inTree = new Set(Array.from(edges['spanning-tree'].source, (i, at) => `${i},${edges['spanning-tree'].target[at]}`));
  const { source, target, weight } = symmetrize(edges.correlation);
  const others = [...source.keys()].filter((at) => !inTree.has(`${source[at]},${target[at]}`)).sort((a, b) => weight[b] - weight[a] || a - b);
  const path = others.slice(0, nodes.length).map((at) => {
    const [i, j] = [source[at], target[at]];
    const bend = (from: number, to: number, side: number): number => Math.round(((from + to) / 2 + side * 0.12) * 10) / 10;
    return `M${x[i]} ${y[i]}Q${bend(x[i], x[j], y[j] - y[i])} ${bend(y[i], y[j], x[i] - x[j])} ${x[j]} ${y[j]}`;
  }).join('');
  return html`<path d="${path}"/>`;
}

interface Drawn {
  readonly places: Places;
  readonly radius: Float64Array;
  readonly links: Degrees;
}

function circle({ graph, companies, communities }: GraphPageInput, { node, places, radius, links }: Drawn & { readonly node: number }): Html {
  const { nodes, sectors, sectorNames } = graph;
  const sector = sectors[node] < 0 ? null : sectorNames[sectors[node]];
  const company = companies.get(nodes[node]);
  const mean = links.neighbours[node] > 0 ? `, mean correlation ${formatNumber(links.meanWeight[node], 2)}` : '';
  const title = `${nodes[node]}${company === undefined ? '' : ` · ${company}`}\n${sector ?? 'sector unknown'}\n${formatCount(links.neighbours[node], 'neighbour')}${mean}\ncommunity ${communities.of[node] + 1}`;
  return html`<circle class="${sectorClass(sector)}" cx="${places.x[node]}" cy="${places.y[node]}" r="${radius[node]}"><title>${title}</title></circle>`;
}

/** Names, those best connected first, as far as there is room; once more, fewer and larger, for narrow screens. */
function labels({ nodes, sectors, sectorNames }: Graph, { places, radius, links }: Drawn): Html {
  const order = hubs({ ...links, neighbours: links.tree, tree: links.neighbours });
  const text = ({ node, x, y, anchor, size }: MapLabel): Html => {
    const kind = sectorClass(sectors[node] < 0 ? null : sectorNames[sectors[node]]);
    return html`<text class="${kind} ${size}" x="${x}" y="${y}" text-anchor="${anchor}">${nodes[node]}</text>`;
  };
  const labelled = { places, radius, names: nodes };
  const wide = mapLabels(labelled, order, (rank) => (rank < LARGE ? 'large' : 'small'));
  const narrow = mapLabels(labelled, order.slice(0, NARROW), () => 'narrow');
  return html`<g class="labels">${wide.map(text)}</g><g class="labels narrow-labels" aria-hidden="true">${narrow.map(text)}</g>`;
}
