import type { EvaluationFigure } from '../../evaluation/chart.js';
import type { Palette } from '../../palette.js';
import type { ReportSeries } from '../report-series.js';
import { lineTrace, timeLayout, valueAxis } from './time-chart.js';

/** Sharpe ratio of the past half year and year at each session, beside the benchmark's of a year; `null` before a window is full. */
export function rollingSharpeFigure({ sessions, rollingSharpe }: ReportSeries, palette: Palette): EvaluationFigure | null {
  const known = rollingSharpe.filter(({ values }) => values.some((value) => value !== null));
  if (known.length === 0) return null;
  const styles = [{ colour: palette.accent, width: 1, dash: 'dot' as const }, { colour: palette.accent, width: 2 }, { colour: palette.muted, width: 1.5 }];
  return {
    data: rollingSharpe.flatMap((line, i) => (known.includes(line) ? [lineTrace(line, sessions, { ...styles[i], format: '.2f' })] : [])),
    layout: timeLayout({ title: 'Sharpe ratio of the sessions before, annualized', palette, height: 320 }, { yaxis: valueAxis('Sharpe ratio', palette, { zeroline: true }) }),
  };
}
