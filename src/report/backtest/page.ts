import type { IsoDate } from '../../core/dates.js';
import { untitled } from '../chart-place.js';
import { escapeJson, escapeScript } from '../escape.js';
import type { EvaluationFigure } from '../evaluation/chart.js';
import { EVALUATION_STYLE } from '../evaluation/style.js';
import { formatCount, formatShortDate } from '../format.js';
import { html, trusted, type Html } from '../html.js';
import { pageBar } from '../page-bar.js';
import { NONCE, pageHead } from '../page-head.js';
import { PAGE_SCRIPT } from '../page-script.js';
import { CSS_REFERENCES } from '../palette.js';
import { plotlySource } from '../plotly-source.js';
import { STYLE } from '../style.js';
import { backtestCharts, type BacktestCharts } from './figures.js';
import { equityAxes, growsMuch } from './figures/equity.js';
import { backtestHeader } from './header.js';
import { listedText } from './listed-text.js';
import { luckPart } from './luck-part.js';
import { equityPart, exposurePart, remainderPart, returnsPart, tradesPart } from './page-parts.js';
import type { BacktestReportInput } from './report-input.js';
import { reportSeries, type ReportSeries, type SeriesLine } from './report-series.js';
import { scoreCharts, scoresPart, type ScoreCharts } from './scores-part.js';
import { BACKTEST_STYLE } from './style.js';
import { SWITCH_SCRIPT } from './switch-script.js';
import { tradeData } from './trades/trade-data.js';
import { fillsByTrade } from './trades/trade-fills.js';
import { TRADE_LIST_SCRIPT } from './trades/trade-list-script.js';
import { tradeView, type TradeView } from './trades/trade-view.js';

/** Trades drawn as points at most. */
const MOST_POINTS = 2000;

const PARTS: readonly (readonly [id: string, title: string])[] = [['luck', 'Luck'], ['equity', 'Equity'], ['returns', 'Returns'], ['exposure', 'Exposure'], ['trades', 'Trades'], ['rest', 'Left open']];

/**
 * A backtest as a page that needs nothing else: what came of it, how much of that may be luck, equity, returns, exposure, every trade.
 *
 * The same input gives the same text.
 *
 * @returns an HTML document
 */
export function renderBacktestPage(input: BacktestReportInput): string {
  const views = tradeViews(input);
  const series = reportSeries(input);
  const charts = backtestCharts(input, { series, points: views, mostPoints: MOST_POINTS }, CSS_REFERENCES);
  const ofScores = scoreCharts(input.scores, CSS_REFERENCES);
  const isLog = growsMuch(series.equity[0].values);
  return html`<!doctype html>
<html lang="en">
${pageHead({ title: `Backtest of ${input.title}`, description: `What ${input.title} did over past sessions, and how much of it may be luck`, style: STYLE + EVALUATION_STYLE + BACKTEST_STYLE })}
<body class="evaluation-page backtest-page">
${navigation(input)}<div class="page">
${backtestHeader(input)}${caveats(input)}<main id="main">
${luckPart(input)}${equityPart(input, charts, isLog)}${returnsPart(input, charts)}${exposurePart(input, charts)}${tradesPart(input, charts, Math.min(views.length, MOST_POINTS))}${remainderPart(input)}${scoresPart(input.scores, ofScores)}</main>
</div>
${footer(input)}
${scripts({ ...charts, ...ofScores }, series)}${tradeScripts(input, views)}
</body>
</html>
`.markup;
}

function tradeViews({ run, prices }: BacktestReportInput): TradeView[] {
  const known = new Map([...new Set(run.trades.map(({ symbol }) => symbol))].map((symbol) => [symbol, prices(symbol)]));
  const fills = fillsByTrade(run.trades, run.fills);
  return run.trades.map((trade, i) => tradeView(trade, fills[i], known.get(trade.symbol) ?? null));
}

function navigation({ figures: { first, last }, scores }: BacktestReportInput): Html {
  return pageBar({ skip: 'Skip to the figures', when: `${formatShortDate(first)} to ${formatShortDate(last)}`, parts: scores === null ? PARTS : [...PARTS, ['scores', 'Scores']] });
}

function caveats({ caveats: texts }: BacktestReportInput): Html | null {
  if (texts.length === 0) return null;
  return html`<aside class="caveats" id="caveats" aria-labelledby="caveats-title"><h2 id="caveats-title">Before you believe it</h2><ul>${texts.map((text) => html`<li>${text}</li>`)}</ul></aside>`;
}

function footer({ run, figures, experiment, params, seed, generatedBy }: BacktestReportInput): Html {
  const facts: readonly (readonly [string, string])[] = [
    ['Book', run.book === 'cash' ? 'whole shares and cents' : 'weights, fractional shares'], ['Sessions', formatCount(figures.sessions, 'return')], ['Experiment', experiment], ['Seed', String(seed)],
    ...Object.entries(params).map(([name, value]) => [name, value === null ? 'none' : String(value)] as const),
  ];
  return html`<footer class="colophon"><dl>${facts.map(([title, value]) => html`<div><dt>${title}</dt><dd class="mono">${value}</dd></div>`)}</dl>
<p>Made by ${generatedBy}. The same data, configuration and seed make the same page. Figures of the past, not advice about the future.</p></footer>`;
}

/** Charts in the form that the page's script reads: without titles, and without sessions where they are those of the run. */
function scripts(charts: BacktestCharts & ScoreCharts, { sessions, equity }: ReportSeries): Html {
  const found = (Object.entries(charts) as [string, EvaluationFigure | null][]).flatMap(([name, figure]) => (figure === null ? [] : [[name, { ...pageChart(figure, sessions), ...(name === 'equity' ? { variants: axisVariants(equity[0]) } : {}) }] as const]));
  const plotly = found.length > 0 ? html`<script nonce="${NONCE}">${trusted(escapeScript(plotlySource()))}</script>` : null;
  return html`<script type="application/json" id="charts">${trusted(escapeJson({ sessions: [sessions], layout: {}, traces: {}, charts: Object.fromEntries(found) }))}</script>
${plotly}
<script nonce="${NONCE}">${trusted(PAGE_SCRIPT)}</script>
<script nonce="${NONCE}">${trusted(SWITCH_SCRIPT)}</script>
`;
}

function pageChart({ data, layout }: EvaluationFigure, sessions: readonly IsoDate[]): object {
  const wide = { ...untitled(layout), showlegend: false };
  const narrow = { ...wide, margin: { ...wide.margin, l: 44, r: 8 } };
  const traces = data.map(({ x, ...trace }) => (x === sessions ? trace : { ...trace, x }));
  return { sessions: 0, whole: true, data: traces, wide, narrow };
}

function axisVariants({ values }: SeriesLine): object {
  const { linear, log } = equityAxes(values, CSS_REFERENCES);
  return { linear: { yaxis: linear }, log: { yaxis: log } };
}

/** Trades and what lists them; nothing without trades. */
function tradeScripts({ levels, companies = new Map(), listed }: BacktestReportInput, views: readonly TradeView[]): Html | null {
  if (views.length === 0) return null;
  const data = tradeData({ views, companies, levels: ({ trade }) => levels?.(trade.symbol, trade.entrySession) ?? null, nameOf: ({ symbol, entrySession }) => listedText(symbol, entrySession, listed) });
  return html`<script type="application/json" id="trades-data">${trusted(escapeJson(data))}</script>
<script nonce="${NONCE}">${trusted(TRADE_LIST_SCRIPT)}</script>`;
}
