import type { Graph } from '../../graph/graph.js';
import { formatPercent } from '../format.js';
import { html, type Html } from '../html.js';
import { nothing } from '../sections/section.js';
import { sectorClass } from './sector-colours.js';

/** Percent of the accent in a full cell: text stays readable on it. */
const MAX_TINT = 46;

/** For each sector the share of its names' neighbours that lie in each sector: [row][column], `null` for a row without edges. */
export function neighbourShares({ edges, sectors, sectorNames }: Graph): (number[] | null)[] {
  const counts = sectorNames.map(() => sectorNames.map(() => 0));
  const { source, target } = edges.correlation;
  source.forEach((node, at) => {
    const [from, to] = [sectors[node], sectors[target[at]]];
    if (from >= 0 && to >= 0) counts[from][to]++;
  });
  return counts.map((row) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    return total === 0 ? null : row.map((count) => count / total);
  });
}

/** The shares as a table whose cells are the darker the larger they are. */
export function sectorMatrix(graph: Graph): Html {
  const shares = neighbourShares(graph);
  const present = graph.sectorNames.map((name, code) => ({ name, code })).filter(({ code }) => shares[code] !== null);
  if (present.length === 0) return nothing('No neighbours whose sectors are known.');
  return html`<div class="scroll" role="region" aria-label="Where the neighbours of each sector are" tabindex="0"><table class="matrix"><caption class="hidden">Share of the neighbours of each sector (row) in each sector (column)</caption>
<thead><tr><th scope="col">Neighbours of</th>${present.map(({ name }) => html`<th scope="col"><span class="dot ${sectorClass(name)}"></span>${name}</th>`)}</tr></thead>
<tbody>${present.map(({ name, code }) => html`<tr><th scope="row"><span class="dot ${sectorClass(name)}"></span>${name}</th>${present.map((column) => cell(shares[code]![column.code], code === column.code))}</tr>
`)}</tbody></table></div>`;
}

function cell(share: number, own: boolean): Html {
  const strength = Math.round(MAX_TINT * share);
  return html`<td${own ? html` class="own"` : null} style="--share:${strength}%">${share < 0.005 ? '' : formatPercent(share, 0)}</td>`;
}
