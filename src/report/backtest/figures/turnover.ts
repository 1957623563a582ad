import type { BacktestRun } from '../../../backtest/backtest-run.js';
import { fromEpochDay } from '../../../core/dates.js';
import { drawn, type EvaluationFigure } from '../../evaluation/chart.js';
import type { Palette } from '../../palette.js';
import { lineTrace, timeLayout, valueAxis } from './time-chart.js';

/** Sessions from which turnover is told by month. */
const BY_MONTH = 130;

interface Span {
  /** Its first day. */
  readonly start: string;
  turnover: number;
  /** Of all sessions up to its end, quote currency. */
  costsSoFar: number;
}

/** What was bought and sold, by month (by session in a short run), and below it what that has cost so far; `null` where nothing was traded. */
export function turnoverFigure({ sessions, turnover, costs }: Pick<BacktestRun, 'sessions' | 'turnover' | 'costs'>, palette: Palette): EvaluationFigure | null {
  if (turnover.every((value) => !(value > 0))) return null;
  const byMonth = sessions.length >= BY_MONTH;
  const spans = spansOf({ sessions, turnover, costs }, byMonth);
  const x = spans.map(({ start }) => start);
  const format = byMonth ? '%b %Y' : '%-d %b %Y';
  const { xaxis, ...layout } = timeLayout({ title: `Bought and sold ${byMonth ? 'by month' : 'by session'} as a share of equity, and costs so far`, palette, height: 340 }, {
    showlegend: false, bargap: 0.25, yaxis: valueAxis('share of equity', palette, { domain: [0.44, 1], tickformat: '.0%', rangemode: 'tozero', nticks: 5 }), yaxis2: valueAxis('costs so far', palette, { domain: [0, 0.34], tickformat: '.3~s', rangemode: 'tozero', nticks: 4 }),
  });
  return {
    data: [
      { type: 'bar', name: 'Turnover', x, y: spans.map((span) => drawn(span.turnover)), marker: { color: palette.accent, opacity: 0.7, line: { width: 0 } }, hovertemplate: 'turnover %{y:.1%}<extra></extra>' },
      lineTrace({ name: 'Costs so far', values: spans.map(({ costsSoFar }) => costsSoFar) }, x, { colour: palette.down, width: 1.5, format: ',.0f' }, { yaxis: 'y2' }),
    ],
    layout: { ...layout, xaxis: { ...(xaxis as object), hoverformat: format } },
  };
}

function spansOf({ sessions, turnover, costs }: Pick<BacktestRun, 'sessions' | 'turnover' | 'costs'>, byMonth: boolean): Span[] {
  const spans: Span[] = [];
  let costsSoFar = 0;
  sessions.forEach((day, t) => {
    const session = fromEpochDay(day);
    const start = byMonth ? `${session.slice(0, 7)}-01` : session;
    if (spans.at(-1)?.start !== start) spans.push({ start, turnover: 0, costsSoFar: 0 });
    const span = spans[spans.length - 1];
    span.turnover += turnover[t];
    span.costsSoFar = costsSoFar += costs[t];
  });
  return spans;
}
