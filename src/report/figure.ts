import type { IsoDate } from '../core/dates.js';
import type { Recommendation } from '../recommendation/recommendation.js';
import { chartFrame, quietAxis } from './chart-frame.js';
import { formatPrice, formatSignedPercent, monthName } from './format.js';
import { LIGHT, type Palette } from './palette.js';
import type { PlotlyAnnotation, PlotlyAxis, PlotlyFigure, PlotlyLayout, PlotlyShape, PlotlyTrace } from './plotly-figure.js';
import type { RecentBars } from './price-series.js';

export interface FigureInput {
  readonly recommendation: Recommendation;
  /** Bars to draw, see `recentBars`. */
  readonly bars: RecentBars;
  /** Further prices to mark; those outside of what is drawn anyway are left out. */
  readonly levels?: readonly MarkedPrice[];
  /** Pixels, 340 unless given. */
  readonly height?: number;
  /** Colours, `LIGHT` unless given. */
  readonly palette?: Palette;
}

/** A price with its name. */
export interface MarkedPrice {
  readonly label: string;
  readonly price: number;
}

interface Level extends MarkedPrice {
  readonly colour: string;
  readonly dash: 'solid' | 'dash' | 'dot';
}

const MARGIN = { l: 48, r: 94, t: 10, b: 26 } as const;
/** Right margin where further levels are marked, whose names are longer. */
const WIDE_RIGHT = 114;
const PRICE_FLOOR = 0.22;
const VOLUME_CEILING = 0.15;
const LABEL_PIXELS = 17;

/**
 * Candlesticks with volume, lines at entry, stop (`Trailing` when it follows the highest close) and target, and the expected return with its interval as a cone
 * over the coming sessions, drawn from the next open.
 *
 * Sessions are categories, so weekends and holidays leave no gaps.
 *
 * @returns data and layout for `Plotly.newPlot`; plain JSON without text from the data but dates
 */
export function recommendationFigure(input: FigureInput): PlotlyFigure {
  const { recommendation, bars, levels: further = [], height = 340, palette = LIGHT } = input;
  const cone = expectedCone(recommendation, bars);
  const own = levelsOf(recommendation, palette);
  const range = priceRange(bars, own, cone?.edge ?? []);
  const levels = [...own, ...further.filter(({ price }) => price >= range[0] && price <= range[1]).map((level): Level => ({ ...level, colour: palette.caution, dash: 'dot' }))];
  const categories = [...bars.sessions, ...(cone?.ahead ?? [])];
  return {
    data: [volume(bars, palette), candles(bars, palette), ...(cone ? coneTraces(cone, palette) : [])],
    layout: layout({ bars, categories, levels, right: levels.length > own.length ? WIDE_RIGHT : MARGIN.r, range, height, palette }),
  };
}

function candles(bars: RecentBars, palette: Palette): PlotlyTrace {
  const drawn = (price: number | null): number | null => (price === null ? null : cents(price));
  const style = (colour: string): object => ({ line: { color: colour, width: 1 }, fillcolor: colour });
  return {
    type: 'candlestick', name: 'Price', x: bars.sessions, open: bars.open.map(drawn), high: bars.high.map(drawn), low: bars.low.map(drawn), close: bars.close.map(drawn),
    increasing: style(palette.up), decreasing: style(palette.down), yaxis: 'y', whiskerwidth: 0, showlegend: false,
    hoverlabel: { split: false }, hovertemplate: 'open %{open:,.2f}<br>high %{high:,.2f}<br>low %{low:,.2f}<br>close %{close:,.2f}<extra></extra>',
  };
}

function volume(bars: RecentBars, palette: Palette): PlotlyTrace {
  return {
    type: 'bar', name: 'Volume', x: bars.sessions, y: bars.volume, yaxis: 'y2', marker: { color: palette.volume, line: { width: 0 } },
    showlegend: false, hovertemplate: 'volume %{y:.3s}<extra></extra>',
  };
}

function levelsOf({ action, entry, stop, target, order, trailing }: Recommendation, palette: Palette): readonly Level[] {
  const price = order?.kind === 'limit' ? order.limit : entry;
  const paid: Level = { label: action !== 'enter' ? 'Paid' : order?.kind === 'limit' ? 'Limit' : 'Entry', price, colour: palette.accent, dash: 'solid' };
  if (action === 'exit') return [paid];
  return [paid, { label: trailing !== null ? 'Trailing' : 'Stop', price: stop, colour: palette.down, dash: 'dash' }, { label: 'Target', price: target, colour: palette.up, dash: 'dash' }];
}

interface Cone {
  /** Names of the coming sessions, counted from that of the next open. */
  readonly ahead: readonly string[];
  readonly apex: number;
  readonly expected: number;
  /** Prices at the low and the high end of the interval. */
  readonly edge: readonly [number, number];
}

/** The forecast as prices at the end of its horizon, counted in sessions after the next open, from the last close; `null` where there is none. */
function expectedCone({ action, expectedReturn, interval, forecastHorizon }: Recommendation, bars: RecentBars): Cone | null {
  const apex = bars.close.at(-1) ?? null;
  if (action === 'exit' || expectedReturn === null || interval === null || forecastHorizon === null || apex === null) return null;
  const ahead = Array.from({ length: forecastHorizon + 1 }, (_, i) => (i === 0 ? 'next open' : `+${i}`));
  return { ahead, apex, expected: apex * (1 + expectedReturn), edge: [apex * (1 + interval[0]), apex * (1 + interval[1])] };
}

