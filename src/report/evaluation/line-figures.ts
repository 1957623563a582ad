import type { ScoreEvaluation } from '../../evaluation/score-evaluation.js';
import { formatCount } from '../format.js';
import type { Palette } from '../palette.js';
import { axis, chartLayout, drawn, sessionAxis, whiskers, type EvaluationFigure } from './chart.js';
import { runningSum } from './rank-ic-figure.js';

/** Mean rank IC with labels of each horizon, with intervals; `null` without such labels. */
export function decayFigure({ decay }: ScoreEvaluation, palette: Palette): EvaluationFigure | null {
  if (decay.every(({ rankIc }) => rankIc.mean === null)) return null;
  const horizons = decay.map(({ horizon }) => horizon);
  return {
    data: [{ type: 'scatter', mode: 'lines+markers', name: 'Rank IC', x: horizons, y: decay.map(({ rankIc }) => drawn(rankIc.mean)), error_y: whiskers(decay.map(({ rankIc }) => rankIc), palette), line: { color: palette.accent, width: 1.75 }, marker: { color: palette.accent, size: 6 }, hovertemplate: '%{x} sessions<br>mean rank IC %{y:.4f}<extra></extra>' }],
    layout: chartLayout({ title: 'Mean rank IC by sessions held, with 95% intervals by block bootstrap', palette }, { xaxis: axis('sessions held', palette, { tickvals: horizons, showgrid: false, zeroline: false }), yaxis: axis('mean rank IC', palette, { rangemode: 'tozero' }) }),
  };
}

/**
 * Running sum of the spread between top and bottom quantile, each divided by the sessions held; `null` without sessions.
 *
 * That is what holding `horizon` books side by side, one renewed each session, would add up to before costs.
 */
export function spreadFigure({ sessions, horizon, quantiles, daily }: ScoreEvaluation, palette: Palette): EvaluationFigure | null {
  if (quantiles.spread.return.sessions === 0) return null;
  const [bottom, top] = [daily.quantileReturn[0], daily.quantileReturn[quantiles.count - 1]];
  const spread = top.map((value, i) => (value === null || bottom[i] === null ? null : (value - bottom[i]) / horizon));
  return {
    data: [{ type: 'scatter', mode: 'lines', name: 'Cumulative spread', x: sessions, y: runningSum(spread).map(drawn), line: { color: palette.up, width: 1.75 }, hovertemplate: '%{x|%-d %b %Y}<br>sum %{y:.1%}<extra></extra>' }],
    layout: chartLayout({ title: `Top less bottom quantile: sum of returns ÷ ${formatCount(horizon, 'session')} held, before costs`, palette }, { xaxis: sessionAxis(palette), yaxis: axis('sum of returns', palette, { tickformat: '.0%' }) }),
  };
}
