import type { PerformanceSummary } from '../../../evaluation/performance/summary.js';
import { axis, chartLayout, drawn, type EvaluationFigure } from '../../evaluation/chart.js';
import { formatCount, formatPercent } from '../../format.js';
import type { Palette } from '../../palette.js';
import { histogram, normalCounts } from './histogram.js';

type Tail = Pick<PerformanceSummary, 'valueAtRisk' | 'conditionalValueAtRisk'>;

/** How often which daily return came, with the loss that one session in twenty exceeds and the mean loss beyond it; `null` where returns do not vary. */
export function distributionFigure(returns: Float64Array, { valueAtRisk, conditionalValueAtRisk }: Tail, palette: Palette): EvaluationFigure | null {
  const found = returns.length < 2 ? null : histogram(returns);
  if (found === null) return null;
  const { start, width, counts } = found;
  const centres = counts.map((_, i) => drawn(start + (i + 0.5) * width));
  const ends = counts.map((count, i) => `${formatPercent(start + i * width, 2)} to ${formatPercent(start + (i + 1) * width, 2)}: ${formatCount(count, 'session')}`);
  const inTail = (i: number): boolean => valueAtRisk !== null && start + (i + 1) * width <= valueAtRisk + 1e-12;
  const marks = [mark(valueAtRisk, 'VaR', palette, 1), mark(conditionalValueAtRisk, 'CVaR', palette, 0.88)].filter((one) => one !== null);
  return {
    data: [
      { type: 'bar', name: 'Sessions', x: centres, y: counts, marker: { color: counts.map((_, i) => (inTail(i) ? palette.down : palette.accent)), opacity: 0.7, line: { width: 0 } }, hovertext: ends, hovertemplate: '%{hovertext}<extra></extra>' },
      { type: 'scatter', mode: 'lines', name: 'Normal', x: centres, y: normalCounts(found, returns).map(drawn), line: { color: palette.muted, width: 1.25, dash: 'dot', shape: 'spline' }, hoverinfo: 'skip' },
    ],
    layout: chartLayout({ title: 'Daily returns: sessions of each size; dotted, a normal distribution of the same mean and deviation', palette, height: 320 }, {
      bargap: 0.06, xaxis: axis('return of a session', palette, { tickformat: '.1~%', showgrid: false, zeroline: true }), yaxis: axis('sessions', palette, { zeroline: false, nticks: 5 }), shapes: marks.map(({ shape }) => shape), annotations: marks.map(({ annotation }) => annotation),
    }),
  };
}

/** An upright line of some height with its name at the upper end. */
function mark(value: number | null, name: string, palette: Palette, height: number): { shape: object; annotation: object } | null {
  if (value === null) return null;
  return {
    shape: { type: 'line', xref: 'x', x0: drawn(value), x1: drawn(value), yref: 'paper', y0: 0, y1: height, line: { color: palette.down, width: 1.25, dash: name === 'VaR' ? 'solid' : 'dash' } },
    annotation: { xref: 'x', x: drawn(value), yref: 'paper', y: height, yanchor: 'top', xanchor: 'right', xshift: -4, text: `${name} ${formatPercent(value, 2)}`, showarrow: false, font: { color: palette.down } },
  };
}
