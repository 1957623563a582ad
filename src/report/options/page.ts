import { DEALER_WORDS } from '../../options/intelligence/dealer-words.js';
import { chartPair, chartPlace, untitled } from '../chart-place.js';
import { escapeJson, escapeScript } from '../escape.js';
import type { EvaluationFigure } from '../evaluation/chart.js';
import { EVALUATION_STYLE } from '../evaluation/style.js';
import { formatCount, formatPercent, formatShortDate } from '../format.js';
import { html, trusted, type Html } from '../html.js';
import { pageBar } from '../page-bar.js';
import { NONCE, pageHead } from '../page-head.js';
import { PAGE_SCRIPT } from '../page-script.js';
import { CSS_REFERENCES } from '../palette.js';
import { plotlySource } from '../plotly-source.js';
import { nothing, section } from '../sections/section.js';
import { STYLE } from '../style.js';
import type { ChainView } from './chain-view.js';
import { chainFigures, type ChainFigures } from './figures.js';
import { SMILE_COLOURS } from './figures/volatility-figures.js';
import { chainHeader } from './header.js';
import { OPTIONS_STYLE } from './style.js';
import { featureTable, leftOutTable, signalTable } from './tables.js';
import { chainCaveats, qualityWords } from './words.js';

export interface OptionsPageInput {
  readonly view: ChainView;
  /** What made the page, e.g. `swinglab 0.1.0`. */
  readonly generatedBy: string;
}

/** Pixels of a plot on a phone. */
const NARROW = 250;

const PARTS: readonly (readonly [id: string, title: string])[] = [['signals', 'Signals'], ['gamma', 'Gamma'], ['open-interest', 'Open interest'], ['volatility', 'Volatility'], ['features', 'Features'], ['left-out', 'Left out']];

/**
 * One underlying's options of one session as a page that needs nothing else: figures, signals, exposure, open interest, volatility, features,
 * and what was left out.
 *
 * The same input gives the same text.
 *
 * @returns an HTML document
 */
export function renderOptionsPage({ view, generatedBy }: OptionsPageInput): string {
  const { underlying, session } = view;
  const wide = chainFigures(view, { palette: CSS_REFERENCES, width: 1100 });
  return html`<!doctype html>
<html lang="en">
${pageHead({ title: `Options of ${underlying} on ${session}`, description: `What the option chain of ${underlying} told at the close of ${session}`, style: STYLE + EVALUATION_STYLE + OPTIONS_STYLE })}
<body class="evaluation-page options-page">
${pageBar({ skip: 'Skip to the signals', when: formatShortDate(session), parts: PARTS })}<div class="page">
${chainHeader(view)}${caveats(view)}<main id="main">
${parts(view, wide)}</main>
</div>
${footer(view, generatedBy)}
${scripts(wide, chainFigures(view, { palette: CSS_REFERENCES, width: NARROW }))}
</body>
</html>
`.markup;
}

function caveats(view: ChainView): Html {
  return html`<aside class="caveats" aria-labelledby="caveats-title"><h2 id="caveats-title">Before you believe it</h2><ul>${chainCaveats(view).map((text) => html`<li>${text}</li>`)}</ul></aside>`;
}

function parts(view: ChainView, figures: ChainFigures): readonly Html[] {
  const { signals, features, dealers } = view;
  const known = features.filter(({ value }) => value !== null).length;
  return [
    section('signals', 'Signals', 'Readings by rules, not forecasts: strength from −1 to 1, confidence by how much is known.', signalTable(signals)),
    section('gamma', 'Gamma exposure', `Dealers taken to be ${DEALER_WORDS[dealers]}; quote currency a move of one percent.`, whole(['gammaProfile', 'gammaByStrike'], figures, 'No contract has both open interest and a volatility.')),
    section('open-interest', 'Open interest', 'Strikes within 25% of the price; settled the session before.', whole(['openInterest'], figures, 'No contract near the price is open.')),
    section('volatility', 'Implied volatility', 'Out-of-the-money contracts by the forward of their expiry.', volatilityPart(view, figures)),
    section('features', 'Features', `${known} of ${formatCount(features.length, 'feature')} have a value.`, featureTable(features)),
    section('left-out', 'What was left out', qualityWords(view), leftOutTable(view)),
  ];
}

function whole(names: readonly (keyof ChainFigures)[], figures: ChainFigures, none: string): readonly Html[] {
  const drawn = names.flatMap((name) => chart(name, figures) ?? []);
  return drawn.length === 0 ? [nothing(none)] : drawn;
}

function volatilityPart(view: ChainView, figures: ChainFigures): readonly Html[] {
  if (figures.smile === null && figures.termStructure === null) return [nothing('No expiry has enough prices for a smile.')];
  return [html`${chartPair(chart('smile', figures, smileKey(view)), chart('termStructure', figures))}`, ...(figures.history === null ? [] : whole(['history'], figures, ''))];
}

function chart(name: keyof ChainFigures, figures: ChainFigures, beside: Html | null = null): Html | null {
  const figure = figures[name];
  return figure === null ? null : chartPlace({ name, figure, beside, paper: 'wide' });
}

/** Which expiry has which colour, and how well its curve fits. */
function smileKey({ panel: { smiles } }: ChainView): Html {
  return html`<ul class="smile-key">${smiles.map(({ days, kind, points, rmsError }, i) => html`<li><i style="background:${CSS_REFERENCES[SMILE_COLOURS[i % SMILE_COLOURS.length]]}"></i><b>${formatCount(days, 'day')}</b> ${kind === 'svi' ? 'SVI' : 'spline'} through ${formatCount(points, 'contract')}, off by ${formatPercent(rmsError, 2)}</li>`)}</ul>`;
}

function footer({ underlying, session, dealers, rate, source }: ChainView, generatedBy: string): Html {
  const facts: readonly (readonly [string, string])[] = [['Underlying', underlying], ['Session', session], ['Dealers', dealers], ['Rate', formatPercent(rate.value, 2)], ['Licence', source.licence]];
  return html`<footer class="colophon"><dl>${facts.map(([title, value]) => html`<div><dt>${title}</dt><dd class="mono">${value}</dd></div>`)}</dl>
<p>Made by ${generatedBy}. The same data, configuration and code make the same page. Research output, not investment advice.</p></footer>`;
}

/** Charts in the form that the page's script reads: titles stand in the page. */
function scripts(wide: ChainFigures, narrow: ChainFigures): Html {
  const charts = (Object.keys(wide) as (keyof ChainFigures)[]).flatMap((name) => {
    const [onDesk, onPhone] = [wide[name], narrow[name]];
    return onDesk === null || onPhone === null ? [] : [[name, { sessions: 0, whole: true, data: onDesk.data, wide: pageLayout(onDesk), narrow: pageLayout(onPhone, { l: 44, r: 10 }) }] as const];
  });
  const plotly = charts.length > 0 ? html`<script nonce="${NONCE}">${trusted(escapeScript(plotlySource()))}</script>` : null;
  return html`<script type="application/json" id="charts">${trusted(escapeJson({ sessions: [], layout: {}, traces: {}, charts: Object.fromEntries(charts) }))}</script>
${plotly}
<script nonce="${NONCE}">${trusted(PAGE_SCRIPT)}</script>`;
}

/** Without the title, whose room the labels of levels keep. */
function pageLayout({ layout }: EvaluationFigure, margin: object = {}): object {
  const bare = untitled(layout);
  const { t } = layout['margin'] as { readonly t: number };
  return { ...bare, margin: { ...bare.margin, t: Math.max(12, t - 32), ...margin } };
}
