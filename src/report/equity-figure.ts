import type { TrackRecord } from '../recommendation/recommendation.js';
import { chartFrame, quietAxis } from './chart-frame.js';
import { monthName } from './format.js';
import { LIGHT, type Palette } from './palette.js';
import type { PlotlyAxis, PlotlyFigure } from './plotly-figure.js';

/** Name of the chart in the page: no symbol has a space in it. */
export const EQUITY_CHART = 'equity of the book';

/** Room that the name of a month takes, in sessions of the whole chart. */
const MAX_TICKS = 7;

/**
 * Equity of the paper book at each close, and below it the drawdown: equity ÷ its highest so far − 1, by what is drawn.
 *
 * @returns data and layout for `Plotly.newPlot`; plain JSON. `null` for fewer than two closes
 */
export function equityFigure(equity: TrackRecord['equity'], height = 300, palette: Palette = LIGHT): PlotlyFigure | null {
  if (equity.length < 2) return null;
  const x = equity.map(({ session }) => session);
  const y = equity.map((one) => Math.round(one.equity));
  return {
    data: [
      { type: 'scatter', mode: 'lines', name: 'Drawdown', x, y: drawdowns(equity), yaxis: 'y2', fill: 'tozeroy', fillcolor: palette.downSoft, line: { color: palette.down, width: 1 }, showlegend: false, hovertemplate: 'below the highest %{y:.1%}<extra></extra>' },
      { type: 'scatter', mode: 'lines', name: 'Equity', x, y, line: { color: palette.accent, width: 1.75 }, showlegend: false, hovertemplate: 'equity %{y:,.0f}<extra></extra>' },
    ],
    layout: {
      ...chartFrame(palette), height, margin: { l: 56, r: 14, t: 10, b: 26 }, xaxis: monthsAxis(x, palette),
      yaxis: { ...quietAxis(palette), domain: [0.34, 1], tickformat: '.3s', nticks: 5 }, yaxis2: { ...quietAxis(palette), domain: [0, 0.26], tickformat: '.1%', nticks: 3, rangemode: 'tozero' },
      shapes: [], annotations: [],
    },
  };
}

function drawdowns(equity: TrackRecord['equity']): number[] {
  let highest = -Infinity;
  return equity.map((one) => {
    highest = Math.max(highest, one.equity);
    return highest > 0 ? Number((one.equity / highest - 1).toFixed(5)) : 0;
  });
}

/** Sessions as categories with ticks at the first session of some months; at the ends when all lie in one month. */
function monthsAxis(sessions: TrackRecord['equity'][number]['session'][], palette: Palette): PlotlyAxis {
  const months = sessions.filter((session, i) => i > 0 && session.slice(0, 7) !== sessions[i - 1].slice(0, 7));
  const step = Math.ceil(months.length / MAX_TICKS);
  const ticks = months.length === 0 ? [sessions[0], sessions.at(-1)!] : months.filter((_, i) => i % step === 0);
  const label = (session: (typeof sessions)[number]): string => (months.length === 0 ? `${Number(session.slice(8))} ${monthName(session)}` : session.slice(5, 7) === '01' ? `${monthName(session)} ${session.slice(0, 4)}` : monthName(session));
  return { ...quietAxis(palette), type: 'category', showgrid: false, rangeslider: { visible: false }, tickvals: ticks, ticktext: ticks.map(label), tickangle: 0, anchor: 'y2' };
}
