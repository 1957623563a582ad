import type { Interval, SeriesSummary } from '../../evaluation/score-evaluation.js';
import type { Palette } from '../palette.js';

/** A plotly chart of an evaluation as plain data: what `Plotly.newPlot(element, data, layout)` takes. */
export interface EvaluationFigure {
  readonly data: readonly EvaluationTrace[];
  readonly layout: Readonly<Record<string, unknown>>;
}

export interface EvaluationTrace {
  readonly type: 'bar' | 'scatter';
  readonly name: string;
  readonly x: readonly (number | string | null)[];
  readonly y: readonly (number | string | null)[];
  readonly [attribute: string]: unknown;
}

const FONT = 'Inter, ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';

export interface ChartOptions {
  readonly title: string;
  readonly palette: Palette;
  /** Pixels, 320 unless given. */
  readonly height?: number;
}

/** What all charts share: quiet ground, the house's type, room for axis titles. */
export function chartLayout({ title, palette, height = 320 }: ChartOptions, own: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return {
    height, autosize: true, title: { text: title, x: 0, xref: 'paper', xanchor: 'left', font: { family: FONT, size: 15, color: palette.text } }, margin: { l: 62, r: 18, t: 44, b: 46 },
    font: { family: FONT, size: 11.5, color: palette.muted }, showlegend: false, dragmode: false, hovermode: 'closest', bargap: 0.3,
    paper_bgcolor: 'rgba(0,0,0,0)', plot_bgcolor: 'rgba(0,0,0,0)',
    hoverlabel: { bgcolor: palette.raised, bordercolor: palette.line, font: { family: FONT, size: 11.5, color: palette.text } },
    ...own,
  };
}

/** An axis with its title; thin grid, zero a little stronger. */
export function axis(title: string, palette: Palette, own: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return { title: { text: title, standoff: 8, font: { size: 11.5, color: palette.muted } }, fixedrange: true, gridcolor: palette.grid, gridwidth: 1, zeroline: true, zerolinecolor: palette.line, zerolinewidth: 1.5, showline: false, ticks: '', automargin: true, ...own };
}

/** An axis of sessions. */
export function sessionAxis(palette: Palette, own: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return axis('', palette, { type: 'date', showgrid: false, zeroline: false, rangeslider: { visible: false }, ...own });
}

/** Whiskers from means to the ends of their intervals; none where there is no interval. */
export function whiskers(summaries: readonly SeriesSummary[], palette: Palette, factor = 1): Readonly<Record<string, unknown>> {
  const reach = (end: (interval: Interval, mean: number) => number) => summaries.map(({ mean, interval }) => (mean === null || interval === null ? 0 : drawn(factor * Math.max(0, end(interval, mean)))));
  return { type: 'data', symmetric: false, array: reach(([, high], mean) => high - mean), arrayminus: reach(([low], mean) => mean - low), color: palette.muted, thickness: 1.25, width: 3 };
}

/** Five significant digits: finer than a pixel, and short in the page. */
export function drawn(value: number): number;
export function drawn(value: number | null): number | null;
export function drawn(value: number | null): number | null {
  return value === null ? null : Number(value.toPrecision(5));
}

/** Text from data as plotly shows it: it would take `<b>` and `<a>` for markup. */
export function plotlyText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
