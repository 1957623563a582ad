import { plotlyText, type EvaluationFigure } from '../../evaluation/chart.js';
import type { Palette } from '../../palette.js';
import type { ReportSeries } from '../report-series.js';
import { lineTrace, strokeOf, timeLayout, valueAxis } from './time-chart.js';

/** Equity over its lowest from which a straight axis would hide the early years. */
const LARGE_GROWTH = 3;

/** Equity beside its benchmark, all from the same start, and below it what each lost from its high; `null` for a single session. */
export function equityFigure({ sessions, equity, drawdown }: ReportSeries, palette: Palette): EvaluationFigure | null {
  if (sessions.length < 2) return null;
  const compared = equity.filter(({ of }) => of === 'compared');
  const lines = equity.map((line, i) => lineTrace(line, sessions, { ...strokeOf(line, compared.indexOf(line), palette), format: ',.0f' }, { legendrank: i }));
  const falls = drawdown.map((line) => lineTrace(line, sessions, line.of === 'run' ? { colour: palette.down, width: 1, format: '.1%' } : { ...strokeOf(line, 0, palette), width: 1, format: '.1%' }, {
    name: `${plotlyText(line.name)}, below its high`, yaxis: 'y2', showlegend: false, ...(line.of === 'run' ? { fill: 'tozeroy', fillcolor: palette.downSoft } : {}), hovertemplate: `${line.of === 'run' ? 'below its high' : 'benchmark below its high'} %{y:.1%}<extra></extra>`,
  }));
  return {
    // the backtest is drawn last, above the others
    data: [...falls.toReversed(), ...lines.slice(1), lines[0]],
    layout: timeLayout({ title: 'Equity, and how far below its high', palette, height: 460 }, {
      yaxis: equityAxes(equity[0].values, palette)[growsMuch(equity[0].values) ? 'log' : 'linear'],
      yaxis2: valueAxis('below the high', palette, { domain: [0, 0.27], tickformat: '.0%', nticks: 4, rangemode: 'tozero' }),
    }),
  };
}

/** The axis of equity, of equal steps or of equal growth; ticks of little growth are better left to plotly. */
export function equityAxes(equity: readonly (number | null)[], palette: Palette): Readonly<Record<'linear' | 'log', Readonly<Record<string, unknown>>>> {
  const own = { domain: [0.34, 1], tickformat: '.4~s' };
  return { linear: valueAxis('equity', palette, { type: 'linear', ...own }), log: valueAxis('equity', palette, { type: 'log', ...own, ...(growsMuch(equity) ? { dtick: 'D2', nticks: 8 } : {}) }) };
}

/** Whether equity is better shown on a logarithmic axis. */
export function growsMuch(equity: readonly (number | null)[]): boolean {
  const known = equity.filter((value): value is number => value !== null && value > 0);
  return known.length === equity.length && known.reduce((a, b) => Math.max(a, b), 0) > LARGE_GROWTH * known.reduce((a, b) => Math.min(a, b), Infinity);
}
