import type { ScoreEvaluation } from '../../evaluation/score-evaluation.js';
import { formatCount } from '../format.js';
import type { Palette } from '../palette.js';
import { axis, chartLayout, drawn, plotlyText, whiskers, type EvaluationFigure } from './chart.js';

const INTERVAL = '95% intervals by block bootstrap';

/** Mean rank IC of each calendar year with its interval; `null` without sessions. */
export function yearFigure({ byYear }: ScoreEvaluation, palette: Palette): EvaluationFigure | null {
  if (byYear.length === 0) return null;
  const means = byYear.map(({ rankIc }) => drawn(rankIc.mean));
  return {
    data: [{ type: 'bar', name: 'Rank IC', x: byYear.map(({ year }) => String(year)), y: means, error_y: whiskers(byYear.map(({ rankIc }) => rankIc), palette), marker: { color: palette.accent, opacity: 0.75 }, hovertext: byYear.map(({ rankIc }) => formatCount(rankIc.sessions, 'session')), hovertemplate: '%{x}<br>mean rank IC %{y:.4f}<br>%{hovertext}<extra></extra>' }],
    layout: chartLayout({ title: `Mean rank IC by year, with ${INTERVAL}`, palette }, { xaxis: axis('calendar year', palette, { type: 'category', showgrid: false }), yaxis: axis('mean rank IC', palette) }),
  };
}

/** Mean rank IC within each sector with its interval, highest first; `null` without sectors. */
export function sectorFigure({ bySector }: ScoreEvaluation, palette: Palette): EvaluationFigure | null {
  if (bySector === null || bySector.length === 0) return null;
  const rising = [...bySector].sort((a, b) => (a.rankIc.mean ?? 0) - (b.rankIc.mean ?? 0));
  const names = rising.map(({ sector }) => plotlyText(sector));
  return {
    data: [{ type: 'bar', orientation: 'h', name: 'Rank IC', x: rising.map(({ rankIc }) => drawn(rankIc.mean)), y: names, error_x: whiskers(rising.map(({ rankIc }) => rankIc), palette), marker: { color: palette.accent, opacity: 0.75 }, hovertext: rising.map((one) => `${Math.round(one.names)} names a session`), hovertemplate: '%{y}<br>mean rank IC %{x:.4f}<br>%{hovertext}<extra></extra>' }],
    layout: chartLayout({ title: `Mean rank IC within sectors, with ${INTERVAL}`, palette, height: 110 + 26 * names.length }, { xaxis: axis('mean rank IC', palette), yaxis: axis('', palette, { type: 'category', showgrid: false }) }),
  };
}

/** Mean raw return of each quantile of scores; `null` without sessions. */
export function quantileFigure({ quantiles, horizon }: ScoreEvaluation, palette: Palette): EvaluationFigure | null {
  const { means, count } = quantiles;
  if (means.every((one) => one.return === null)) return null;
  return {
    data: [{ type: 'bar', name: 'Return', x: means.map(({ quantile }) => String(quantile)), y: means.map((one) => drawn(one.return)), marker: { color: palette.accent, opacity: 0.75 }, hovertext: means.map(({ names }) => `${Math.round(names ?? 0)} names a session`), hovertemplate: 'quantile %{x}<br>mean return %{y:.3%}<br>%{hovertext}<extra></extra>' }],
    layout: chartLayout({ title: `Mean return by quantile of scores, over ${formatCount(horizon, 'session')}, before costs`, palette }, {
      xaxis: axis(`quantile of scores, 1 lowest, ${count} highest`, palette, { type: 'category', showgrid: false }), yaxis: axis(`mean return over ${formatCount(horizon, 'session')}`, palette, { tickformat: '.2%' }),
    }),
  };
}
