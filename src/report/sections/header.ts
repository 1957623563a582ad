import type { RecommendationDocument } from '../../recommendation/recommendation.js';
import { formatCount, formatDate, formatDay, formatMoney, formatPercent, formatShortDate } from '../format.js';
import { html, type Html, type HtmlValue } from '../html.js';
import { modelVerdict } from '../model-words.js';
import { ACTION_ORDER, countOf, type PositionView } from '../position-view.js';
import { statementsLeft } from './caveats.js';

const PARTS: readonly (readonly [id: string, title: string])[] = [
  ['actions', 'What to do'], ['changes', 'Changes'], ['book', 'Book'], ['risk', 'Risk'], ['record', 'Record'], ['names', 'Names'], ['universe', 'Universe'], ['quality', 'Data'], ['model', 'Model'], ['features', 'Features'], ['left-out', 'Left out'], ['sources', 'Sources'],
];

/** The bar that stays on top: what this is, of when, and the way to each part. */
export function navigation(document: RecommendationDocument): Html {
  return html`<a class="skip" href="#main">Skip to the recommendations</a>
<nav class="bar" aria-label="Parts of this report"><div class="bar-inner">
<a class="brand" href="#top"><svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true" focusable="false"><path d="M2 14.5C5 14.5 5.5 5.5 9 5.5s3.5 6 9 -1"/></svg>swinglab</a>
<span class="bar-date">${formatShortDate(document.asOf)}</span>
<ul>${PARTS.map(([id, title]) => html`<li><a href="#${id}">${title}</a></li>`)}</ul>
</div></nav>
`;
}

/** When to act, how much there is to do, and how the portfolio stands. */
export function header(document: RecommendationDocument, views: readonly PositionView[]): Html {
  const trades = countOf(views, 'enter') + countOf(views, 'exit') + countOf(views, 'reduce');
  const lead = trades > 0 ? 'Act at the open of' : 'Nothing to trade at the open of';
  return html`<header class="masthead" id="top">
<p class="eyebrow">Evening recommendations <span aria-hidden="true">·</span> <span class="mono">${document.strategy}</span></p>
<h1><span class="lead">${lead}</span> <time datetime="${document.actOn}">${formatDate(document.actOn)}</time></h1>
<p class="summary">${summary(views)} Decided on what was known at the close of <time datetime="${document.asOf}">${formatDay(document.asOf)}</time>.${caveatsLink(document)}</p>
<p class="stands-on">${modelVerdict(document.model, document.network)}.</p>
${figures(document, views)}
</header>
`;
}

function summary(views: readonly PositionView[]): Html {
  if (views.length === 0) return html`No name is to be entered, held or exited.`;
  const counted = ACTION_ORDER.map((action) => ({ action, count: countOf(views, action) })).filter(({ action, count }) => action !== 'reduce' || count > 0);
  return html`<span class="counts">${counted.map(({ action, count }) => html`<span class="count ${action}"><strong>${count}</strong> to ${action}</span>`)}</span>`;
}

function caveatsLink(document: RecommendationDocument): Html | null {
  const count = statementsLeft(document).length;
  return count === 0 ? null : html` <a href="#caveats">${formatCount(count, 'thing')} to know before acting</a>`;
}

function figures({ portfolio }: RecommendationDocument, views: readonly PositionView[]): Html {
  const after = views.reduce((sum, view) => sum + view.recommendation.weight, 0);
  const atRisk = views.reduce((sum, view) => sum + view.atRisk, 0);
  const ofEquity = portfolio.equity > 0 ? `${formatPercent(portfolio.cash / portfolio.equity)} of equity` : null;
  return html`<dl class="figures">
${figure('Equity', formatMoney(portfolio.equity), `${formatCount(portfolio.positions, 'position')}`)}
${figure('Cash', formatMoney(portfolio.cash), ofEquity)}
${figure('Exposure', formatPercent(portfolio.grossExposure), 'of equity, at the close')}
${figure('After the actions', formatPercent(after), 'exposure at target weights')}
${figure('At risk to stops', formatPercent(atRisk, 2), 'of equity, before gaps')}
</dl>`;
}

/** One figure of a row of figures: its title, the number, and what it is of. */
export function figure(title: string, value: HtmlValue, note: HtmlValue): Html {
  return html`<div><dt>${title}</dt><dd class="value">${value}</dd>${note ? html`<dd class="note">${note}</dd>` : null}</div>
`;
}
