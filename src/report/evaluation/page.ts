import type { ScoreEvaluation } from '../../evaluation/score-evaluation.js';
import { chartPair as pair, chartPlace, untitled } from '../chart-place.js';
import { escapeJson, escapeScript } from '../escape.js';
import { formatCount, formatNumber, formatPercent, formatShortDate, formatSignedPercent, MISSING } from '../format.js';
import { html, trusted, type Html } from '../html.js';
import { pageBar } from '../page-bar.js';
import { NONCE, pageHead } from '../page-head.js';
import { PAGE_SCRIPT } from '../page-script.js';
import { CSS_REFERENCES } from '../palette.js';
import { plotlySource } from '../plotly-source.js';
import { nothing, section } from '../sections/section.js';
import { STYLE } from '../style.js';
import { evaluationFigures, type EvaluationFigures } from './figures.js';
import { EVALUATION_STYLE } from './style.js';
import { changeTable, coverageTable, decayTable, figuresTable, quantileTable, sectorTable, yearTable } from './tables.js';
import { evaluationWords, leftOutWords } from './words.js';

/** What an evaluation is of. */
export interface EvaluationPageMeta {
  readonly title: string;
  /** What was to be foretold, in words. */
  readonly label: string;
  /** What made the scores: parameters and their values. */
  readonly params?: Readonly<Record<string, string | number | boolean | null>>;
  readonly seed?: number;
  /** What a reader must know before believing: survivors only, sectors as last known. */
  readonly caveats?: readonly string[];
  /** What made the page, e.g. `swinglab 0.1.0`. */
  readonly generatedBy: string;
}

const PARTS: readonly (readonly [id: string, title: string])[] = [['figures', 'Figures'], ['time', 'Over time'], ['quantiles', 'Quantiles'], ['decay', 'Decay'], ['sectors', 'Sectors'], ['change', 'Change'], ['left-out', 'Left out']];

/**
 * What scores were worth, as a page that needs nothing else: a paragraph, tables, charts, and what was left out.
 *
 * The same input gives the same text.
 *
 * @returns an HTML document
 */
export function renderEvaluationPage(evaluation: ScoreEvaluation, meta: EvaluationPageMeta): string {
  const figures = evaluationFigures(evaluation, CSS_REFERENCES);
  return html`<!doctype html>
<html lang="en">
${pageHead({ title: `Evaluation of ${meta.title}`, description: `What the scores of ${meta.title} were worth`, style: STYLE + EVALUATION_STYLE })}
<body class="evaluation-page">
${navigation(evaluation)}<div class="page">
${header(evaluation, meta)}${caveats(meta.caveats ?? [])}<main id="main">
${parts(evaluation, figures)}</main>
</div>
${footer(evaluation, meta)}
${scripts(figures)}
</body>
</html>
`.markup;
}

function parts(evaluation: ScoreEvaluation, figures: EvaluationFigures): readonly Html[] {
  const { horizon, coverage } = evaluation;
  const overlap = `Labels of neighbouring sessions overlap over ${formatCount(horizon, 'session')}; t and intervals take that into account.`;
  return [
    section('figures', 'Figures', overlap, figuresTable(evaluation)),
    section('time', 'Over time', null, [chart('rankIc', figures), pair(chart('byYear', figures), chart('monthly', figures)), yearTable(evaluation)]),
    section('quantiles', 'Quantiles', 'Names by quantile of their score on each session; means of sessions count alike.', [pair(chart('quantiles', figures), chart('spread', figures)), quantileTable(evaluation)]),
    section('decay', 'Decay', 'The same scores against labels of other horizons.', [chart('decay', figures), decayTable(evaluation)]),
    section('sectors', 'Sectors', 'Names compared within their sector only. Sectors are as last known.', [chart('bySector', figures), sectorTable(evaluation)]),
    section('change', 'Change', 'What trading on the scores would have to move.', changeTable(evaluation)),
    ...(coverage === null ? [] : [section('coverage', 'Coverage', 'Whether raw returns lay where they were expected.', coverageTable(evaluation))]),
    section('left-out', 'Left out', null, leftOut(evaluation)),
  ];
}

