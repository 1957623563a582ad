import type { EvaluationFigure } from '../evaluation/chart.js';
import { LIGHT, type Palette } from '../palette.js';
import { distributionFigure } from './figures/distribution.js';
import { equityFigure } from './figures/equity.js';
import { exposureFigure } from './figures/exposure.js';
import { rollingSharpeFigure } from './figures/rolling-sharpe.js';
import { excursionFigure, holdingFigure, thinTrades, type TradePoint } from './figures/trades.js';
import { turnoverFigure } from './figures/turnover.js';
import type { BacktestReportInput } from './report-input.js';
import type { ReportSeries } from './report-series.js';

/** Charts of a backtest; `null` where there is nothing to draw. */
export interface BacktestCharts {
  readonly equity: EvaluationFigure | null;
  readonly rollingSharpe: EvaluationFigure | null;
  readonly distribution: EvaluationFigure | null;
  readonly exposure: EvaluationFigure | null;
  readonly turnover: EvaluationFigure | null;
  readonly holding: EvaluationFigure | null;
  readonly excursion: EvaluationFigure | null;
}

export interface ChartContent {
  readonly series: ReportSeries;
  readonly points: readonly TradePoint[];
  /** Trades drawn as points at most. */
  readonly mostPoints: number;
}

/** What a backtest did as plotly charts, in the colours of `palette` (`LIGHT` unless given): plain JSON. */
export function backtestCharts({ run, figures }: Pick<BacktestReportInput, 'run' | 'figures'>, { series, points, mostPoints }: ChartContent, palette: Palette = LIGHT): BacktestCharts {
  const drawn = thinTrades(points, mostPoints);
  return {
    equity: equityFigure(series, palette),
    rollingSharpe: rollingSharpeFigure(series, palette),
    distribution: distributionFigure(run.returns, figures.performance, palette),
    exposure: exposureFigure(series, palette),
    turnover: turnoverFigure(run, palette),
    holding: holdingFigure(drawn, palette),
    excursion: excursionFigure(drawn, palette),
  };
}
