import type { RecommendationDocument } from '../recommendation/recommendation.js';
import { escapeJson, escapeScript } from './escape.js';
import { html, trusted, type Html } from './html.js';
import { pageCharts } from './page-charts.js';
import { PAGE_SCRIPT } from './page-script.js';
import { plotlySource } from './plotly-source.js';
import { positionViews, type PositionView } from './position-view.js';
import type { PriceSeries } from './price-series.js';
import { actionsTable } from './sections/actions-table.js';
import { caveats } from './sections/caveats.js';
import { header, navigation } from './sections/header.js';
import { leftOutPart } from './sections/left-out.js';
import { nameCards } from './sections/name-card.js';
import { portfolioPart } from './sections/portfolio.js';
import { qualityPart } from './sections/quality.js';
import { footer, sourcesPart } from './sections/sources.js';
import { universePart } from './sections/universe.js';
import { STYLE } from './style.js';

export interface ReportInput {
  readonly document: RecommendationDocument;
  /** Bars by symbol, in the prices of the document; a name without bars has no chart. */
  readonly charts: ReadonlyMap<string, PriceSeries>;
  /** What made the page, e.g. `swinglab 0.1.0`. */
  readonly generatedBy: string;
  /** Sessions in each chart, 126 (half a year) unless given. */
  readonly chartSessions?: number;
}

/**
 * Marks our own scripts. The content security policy lets nothing else run (no handlers in attributes) and nothing be
 * loaded; it is the second fence, the first is that `html` escapes all text.
 */
const NONCE = 'swinglab-report';
const POLICY = `default-src 'none'; script-src 'nonce-${NONCE}'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'`;

/**
 * One evening's recommendations as a page that needs nothing else: style, charts and data are in it.
 *
 * The same input gives the same text. Charts end at `document.asOf`, whatever the bars go on to.
 *
 * @returns an HTML document
 * @throws InvariantError when a chart column is not as long as its sessions
 */
export function renderRecommendationReport({ document, charts, generatedBy, chartSessions = 126 }: ReportInput): string {
  const views = positionViews(document, { charts, chartSessions });
  return html`<!doctype html>
<html lang="en">
${head(document)}
<body>
${navigation(document)}<div class="page">
${header(document, views)}${caveats(document.caveats)}<main id="main">
${actionsTable(document, views)}${nameCards(views, document.intervalCoverage)}${portfolioPart(document)}${universePart(document)}${qualityPart(document)}${leftOutPart(document)}${sourcesPart(document)}</main>
</div>
${footer(document, generatedBy)}
${scripts(views)}
</body>
</html>
`.markup;
}

function head({ asOf, actOn }: RecommendationDocument): Html {
  return html`<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<meta name="description" content="Recommendations decided at the close of ${asOf}, to be done at the open of ${actOn}">
<title>Recommendations for ${actOn} · swinglab</title>
<link rel="icon" href="data:,">
<style>${trusted(STYLE)}</style>
</head>`;
}

/** Data and programs of the charts; plotly is left out when there is nothing to draw. */
function scripts(views: readonly PositionView[]): Html {
  const charts = pageCharts(views);
  const plotly = Object.keys(charts.charts).length > 0 ? html`<script nonce="${NONCE}">${trusted(escapeScript(plotlySource()))}</script>` : null;
  return html`<script type="application/json" id="charts">${trusted(escapeJson(charts))}</script>
${plotly}
<script nonce="${NONCE}">${trusted(PAGE_SCRIPT)}</script>`;
}
