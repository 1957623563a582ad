import type { RecommendationDocument } from '../recommendation/recommendation.js';
import { escapeJson, escapeScript } from './escape.js';
import { html, trusted, type Html } from './html.js';
import { pageCharts } from './page-charts.js';
import { NONCE, pageHead } from './page-head.js';
import { PAGE_SCRIPT } from './page-script.js';
import { plotlySource } from './plotly-source.js';
import { positionViews, type PositionView } from './position-view.js';
import type { PriceSeries } from './price-series.js';
import { actionsTable } from './sections/actions-table.js';
import { bookPart } from './sections/book.js';
import { caveats, noticesBanner } from './sections/caveats.js';
import { changesPart } from './sections/changes.js';
import { conflictsBanner } from './sections/conflicts.js';
import { featuresPart } from './sections/features.js';
import { header, navigation } from './sections/header.js';
import { leftOutPart } from './sections/left-out.js';
import { modelPart } from './sections/model.js';
import { nameCards } from './sections/name-card.js';
import { qualityPart } from './sections/quality.js';
import { riskPart } from './sections/risk.js';
import { footer, sourcesPart } from './sections/sources.js';
import { trackRecordPart } from './sections/track-record.js';
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
${pageHead({ title: `Recommendations for ${document.actOn}`, description: `Recommendations decided at the close of ${document.asOf}, to be done at the open of ${document.actOn}`, style: STYLE })}
<body class="evening-page">
${navigation(document)}<div class="page">
${header(document, views)}${conflictsBanner(document)}${noticesBanner(document)}<main id="main">
${actionsTable(document, views)}${caveats(document)}${changesPart(document)}${bookPart(document)}${riskPart(document)}${trackRecordPart(document)}${nameCards(document, views)}${universePart(document)}${qualityPart(document)}${modelPart(document)}${featuresPart(document)}${leftOutPart(document)}${sourcesPart(document)}</main>
</div>
${footer(document, generatedBy)}
${scripts(document, views)}
</body>
</html>
`.markup;
}

/** Data and programs of the charts; plotly is left out when there is nothing to draw. */
function scripts({ trackRecord }: RecommendationDocument, views: readonly PositionView[]): Html {
  const charts = pageCharts(views, trackRecord?.equity);
  const plotly = Object.keys(charts.charts).length > 0 ? html`<script nonce="${NONCE}">${trusted(escapeScript(plotlySource()))}</script>` : null;
  return html`<script type="application/json" id="charts">${trusted(escapeJson(charts))}</script>
${plotly}
<script nonce="${NONCE}">${trusted(PAGE_SCRIPT)}</script>`;
}