function navigation({ first, last }: ScoreEvaluation): Html {
  return pageBar({ skip: 'Skip to the figures', when: first === null || last === null ? 'no sessions' : `${formatShortDate(first)} to ${formatShortDate(last)}`, parts: PARTS });
}

function header(evaluation: ScoreEvaluation, { title, label }: EvaluationPageMeta): Html {
  const { rankIc, quantiles, sessions, names, horizon, change } = evaluation;
  const daily = change.find(({ lag }) => lag === 1)?.turnover ?? null;
  const number = (value: number | null, digits: number): string => (value === null ? MISSING : formatNumber(value, digits));
  return html`<header class="masthead" id="top">
<p class="eyebrow">Evaluation <span aria-hidden="true">·</span> ${label}</p>
<h1><span class="lead">What the scores were worth of</span> ${title}</h1>
<p class="summary">${evaluationWords(evaluation)}</p>
<dl class="figures">
${figure('Rank IC', number(rankIc.mean, 4), `ICIR ${number(rankIc.icir, 3)} a session`)}
${figure('Newey–West t', number(rankIc.t, 2), `${formatCount(horizon, 'lag')}`)}
${figure('Top less bottom', quantiles.spread.return.mean === null ? MISSING : formatSignedPercent(quantiles.spread.return.mean, 2), `over ${formatCount(horizon, 'session')}, before costs`)}
${figure('Sessions', formatNumber(sessions.length), names.mean === null ? 'none evaluated' : `${formatNumber(names.mean, 0)} names a session, at least ${formatNumber(names.min!)}`)}
${figure('Turnover', daily === null ? MISSING : formatPercent(daily, 0), 'of the top quantile a session')}
</dl>
</header>
`;
}

function figure(title: string, value: string, note: string): Html {
  return html`<div><dt>${title}</dt><dd class="value">${value}</dd><dd class="note">${note}</dd></div>
`;
}

function caveats(texts: readonly string[]): Html | null {
  if (texts.length === 0) return null;
  return html`<section class="caveats" aria-labelledby="caveats-title"><h2 id="caveats-title">Before you believe it</h2><ul>${texts.map((text) => html`<li>${text}</li>`)}</ul></section>`;
}

function chart(name: keyof EvaluationFigures, figures: EvaluationFigures): Html | null {
  const figure = figures[name];
  return figure === null ? null : chartPlace({ name, figure });
}

function leftOut(evaluation: ScoreEvaluation): Html {
  const reasons = leftOutWords(evaluation);
  return reasons.length === 0 ? nothing('Every session counts.') : html`<ul class="remarks">${reasons.map((reason) => html`<li>${reason}</li>`)}</ul>`;
}

function footer({ minNames, horizon, quantiles }: ScoreEvaluation, { params = {}, seed, label, generatedBy }: EvaluationPageMeta): Html {
  const facts: readonly (readonly [string, string])[] = [
    ['Label', label], ['Held', formatCount(horizon, 'session')], ['Quantiles', String(quantiles.count)], ['Names at least', String(minNames)],
    ...(seed === undefined ? [] : [['Seed', String(seed)] as const]), ...Object.entries(params).map(([name, value]) => [name, String(value)] as const),
  ];
  return html`<footer class="colophon"><dl>${facts.map(([title, value]) => html`<div><dt>${title}</dt><dd class="mono">${value}</dd></div>`)}</dl>
<p>Made by ${generatedBy}. The same data, configuration and seed make the same page. Figures of the past, not advice about the future.</p></footer>`;
}

/** Charts in the form that the page's script reads, without their titles. */
function scripts(figures: EvaluationFigures): Html {
  const charts = (Object.keys(figures) as (keyof EvaluationFigures)[]).flatMap((name) => {
    const found = figures[name];
    if (found === null) return [];
    const layout = untitled(found.layout);
    return [[name, { sessions: 0, data: found.data, wide: layout, narrow: layout }] as const];
  });
  const plotly = charts.length > 0 ? html`<script nonce="${NONCE}">${trusted(escapeScript(plotlySource()))}</script>` : null;
  return html`<script type="application/json" id="charts">${trusted(escapeJson({ sessions: [], layout: {}, traces: {}, charts: Object.fromEntries(charts) }))}</script>
${plotly}
<script nonce="${NONCE}">${trusted(PAGE_SCRIPT)}</script>`;
}
