import type { Reason, RecommendationDocument } from '../../recommendation/recommendation.js';
import { anchor } from '../escape.js';
import { formatCount, formatNumber, formatPercent, formatPrice, formatShortDate, formatSignedPercent, formatValue, MISSING } from '../format.js';
import { html, type Html, type HtmlValue } from '../html.js';
import { rangeBar, rangeScale, type RangeScale } from '../inline-svg.js';
import type { PositionView } from '../position-view.js';
import { actionBadge, renamed } from './badge.js';
import { cardNeighbours } from './card-neighbours.js';
import { cardFeatures } from './card-features.js';
import { nothing, section } from './section.js';

/** One card a name: chart with levels, numbers, every reason, features. */
export function nameCards({ intervalCoverage, features: { members } }: RecommendationDocument, views: readonly PositionView[]): Html {
  const scale = rangeScale(views.map((view) => view.recommendation.interval));
  const note = views.length > 0 ? `Daily bars with volume. Lines: entry or price paid, stop, target. Cone: expected return and its ${formatPercent(intervalCoverage, 0)} interval from the next open.` : null;
  const body = views.length > 0 ? views.map((view) => card(view, scale, members)) : nothing('No names to show.');
  return section('names', 'Names', note, body);
}

function card(view: PositionView, scale: RangeScale, members: number): Html {
  const { recommendation: one } = view;
  const id = anchor('name', one.symbol);
  return html`<article class="card" id="${id}" aria-labelledby="${id}-title">
<header><h3 id="${id}-title"><span class="symbol">${one.listedSymbol}</span>${renamed(one)} <span class="company">${one.name ?? ''}</span></h3>${actionBadge(one.action)}<p class="sector">${one.sector ?? 'Sector unknown'}</p><p class="last">${lastPrice(view)}</p></header>
<div class="card-body">
${chart(view)}
<div class="card-side">
${facts(view, scale)}
<h4>Reasons</h4>
${one.reasons.length > 0 ? html`<ol class="reasons">${one.reasons.map(reason)}</ol>` : nothing('No reasons were recorded.')}
${cardNeighbours(one.neighbours)}</div>
${cardFeatures(one.features, members)}</div>
</article>
`;
}

function lastPrice({ close, sincePaid }: PositionView): Html {
  if (close === null) return html`<span class="unknown">no close</span>`;
  const change = sincePaid === null ? null : html` <span class="${sincePaid < 0 ? 'loss' : 'gain'}">${formatSignedPercent(sincePaid)} since paid</span>`;
  return html`<span class="price">${formatPrice(close)}</span>${change}`;
}

function chart({ recommendation: one, bars }: PositionView): Html {
  if (bars === null) return html`<div class="chart-missing">${nothing('No bars to draw.')}</div>`;
  const lows = bars.low.filter((value) => value !== null);
  const highs = bars.high.filter((value) => value !== null);
  const range = lows.length > 0 && highs.length > 0 ? `Low ${formatPrice(Math.min(...lows))} and high ${formatPrice(Math.max(...highs))} in` : 'Closes of';
  const text = `${range} the ${formatCount(bars.sessions.length, 'session')} from ${formatShortDate(bars.sessions[0])} to ${formatShortDate(bars.sessions.at(-1)!)}.`;
  return html`<figure class="chart-frame"><div class="chart" data-chart="${one.symbol}" role="img" aria-label="Candlestick chart of ${one.listedSymbol}. ${text}"><noscript>The chart needs scripts; its levels stand beside it.</noscript></div><figcaption>${text}</figcaption></figure>`;
}

function facts(view: PositionView, scale: RangeScale): Html {
  const { recommendation: one } = view;
  const leaving = one.action === 'exit';
  const beside = (text: string): Html => html`<span class="second">${text}</span>`;
  return html`<dl class="facts">
${fact(one.action === 'enter' ? 'Entry' : 'Paid', formatPrice(one.entry))}${fact('Weight', html`${formatPercent(one.weight)} ${beside(`${formatNumber(one.shares)} sh`)}`)}
${leaving ? null : html`${fact('Stop', html`${formatPrice(one.stop)} ${beside(formatSignedPercent(view.stopDistance))}`, 'stop')}${fact('At risk', html`${formatPercent(view.atRisk, 2)} ${beside('of equity')}`)}
${fact('Target', html`${formatPrice(one.target)} ${beside(formatSignedPercent(view.targetDistance))}`, 'target')}${fact('Reward to risk', view.rewardToRisk === null ? MISSING : `${formatNumber(view.rewardToRisk, 1)} : 1`)}
${fact(`Expected in ${formatCount(one.horizon, 'session')}`, expectedText(view, scale), 'outlook')}`}
</dl>`;
}

function fact(title: string, value: HtmlValue, kind = ''): Html {
  return html`<div class="${kind}"><dt>${title}</dt><dd>${value}</dd></div>
`;
}

function expectedText({ recommendation: { expectedReturn, interval } }: PositionView, scale: RangeScale): HtmlValue {
  if (expectedReturn === null) return html`<span class="unknown">not enough history</span>`;
  if (interval === null) return formatSignedPercent(expectedReturn);
  return html`${rangeBar(expectedReturn, interval, scale)}<span>${formatSignedPercent(expectedReturn)} <span class="second">${formatSignedPercent(interval[0])} to ${formatSignedPercent(interval[1])}</span></span>`;
}

function reason({ code, text, values }: Reason): Html {
  const pairs = Object.entries(values);
  return html`<li><p>${text} <code class="code">${code}</code></p>${pairs.length > 0 ? html`<dl class="values">${pairs.map(([name, value]) => html`<div><dt>${name}</dt><dd>${formatValue(value)}</dd></div>`)}</dl>` : null}</li>
`;
}
