import type { RoundTrip } from '../../../portfolio/round-trips.js';
import { axis, chartLayout, drawn, plotlyText, type EvaluationFigure, type EvaluationTrace } from '../../evaluation/chart.js';
import { formatShortDate } from '../../format.js';
import type { Palette } from '../../palette.js';

/** A trade as a point. */
export interface TradePoint {
  readonly trade: RoundTrip;
  /** Lowest price while it was held ÷ price paid − 1, 0 at most; `null` where prices are not known. */
  readonly worst: number | null;
}

/** Return of each trade by the sessions it was held; `null` without trades. */
export function holdingFigure(points: readonly TradePoint[], palette: Palette): EvaluationFigure | null {
  if (points.length === 0) return null;
  const longest = points.reduce((most, { trade }) => Math.max(most, trade.sessions), 0);
  return {
    data: scatter(points, ({ trade }) => trade.sessions, palette),
    layout: chartLayout({ title: 'Return of each trade by sessions held', palette, height: 320 }, { xaxis: axis('sessions held', palette, { range: [-0.5, longest + 0.5], zeroline: false, nticks: 8, showgrid: false }), yaxis: returnAxis(palette) }),
  };
}

/** Return of each trade by how far its price was below what was paid at the worst (Sweeney, 1996); `null` without prices. */
export function excursionFigure(points: readonly TradePoint[], palette: Palette): EvaluationFigure | null {
  const known = points.filter(({ worst }) => worst !== null);
  if (known.length === 0) return null;
  return {
    data: scatter(known, ({ worst }) => worst!, palette),
    layout: chartLayout({ title: 'Return of each trade by how far below its entry it was at the worst', palette, height: 320 }, { xaxis: axis('lowest price while held, below the price paid', palette, { tickformat: '.0%', nticks: 7, showgrid: false, autorange: 'reversed' }), yaxis: returnAxis(palette) }),
  };
}

function returnAxis(palette: Palette): Readonly<Record<string, unknown>> {
  return axis('return after costs', palette, { tickformat: '.0%', nticks: 6 });
}

/** Gains and losses in their colours. */
function scatter(points: readonly TradePoint[], x: (point: TradePoint) => number, palette: Palette): EvaluationTrace[] {
  const [gains, losses] = [points.filter(({ trade }) => trade.return > 0), points.filter(({ trade }) => !(trade.return > 0))];
  const trace = (name: string, some: readonly TradePoint[], colour: string): EvaluationTrace => ({
    type: 'scatter', mode: 'markers', name, x: some.map((point) => drawn(x(point))), y: some.map(({ trade }) => drawn(trade.return)), marker: { color: colour, size: 5, opacity: 0.45, line: { width: 0 } },
    hovertext: some.map(({ trade }) => `${plotlyText(trade.symbol)}, entered ${formatShortDate(trade.entrySession)}`), hovertemplate: '%{hovertext}<br>%{y:.2%}<extra></extra>',
  });
  return [trace('Gains', gains, palette.up), trace('Losses', losses, palette.down)].filter((one) => one.x.length > 0);
}

/** At most so many, evenly by exit. */
export function thinTrades<T>(trades: readonly T[], most: number): readonly T[] {
  return trades.length <= most ? trades : Array.from({ length: most }, (_, i) => trades[Math.floor((i * trades.length) / most)]);
}
