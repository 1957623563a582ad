import type { ScoreEvaluation } from '../../evaluation/score-evaluation.js';
import { formatNumber } from '../format.js';
import type { Palette } from '../palette.js';
import { axis, chartLayout, drawn, sessionAxis, type EvaluationFigure } from './chart.js';

/** Sessions in the rolling mean: a quarter. */
const WINDOW = 63;

/** Rank IC of each session with its mean over the past quarter, and below their running sum; `null` without sessions. */
export function rankIcFigure({ sessions, daily: { rankIc }, rankIc: { mean } }: ScoreEvaluation, palette: Palette): EvaluationFigure | null {
  if (sessions.length === 0 || mean === null) return null;
  const window = Math.min(WINDOW, sessions.length);
  return {
    data: [
      { type: 'bar', name: 'Rank IC', x: sessions, y: rankIc.map(drawn), marker: { color: palette.volume, line: { width: 0 } }, hovertemplate: '%{x|%-d %b %Y}<br>rank IC %{y:.3f}<extra></extra>' },
      { type: 'scatter', mode: 'lines', name: `Mean of ${window} sessions`, x: sessions, y: rollingMean(rankIc, window).map(drawn), line: { color: palette.accent, width: 1.75 }, hovertemplate: `%{x|%-d %b %Y}<br>mean of ${window} sessions %{y:.3f}<extra></extra>` },
      { type: 'scatter', mode: 'lines', name: 'Cumulative rank IC', x: sessions, y: runningSum(rankIc).map(drawn), xaxis: 'x', yaxis: 'y2', line: { color: palette.up, width: 1.75 }, hovertemplate: '%{x|%-d %b %Y}<br>sum %{y:.1f}<extra></extra>' },
    ],
    layout: chartLayout({ title: `Rank IC by session, its mean over ${window} sessions, and their sum; mean ${formatNumber(mean, 3)}`, palette, height: 440 }, {
      bargap: 0, xaxis: sessionAxis(palette, { anchor: 'y2' }), yaxis: axis('rank IC', palette, { domain: [0.46, 1] }), yaxis2: axis('sum of rank IC', palette, { domain: [0, 0.38] }),
    }),
  };
}

/** Mean of the last `window` values, `null` before there are so many. */
function rollingMean(values: readonly (number | null)[], window: number): (number | null)[] {
  const sums = runningSum(values);
  return values.map((_, i) => (i + 1 < window ? null : (sums[i] - (i >= window ? sums[i - window] : 0)) / window));
}

export function runningSum(values: readonly (number | null)[]): number[] {
  let sum = 0;
  return values.map((value) => (sum += value ?? 0));
}
