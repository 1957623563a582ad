import type { EvaluationFigure } from '../../evaluation/chart.js';
import type { Palette } from '../../palette.js';
import type { ReportSeries } from '../report-series.js';
import { lineTrace, timeLayout, valueAxis } from './time-chart.js';

/** Value held as a fraction of equity at each close, and names held; `null` for a single session. */
export function exposureFigure({ sessions, gross, net, names }: ReportSeries, palette: Palette): EvaluationFigure | null {
  if (sessions.length < 2) return null;
  const isLongOnly = gross.every((value, t) => value === net[t]);
  const held = lineTrace({ name: isLongOnly ? 'Held' : 'Long and short together', values: gross }, sessions, { colour: palette.accent, width: 1, format: '.1%' }, { fill: 'tozeroy', fillcolor: palette.accentSoft });
  return {
    data: [
      held, ...(isLongOnly ? [] : [lineTrace({ name: 'Long less short', values: net }, sessions, { colour: palette.caution, width: 1.25, format: '.1%' })]),
      lineTrace({ name: 'Names', values: names }, sessions, { colour: palette.muted, width: 1.25, format: ',.0f' }, { yaxis: 'y2', showlegend: false, line: { color: palette.muted, width: 1.25, shape: 'hv' } }),
    ],
    layout: timeLayout({ title: 'Value held as a share of equity, and names held', palette, height: 340 }, {
      showlegend: !isLongOnly, yaxis: valueAxis('share of equity', palette, { domain: [0.4, 1], tickformat: '.0%', rangemode: 'tozero', nticks: 5 }), yaxis2: valueAxis('names', palette, { domain: [0, 0.3], rangemode: 'tozero', nticks: 4 }),
    }),
  };
}
