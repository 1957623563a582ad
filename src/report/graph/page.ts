import { FEATURE_STYLE } from '../feature/style.js';
import { formatCount, formatDate, formatNumber, formatPercent, formatShortDate } from '../format.js';
import { html, trusted, type Html } from '../html.js';
import { NONCE, pageHead } from '../page-head.js';
import { section, symbolList } from '../sections/section.js';
import { STYLE } from '../style.js';
import { changePart } from './change-part.js';
import { communitiesPart } from './communities-part.js';
import type { GraphPageInput } from './graph-page-input.js';
import { mapPart } from './map.js';
import { GRAPH_SCRIPT } from './script.js';
import { sectorMatrix } from './sector-matrix.js';
import { GRAPH_STYLE } from './style.js';
import { hubsTable, pairsTable } from './tables.js';

export type { GraphPageInput } from './graph-page-input.js';

const PARTS: readonly (readonly [id: string, title: string])[] = [['map', 'Map'], ['communities', 'Communities'], ['sectors', 'Sectors'], ['change', 'Change'], ['hubs', 'Hubs'], ['pairs', 'Pairs'], ['left-out', 'Left out']];

/**
 * The graph of a session as a page that needs nothing else: a map by sectors, communities, hubs, pairs, and what changed.
 *
 * The same input gives the same text.
 *
 * @returns an HTML document
 */
export function renderGraphPage(input: GraphPageInput): string {
  const { graph, change, generatedBy } = input;
  const since = change === null ? null : html`Since <time datetime="${change.since}">${formatShortDate(change.since)}</time>.`;
  return html`<!doctype html>
<html lang="en">
${pageHead({ title: `Graph of ${graph.session}`, description: `Who moved with whom in ${input.universe} up to ${graph.session}`, style: STYLE + FEATURE_STYLE + GRAPH_STYLE })}
<body class="graph-page">
${navigation(input)}<div class="page">
${header(input)}<main id="main">
${section('map', 'Map', 'Choose a sector to pick it out; rest on a name to read about it.', mapPart(input))}${section('communities', 'Communities', 'Names joined more among themselves than to others, each bar by sectors.', communitiesPart(input))}${section('sectors', 'Where the neighbours are', 'Share of the neighbours of each sector’s names that lie in each sector.', sectorMatrix(graph))}${section('change', 'Change', since, changePart(input))}${section('hubs', 'Hubs', 'Names that are near, or have near, most others.', hubsTable(input))}${section('pairs', 'Strongest pairs', null, pairsTable(input))}${section('left-out', 'Left out', leftOutNote(input), leftOut(input))}</main>
</div>
<footer class="colophon"><dl>${facts(input).map(([title, value]) => html`<div><dt>${title}</dt><dd class="mono">${value}</dd></div>`)}</dl>
<p>Made by ${generatedBy}. The same data, configuration and seed make the same page. Correlation of the past, not advice about the future. Sectors are as last known, not as of the day.</p></footer>
<script nonce="${NONCE}">${trusted(GRAPH_SCRIPT)}</script>
</body>
</html>
`.markup;
}

function navigation({ graph }: GraphPageInput): Html {
  return html`<a class="skip" href="#main">Skip to the graph</a>
<nav class="bar" aria-label="Parts of this page"><div class="bar-inner">
<a class="brand" href="#top"><svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true" focusable="false"><path d="M2 14.5C5 14.5 5.5 5.5 9 5.5s3.5 6 9 -1"/></svg>swinglab</a>
<span class="bar-date">${formatShortDate(graph.session)}</span>
<ul>${PARTS.map(([id, title]) => html`<li><a href="#${id}">${title}</a></li>`)}</ul>
</div></nav>
`;
}

function header({ graph, settings, measure, communities, sectorModularity, components }: GraphPageInput): Html {
  const { nodes, edges, summary } = graph;
  const inside = sectorModularity === null ? 'no edges' : `modularity ${formatNumber(communities.modularity, 2)}, sectors ${formatNumber(sectorModularity, 2)}`;
  return html`<header class="masthead" id="top">
<p class="eyebrow">Graph <span aria-hidden="true">·</span> <span class="mono">${settings.builder}</span></p>
<h1><span class="lead">Who moved with whom up to</span> <time datetime="${graph.session}">${formatDate(graph.session)}</time></h1>
<p class="summary">${measure}, over ${settings.window} sessions. Each name is joined with its ${settings.topK} nearest of at least ${formatNumber(settings.threshold, 2)} in absolute value.</p>
<dl class="figures">
${figure('Names', formatNumber(nodes.length), graph.leftOut.length === 0 ? 'every member' : `of ${formatCount(nodes.length + graph.leftOut.length, 'member')}, ${formatNumber(graph.leftOut.length)} left out`)}
${figure('Edges', formatNumber(edges.correlation.source.length), `${formatCount(components, 'connected part')}`)}
${figure('Mean correlation', formatNumber(summary.meanCorrelation, 2), 'over all pairs')}
${figure('Common movement', formatPercent(summary.eigenvalueShare, 0), 'share of the largest eigenvalue')}
${figure('Communities', formatNumber(communities.count), inside)}
</dl>
</header>
`;
}

function figure(title: string, value: string, note: string): Html {
  return html`<div><dt>${title}</dt><dd class="value">${value}</dd><dd class="note">${note}</dd></div>
`;
}

function leftOutNote({ graph, settings }: GraphPageInput): string {
  return graph.leftOut.length === 0 ? 'Every member is in the graph.' : `${formatNumber(graph.leftOut.length)} of ${formatCount(graph.nodes.length + graph.leftOut.length, 'member')}: without bars in the window of ${settings.window} sessions, with less than ${formatPercent(settings.minPresent, 0)} of its returns, or without any variation.`;
}

function leftOut({ graph }: GraphPageInput): Html | null {
  const reasons = [...new Set(graph.leftOut.map(({ reason }) => reason))].sort();
  if (reasons.length === 0) return null;
  return html`<ul class="groups">${reasons.map((reason) => {
    const symbols = graph.leftOut.filter((one) => one.reason === reason).map(({ symbol }) => symbol);
    return html`<li><p><span class="group-count">${formatNumber(symbols.length)}</span> ${reason}</p>${symbolList(symbols, 24)}</li>
`;
  })}</ul>`;
}

function facts({ graph, settings, universe }: GraphPageInput): readonly (readonly [string, string])[] {
  return [['Session', graph.session], ['Universe', universe], ['Measure', settings.builder], ['Window', `${settings.window} sessions`], ['Present', formatPercent(settings.minPresent, 0)], ['Neighbours', String(settings.topK)], ['Threshold', String(settings.threshold)], ['Tree length', formatNumber(graph.summary.treeLength, 4)]];
}
