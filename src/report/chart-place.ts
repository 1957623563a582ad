import type { EvaluationFigure } from './evaluation/chart.js';
import { html, type Html, type HtmlValue } from './html.js';

/** Pixels that a title would take within a chart. */
const TITLE = 32;

export interface ChartPlace {
  readonly name: string;
  readonly figure: EvaluationFigure;
  /** What stands beside the title, e.g. names of lines. */
  readonly beside?: HtmlValue;
  /** As wide as the paper in print; half as wide unless given. */
  readonly paper?: 'wide';
}

/** A chart's place; the page's script draws it there. Its title stands in the page, where it can wrap. */
export function chartPlace({ name, figure, beside = null, paper }: ChartPlace): Html {
  const { title, height } = figure.layout as { title: { text: string }; height: number };
  return html`<figure class="chart-frame"><h3>${title.text}</h3>${beside}<div class="chart" data-chart="${name}"${paper ? html` data-paper="${paper}"` : null} role="img" aria-label="${title.text}" style="min-height:${height - TITLE}px"><noscript>The chart needs scripts; its numbers stand in the tables.</noscript></div></figure>`;
}

/** Two charts beside each other where there is room; one alone where there is one. */
export function chartPair(left: Html | null, right: Html | null): HtmlValue {
  return left === null || right === null ? [left, right] : html`<div class="pair">${left}${right}</div>`;
}

/** A layout without its title, for a chart whose title stands in the page. */
export function untitled(layout: EvaluationFigure['layout']): Readonly<Record<string, unknown>> & { readonly margin: object; readonly height: number } {
  const { margin, height } = layout as { margin: object; height: number };
  return { ...layout, title: { text: '' }, height: height - TITLE, margin: { ...margin, t: 12 } };
}
