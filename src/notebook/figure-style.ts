import { LIGHT } from '../report/palette.js';
import type { ShownFigure } from './shown.js';

/** Colours of traces that name none, told apart also by those who do not see red and green alike (Okabe and Ito, 2008). */
const COLOURS = ['#3451b2', '#d55e00', '#009e73', '#cc79a7', '#56b4e9', '#e69f00', '#62656d', '#7a5195'];
const FONT = 'Inter, ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';

const AXIS = { gridcolor: LIGHT.grid, linecolor: LIGHT.line, zerolinecolor: LIGHT.line, zerolinewidth: 1, automargin: true, title: { standoff: 8 } };

/** What a chart gets where it says nothing else: white ground, thin grid, one font. */
const TEMPLATE = {
  layout: {
    paper_bgcolor: '#ffffff', plot_bgcolor: '#ffffff', colorway: COLOURS, font: { family: FONT, size: 12, color: LIGHT.text },
    title: { x: 0, xref: 'paper', xanchor: 'left', font: { size: 15 } }, margin: { l: 56, r: 24, t: 48, b: 44 }, hovermode: 'closest', bargap: 0.06,
    xaxis: { ...AXIS, rangeslider: { visible: false } }, yaxis: AXIS, legend: { orientation: 'h', y: 1.02, yanchor: 'bottom', x: 1, xanchor: 'right' },
  },
  data: {
    candlestick: [{ increasing: { line: { color: LIGHT.up, width: 1 } }, decreasing: { line: { color: LIGHT.down, width: 1 } } }],
  },
};

const HEIGHT = 420;

/** A chart with the house's defaults under its own layout; a transparent ground becomes white, so that it can be read on a dark page. */
export function styledFigure({ data, layout = {} }: ShownFigure): { readonly data: readonly object[]; readonly layout: Readonly<Record<string, unknown>> } {
  const own = layout as Readonly<Record<string, unknown>>;
  const ground = isTransparent(own['paper_bgcolor']) ? { paper_bgcolor: '#ffffff' } : {};
  return { data, layout: { height: HEIGHT, template: TEMPLATE, ...own, ...ground } };
}

function isTransparent(colour: unknown): boolean {
  return typeof colour === 'string' && /^(transparent|rgba\(.*,\s*0\))$/.test(colour);
}