function coneTraces({ ahead, apex, expected, edge }: Cone, palette: Palette): readonly PlotlyTrace[] {
  const end = ahead.length - 1;
  const toward = (price: number): number[] => ahead.map((_, i) => cents(apex + ((price - apex) * i) / Math.max(1, end)));
  const change = (price: number): string => formatSignedPercent(price / apex - 1);
  return [
    {
      type: 'scatter', mode: 'lines', name: 'interval', x: [...ahead, ...ahead.toReversed()], y: [...toward(edge[1]), ...toward(edge[0]).toReversed()], fill: 'toself',
      fillcolor: palette.accentSoft, line: { width: 0.5, color: palette.accent }, hoverinfo: 'skip', showlegend: false,
    },
    {
      type: 'scatter', mode: 'lines+markers', name: 'Expected', x: [ahead[0], ahead[end]], y: [apex, cents(expected)], line: { width: 1.5, color: palette.accent, dash: 'dot' },
      marker: { size: [0, 6], color: palette.accent, opacity: 1, line: { width: 0 } }, showlegend: false, hoverinfo: 'text',
      hovertext: ['next open', `expected ${change(expected)} (${change(edge[0])} to ${change(edge[1])})`],
    },
  ];
}

/** Prices as drawn: finer than a pixel, and short in the page. */
function cents(price: number): number {
  return Number(price.toFixed(Math.abs(price) < 10 ? 4 : 2));
}

/** Lowest and highest price drawn with some air; a range around the levels when there are no bars. */
function priceRange(bars: RecentBars, levels: readonly Level[], edge: readonly number[]): [number, number] {
  const drawn = [...bars.low, ...bars.high, ...bars.close, ...levels.map((level) => level.price), ...edge].filter((value) => value !== null && Number.isFinite(value)) as number[];
  const low = drawn.reduce((a, b) => Math.min(a, b), Infinity);
  const high = drawn.reduce((a, b) => Math.max(a, b), -Infinity);
  const air = (high - low || Math.abs(high) || 1) * 0.04;
  return [low - air, high + air];
}

/** Pixels by which each label moves up so that labels of near levels do not cover each other. */
function labelShifts(levels: readonly Level[], range: readonly [number, number], height: number): readonly number[] {
  const plot = (height - MARGIN.t - MARGIN.b) * (1 - PRICE_FLOOR);
  const pixel = (price: number): number => ((price - range[0]) / (range[1] - range[0])) * plot;
  const order = levels.map((_, i) => i).sort((a, b) => levels[a].price - levels[b].price);
  const places = order.map((i) => pixel(levels[i].price));
  for (let pass = 0; pass < 8; pass++) {
    for (let k = 1; k < places.length; k++) {
      const overlap = LABEL_PIXELS - (places[k] - places[k - 1]);
      if (overlap <= 0) continue;
      places[k - 1] -= overlap / 2;
      places[k] += overlap / 2;
    }
  }
  const shifts = new Array<number>(levels.length).fill(0);
  order.forEach((i, k) => (shifts[i] = Math.round(places[k] - pixel(levels[i].price))));
  return shifts;
}

interface Frame {
  readonly bars: RecentBars;
  readonly categories: readonly string[];
  readonly levels: readonly Level[];
  /** Pixels for their labels. */
  readonly right: number;
  readonly range: readonly [number, number];
  readonly height: number;
  readonly palette: Palette;
}

function layout({ bars, categories, levels, right, range, height, palette }: Frame): PlotlyLayout {
  const shifts = labelShifts(levels, range, height);
  return {
    ...chartFrame(palette), height, margin: { ...MARGIN, r: right },
    xaxis: sessionAxis(bars, categories, palette),
    yaxis: { ...quietAxis(palette), range, domain: [PRICE_FLOOR, 1], tickformat: ',~f', nticks: 6 },
    yaxis2: { ...quietAxis(palette), domain: [0, VOLUME_CEILING], tickformat: '~s', nticks: 3, showgrid: false, rangemode: 'tozero' },
    shapes: levels.map((level) => levelLine(level)),
    annotations: levels.map((level, i) => levelLabel(level, shifts[i])),
  };
}

/** Sessions as categories, in the order in which the traces name them, with a tick at the first session of each month and one at the end of the horizon. */
function sessionAxis(bars: RecentBars, categories: readonly string[], palette: Palette): PlotlyAxis {
  const starts = bars.sessions.filter((session, i) => i > 0 && session.slice(0, 7) !== bars.sessions[i - 1].slice(0, 7));
  const label = (session: IsoDate): string => (session.slice(5, 7) === '01' ? `${monthName(session)} ${session.slice(0, 4)}` : monthName(session));
  const end = categories.length > bars.sessions.length ? [categories.at(-1)!] : [];
  return {
    ...quietAxis(palette), type: 'category', range: [-1, categories.length], showgrid: false,
    rangeslider: { visible: false }, showspikes: true, spikemode: 'across', spikedash: 'solid', spikethickness: 1, spikecolor: palette.muted, tickvals: [...starts, ...end], ticktext: [...starts.map(label), ...end], tickangle: 0, anchor: 'y2',
  };
}

function levelLine({ price, colour, dash }: Level): PlotlyShape {
  return { type: 'line', xref: 'paper', x0: 0, x1: 1, yref: 'y', y0: price, y1: price, layer: 'above', line: { color: colour, width: 1.25, dash } };
}

function levelLabel({ label, price, colour }: Level, yshift: number): PlotlyAnnotation {
  const text = `${label} ${formatPrice(price)}`;
  return { xref: 'paper', x: 1, xanchor: 'left', xshift: 4, yref: 'y', y: price, yanchor: 'middle', yshift, text, showarrow: false, font: { color: colour } };
}
