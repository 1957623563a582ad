import { gzipSync } from 'node:zlib';

import { sha256 } from '../core/hash.js';
import { escapeJson } from '../report/escape.js';
import { html, trusted, type Html } from '../report/html.js';
import { plotlySource } from '../report/plotly-source.js';
import { styledFigure } from './figure-style.js';
import type { ShownFigure } from './shown.js';

/** What an element says when plotly has not come after half a minute. */
const NO_PLOTLY = 'This chart needs plotly, which came with the first chart since the kernel started: run that cell again, or all of them.';

/** A chart as JSON: typed arrays as lists, NaN as null, the house's defaults filled in. */
export function figureJson(figure: ShownFigure): { readonly data: readonly object[]; readonly layout: Readonly<Record<string, unknown>> } {
  return JSON.parse(JSON.stringify(styledFigure(figure), (_, value: unknown) => (ArrayBuffer.isView(value) && !(value instanceof DataView) ? Array.from(value as unknown as ArrayLike<unknown>) : value))) as { data: object[]; layout: Record<string, unknown> };
}

/**
 * An interactive chart as markup that draws itself once plotly is in the page.
 *
 * The element is known by the chart's content: the same chart shown twice draws in both places, also after a restart of
 * the kernel. A page may attach the element late, so the script looks again until it finds it.
 */
export function figureHtml(figure: ReturnType<typeof figureJson>): Html {
  const key = sha256(JSON.stringify(figure)).replace(/^.*:/, '').slice(0, 16);
  const height = typeof figure.layout['height'] === 'number' ? figure.layout['height'] : 0;
  const script = `(function () {
var figure = ${escapeJson(figure)}, left = 300;
(function draw() {
var places = Array.from(document.querySelectorAll('[data-swinglab-chart="${key}"]')).filter(function (place) { return !place.dataset.drawn; });
if (window.Plotly && places.length > 0) places.forEach(function (place) {
place.dataset.drawn = "1";
window.Plotly.newPlot(place, JSON.parse(JSON.stringify(figure.data)), JSON.parse(JSON.stringify(figure.layout)), { displaylogo: false, responsive: true });
});
else if (left-- > 0) setTimeout(draw, 100);
else places.forEach(function (place) { place.textContent = ${JSON.stringify(NO_PLOTLY)}; });
})();
})();`;
  return html`<div data-swinglab-chart="${key}" style="min-height:${height}px"></div><script>${trusted(script)}</script>`;
}

let loader: Html | undefined;

/** Brings plotly into the page, compressed: no network is asked, and a second copy does nothing. */
export function plotlyLoader(): Html {
  if (loader) return loader;
  const packed = gzipSync(plotlySource(), { level: 9 }).toString('base64');
  loader = html`<script>${trusted(`(function () {
if (window.Plotly || window.swinglabLoadsPlotly) return;
window.swinglabLoadsPlotly = true;
var bytes = Uint8Array.from(atob("${packed}"), function (letter) { return letter.charCodeAt(0); });
new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text().then(function (source) {
var script = document.createElement("script");
script.textContent = source;
document.head.appendChild(script);
});
})();`)}</script>`;
  return loader;
}
