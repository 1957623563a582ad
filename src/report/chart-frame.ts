import type { Palette } from './palette.js';
import type { PlotlyAxis } from './plotly-figure.js';

const FONT = 'Inter, ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';

/** What the charts of an evening share: the house's type on a quiet ground, one label for all panels under the pointer. */
export function chartFrame(palette: Palette): Readonly<Record<string, unknown>> {
  return {
    autosize: true, font: { family: FONT, size: 11, color: palette.muted }, showlegend: false, bargap: 0.35, dragmode: false, hovermode: 'x unified', hoversubplots: 'axis',
    paper_bgcolor: 'rgba(0,0,0,0)', plot_bgcolor: 'rgba(0,0,0,0)',
    hoverlabel: { bgcolor: palette.raised, bordercolor: palette.line, font: { family: FONT, size: 11, color: palette.text } },
  };
}

/** An axis without a line of its own on a thin grid. */
export function quietAxis(palette: Palette): PlotlyAxis {
  return { type: 'linear', fixedrange: true, gridcolor: palette.grid, gridwidth: 1, zeroline: false, showline: false, ticks: '', automargin: false };
}
