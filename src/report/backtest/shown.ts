import type { EvaluationFigure } from '../evaluation/chart.js';
import { quantileFigure } from '../evaluation/bar-figures.js';
import { rankIcFigure } from '../evaluation/rank-ic-figure.js';
import { LIGHT } from '../palette.js';
import { backtestCharts } from './figures.js';
import type { BacktestReportInput } from './report-input.js';
import { reportSeries, thinSeries } from './report-series.js';
import { drawdownTable } from './tables/drawdowns.js';
import { exposureTable } from './tables/exposure.js';
import { luckTable, stepwiseTable } from './tables/luck.js';
import { monthTable } from './tables/months.js';
import { benchmarkTable, factorTable, performanceTable } from './tables/performance.js';
import { positionTable } from './tables/positions.js';
import type { TextTable } from './tables/text-table.js';
import { exitTable, tradeTable } from './tables/trades.js';
import { unfilledTable } from './tables/unfilled.js';

/** A table as `show` and the command line print it. */
export interface BacktestTable {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Points of a line in a notebook at most, beside the turning points of drawdowns: what a notebook keeps is stored with it. */
const NOTEBOOK_POINTS = 320;
const NOTEBOOK_TRADES = 400;

/** The tables of a backtest as text, luck first. */
export function backtestTables(input: BacktestReportInput): BacktestTable[] {
  const { run, figures } = input;
  const tables: (TextTable | null)[] = [
    luckTable(input), stepwiseTable(input), performanceTable(input), benchmarkTable(input), factorTable(input), monthTable(input), drawdownTable(input), exposureTable(input),
    figures.trades === null ? null : tradeTable(figures.trades), run.trades.length === 0 ? null : exitTable(run.trades), positionTable(input), unfilledTable(run.unfilled),
  ];
  return tables.filter((table) => table !== null).map(({ caption, columns, rows }) => ({ caption, columns: columns.map(([name]) => name), rows }));
}

/** The charts of a backtest for a notebook: fewer points, the turning points of drawdowns among them. */
export function notebookFigures(input: BacktestReportInput): EvaluationFigure[] {
  const { run, figures, scores } = input;
  const turning = figures.performance.worstDrawdowns.flatMap(({ peak, trough, recovery }) => [peak, trough, ...(recovery === null ? [] : [recovery])]);
  const series = thinSeries(reportSeries(input), NOTEBOOK_POINTS, turning);
  const charts = backtestCharts(input, { series, points: run.trades.map((trade) => ({ trade, worst: null })), mostPoints: NOTEBOOK_TRADES });
  const ofScores = scores === null ? [] : [quantileFigure(scores, LIGHT), scores.sessions.length <= NOTEBOOK_POINTS ? rankIcFigure(scores, LIGHT) : null];
  return [...Object.values(charts) as (EvaluationFigure | null)[], ...ofScores].filter((figure) => figure !== null);
}
