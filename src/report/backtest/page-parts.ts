import type { EvaluationFigure } from '../evaluation/chart.js';
import { chartPair, chartPlace } from '../chart-place.js';
import { formatCount, formatNumber } from '../format.js';
import { html, type Html, type HtmlValue } from '../html.js';
import { nothing, section } from '../sections/section.js';
import { chartLegend } from './chart-legend.js';
import type { BacktestCharts } from './figures.js';
import type { BacktestReportInput } from './report-input.js';
import { drawdownTable } from './tables/drawdowns.js';
import { eventCounts, eventTable } from './tables/events.js';
import { exposureTable } from './tables/exposure.js';
import { monthHeat } from './tables/months.js';
import { benchmarkTable, factorTable, performanceTable } from './tables/performance.js';
import { positionTable } from './tables/positions.js';
import { textTable, type TextTable } from './tables/text-table.js';
import { exitTable, tradeTable } from './tables/trades.js';
import { unfilledTable } from './tables/unfilled.js';
import { tradeList } from './trades/trade-list.js';

/** Equity, its falls, and figures of the returns. */
export function equityPart(input: BacktestReportInput, { equity, rollingSharpe }: BacktestCharts, isLog: boolean): Html {
  const axis = html`<div class="switch screen-only" role="group" aria-label="Axis of equity">${(['linear', 'log'] as const).map((type) => html`<button type="button" data-switch="equity" data-value="${type}" aria-pressed="${String(isLog === (type === 'log'))}">${type === 'log' ? 'logarithmic' : 'linear'}</button>`)}</div>`;
  const note = `After costs. ${input.costsWords}${input.benchmark === null ? '' : ` The benchmark (${input.benchmark.name}) starts with the same equity and pays nothing.`}`;
  const falls = drawdownTable(input);
  const beside = [benchmarkTable(input), factorTable(input)].filter((table) => table !== null);
  return section('equity', 'Equity', note, [
    equity === null ? nothing('A single session: there is nothing to draw.') : place('equity', equity, axis),
    falls === null ? null : html`<h3>Deepest drawdowns</h3><div class="tight">${textTable(falls)}</div>`,
    html`<h3>Figures</h3><div class="pair tight few">${textTable(performanceTable(input))}${beside.length === 0 ? null : html`<div class="stack">${beside.map(textTable)}</div>`}</div>`,
    rollingSharpe === null ? html`<p class="remark">The run is too short for a Sharpe ratio that rolls over half a year.</p>` : place('rollingSharpe', rollingSharpe),
  ]);
}

/** Returns by month and by size. */
export function returnsPart(input: BacktestReportInput, { distribution }: BacktestCharts): Html {
  return section('returns', 'Returns', 'By calendar month in percent, compounded; the first and the last month may be parts of one.', [
    input.run.returns.length === 0 ? nothing('No returns yet.') : monthHeat(input), distribution === null ? null : place('distribution', distribution),
  ]);
}

/** How much was held, traded and paid. */
export function exposurePart(input: BacktestReportInput, { exposure, turnover }: BacktestCharts): Html {
  const left = exposure === null ? null : place('exposure', exposure);
  const right = turnover === null ? null : place('turnover', turnover);
  return section('exposure', 'Exposure and costs', null, [chartPair(left, right), factsPanel(exposureTable(input))]);
}

/** Closed trades: figures, what they ended for, points, and each of them. */
export function tradesPart({ run, figures }: BacktestReportInput, { holding, excursion }: BacktestCharts, pointsDrawn: number): Html {
  if (run.book === 'research') return section('trades', 'Trades', null, nothing('A research book holds weights of equity: it keeps no list of trades.'));
  if (run.trades.length === 0 || figures.trades === null) return section('trades', 'Trades', null, nothing('No trade was closed.'));
  const some = pointsDrawn < run.trades.length ? ` Charts of points show ${formatNumber(pointsDrawn)} of them, evenly by exit.` : '';
  const note = `${formatCount(run.trades.length, 'trade')} from nothing held to nothing held again, costs and dividends included.${some}`;
  return section('trades', 'Trades', note, [
    factsPanel(tradeTable(figures.trades)), html`<h3>What they ended for</h3><div class="tight">${textTable(exitTable(run.trades))}</div>`,
    chartPair(holding === null ? null : place('holding', holding), excursion === null ? null : place('excursion', excursion)),
    html`<h3>Each trade</h3>${tradeList(run.trades.length)}`,
  ]);
}

/** What is left at the end, what did not come to pass, and what companies did. */
export function remainderPart(input: BacktestReportInput): Html {
  const { run } = input;
  const listed = (title: string, table: TextTable | null, none: string): HtmlValue => html`<h3>${title}</h3>${table === null ? nothing(none) : html`<div class="tight">${textTable(table)}</div>`}`;
  const events = eventTable(run.events);
  const none = run.book === 'research' ? 'A research book does not keep them.' : 'None.';
  return section('rest', 'Left open', 'Orders of the last session are never filled.', [
    listed('Held at the last close', positionTable(input), 'Nothing is held.'),
    listed('Not filled', unfilledTable(run.unfilled), none),
    listed('Corporate actions', eventCounts(run.events), none), events === null ? null : html`<details class="more screen-only"><summary>Splits and delistings, the latest first</summary>${textTable(events)}</details>`,
  ]);
}

/** A table of names and figures as a list in columns. */
function factsPanel({ rows }: TextTable): Html {
  return html`<div class="panel facts-panel"><dl class="facts">${rows.map(([name, figure]) => html`<div><dt>${name}</dt><dd>${figure}</dd></div>`)}</dl></div>`;
}

/** A chart over the width of the page, or half of it in a pair. */
export function place(name: string, figure: EvaluationFigure, own: HtmlValue = null): Html {
  return chartPlace({ name, figure, beside: html`<div class="chart-head">${chartLegend(figure)}${own}</div>`, paper: 'wide' });
}
