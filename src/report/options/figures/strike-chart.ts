import { axis, chartLayout, type EvaluationFigure } from '../../evaluation/chart.js';
import type { Palette } from '../../palette.js';
import { levelLines, type PriceLevel } from './level-lines.js';

/** Where a chart stands: its colours, and about how wide its plot is. */
export interface ChartPlace {
  readonly palette: Palette;
  /** Pixels. */
  readonly width: number;
  readonly height?: number;
}

export interface StrikeChart extends ChartPlace {
  readonly title: string;
  readonly traces: EvaluationFigure['data'];
  readonly levels: readonly PriceLevel[];
  /** Prices that are drawn. */
  readonly range: readonly [number, number];
  readonly xTitle: string;
  readonly yTitle: string;
  readonly yaxis?: Readonly<Record<string, unknown>>;
}

/** A chart over prices of the underlying with levels marked across it. */
export function strikeChart({ title, traces, levels, range, xTitle, yTitle, palette, width, height = 330, yaxis = {} }: StrikeChart): EvaluationFigure {
  const { shapes, annotations, room } = levelLines(levels, { range, width, palette });
  const layout = chartLayout({ title, palette, height: height + room }, {
    margin: { l: 62, r: 18, t: 32 + room, b: 46 }, barmode: 'relative', shapes, annotations,
    xaxis: axis(xTitle, palette, { range, showgrid: false, zeroline: false, tickformat: ',~f' }), yaxis: axis(yTitle, palette, yaxis),
  });
  // above the labels of levels, whatever rows they take
  return { data: traces, layout: { ...layout, title: { ...(layout['title'] as object), y: 1, yref: 'container', yanchor: 'top', pad: { t: 8 } } } };
}

/** Widths of bars at strikes: most of the way to the nearer neighbour, never wider than a fortieth of the axis. */
export function barWidths(strikes: readonly number[], [low, high]: readonly [number, number]): number[] {
  const most = (high - low) / 40;
  return strikes.map((strike, k) => {
    const gaps = [strikes[k - 1], strikes[k + 1]].flatMap((other) => (other === undefined ? [] : [Math.abs(other - strike)]));
    return 0.8 * Math.min(most, ...gaps);
  });
}

/** From the lowest to the highest of some prices with air on both sides; `null` without any. */
export function priceSpan(prices: readonly number[]): readonly [number, number] | null {
  const known = prices.filter(Number.isFinite);
  if (known.length === 0) return null;
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const air = (high - low) * 0.03 || Math.abs(high) * 0.05 || 1;
  return [low - air, high + air];
}
