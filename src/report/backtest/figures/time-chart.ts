import { axis, chartLayout, drawn, plotlyText, sessionAxis, type ChartOptions, type EvaluationTrace } from '../../evaluation/chart.js';
import type { Palette } from '../../palette.js';
import type { SeriesLine } from '../report-series.js';

/** A chart over sessions: one label for all lines under the pointer, names of lines above where there is more than one. */
export function timeLayout(options: ChartOptions, own: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { palette } = options;
  return chartLayout(options, {
    margin: { l: 62, r: 18, t: 44, b: 28 }, hovermode: 'x unified', hoversubplots: 'axis', showlegend: true, legend: { orientation: 'h', x: 1, xanchor: 'right', y: 1.01, yanchor: 'bottom', font: { color: palette.muted } },
    xaxis: sessionAxis(palette, { hoverformat: '%-d %b %Y', ...('yaxis2' in own ? { anchor: 'y2' } : {}) }), ...own,
  });
}

/** A quiet axis of values. */
export function valueAxis(title: string, palette: Palette, own: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return axis(title, palette, { zeroline: false, nticks: 6, ...own });
}

interface LineStyle {
  readonly colour: string;
  readonly width?: number;
  readonly dash?: 'dot' | 'dash';
  /** How plotly writes a value, e.g. `.1%`. */
  readonly format: string;
}

/** A line over sessions. */
export function lineTrace({ name, values }: Pick<SeriesLine, 'name' | 'values'>, sessions: readonly string[], { colour, width = 1.75, dash, format }: LineStyle, own: Readonly<Record<string, unknown>> = {}): EvaluationTrace {
  const text = plotlyText(name);
  return { type: 'scatter', mode: 'lines', name: text, x: sessions, y: values.map(short), line: { color: colour, width, ...(dash ? { dash } : {}) }, hovertemplate: `${text} %{y:${format}}<extra></extra>`, ...own };
}

/** Colours of lines that are beside the backtest and its benchmark, in their order. */
const OTHERS = ['caution', 'up', 'down'] as const;

/** Colour and stroke by whose a line is; `place` among those compared. */
export function strokeOf({ of }: Pick<SeriesLine, 'of'>, place: number, palette: Palette): { colour: string; width: number; dash?: 'dot' } {
  if (of === 'run') return { colour: palette.accent, width: 2 };
  return of === 'benchmark' ? { colour: palette.muted, width: 1.5 } : { colour: palette[OTHERS[place % OTHERS.length]], width: 1.25, dash: 'dot' };
}

/** Finer than a pixel, and short in the page: whole numbers where they are large. */
function short(value: number | null): number | null {
  return value !== null && Math.abs(value) >= 10_000 ? Math.round(value) : drawn(value);
}
