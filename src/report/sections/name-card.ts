import type { Reason } from '../../recommendation/recommendation.js';
import { anchor } from '../escape.js';
import { formatCount, formatNumber, formatPercent, formatPrice, formatShortDate, formatSignedPercent, formatValue, MISSING } from '../format.js';
import { html, type Html, type HtmlValue } from '../html.js';
import type { PositionView } from '../position-view.js';
import { actionBadge } from './badge.js';
import { nothing, section } from './section.js';

/** Pixels of each chart; its box is kept free before it is drawn, so that nothing moves. */
export const CHART_HEIGHT = 340;

/** One card a name: chart with levels, numbers, every reason. */
export function nameCards(views: readonly PositionView[]): Html {
  const note = views.length > 0 ? 'Daily bars with volume. Lines: entry or price paid, stop, target. Cone: expected return and its 80 % interval from the next open.' : null;
  const body = views.length > 0 ? views.map(card) : nothing('No names to show.');
  return section('names', 'Names', note, body);
}

function card(view: PositionView): Html {
  const { recommendation: one } = view;
  const id = anchor('name', one.symbol);
  return html`<article class="card" id="${id}" aria-labelledby="${id}-title">
<header><h3 id="${id}-title"><span class="symbol">${one.symbol}</span> <span class="company">${one.name ?? ''}</span></h3>${actionBadge(one.action)}<p class="sector">${one.sector ?? 'Sector unknown'}</p><p class="last">${lastPrice(view)}</p></header>
<div class="card-body">
${chart(view)}
<div class="card-side">
${facts(view)}
<h4>Reasons</h4>
${one.reasons.length > 0 ? html`<ol class="reasons">${one.reasons.map(reason)}</ol>` : nothing('No reasons were recorded.')}
</div>
</div>
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
  const range = lows.length > 0 && highs.length > 0 ? `, between ${formatPrice(Math.min(...lows))} and ${formatPrice(Math.max(...highs))}` : '';
  const text = `${one.symbol}: ${formatCount(bars.sessions.length, 'session')} from ${formatShortDate(bars.sessions[0]!)} to ${formatShortDate(bars.sessions.at(-1)!)}${range}`;
  return html`<figure class="chart-frame"><div class="chart" data-chart="${one.symbol}" role="img" aria-label="Candlestick chart, ${text}"><noscript>The chart needs scripts; its levels stand beside it.</noscript></div><figcaption>${text}.</figcaption></figure>`;
}

function facts(view: PositionView): Html {
  const { recommendation: one } = view;
  const leaving = one.action === 'exit';
  const signed = (fraction: number): Html => html`<span class="second">${formatSignedPercent(fraction)}</span>`;
  const horizon = formatCount(one.horizon, 'session');
  return html`<dl class="facts">
${fact(one.action === 'enter' ? 'Entry' : 'Paid', formatPrice(one.entry))}
${leaving ? null : fact('Stop', html`${formatPrice(one.stop)} ${signed(view.stopDistance)}`, 'stop')}
${leaving ? null : fact('Target', html`${formatPrice(one.target)} ${signed(view.targetDistance)}`, 'target')}
${fact('Weight', html`${formatPercent(one.weight)} <span class="second">${formatNumber(one.shares)} sh</span>`)}
${leaving ? null : fact('Reward to risk', view.rewardToRisk === null ? MISSING : `${formatNumber(view.rewardToRisk, 1)} : 1`)}
${leaving ? null : fact('Horizon', horizon)}
${leaving && one.expectedReturn === null ? null : fact('Expected', expectedText(view))}
${leaving ? null : fact('At risk', html`${formatPercent(view.atRisk, 2)} <span class="second">of equity</span>`)}
</dl>`;
}

function fact(title: string, value: HtmlValue, kind = ''): Html {
  return html`<div class="${kind}"><dt>${title}</dt><dd>${value}</dd></div>
`;
}

function expectedText({ recommendation: { expectedReturn, interval } }: PositionView): HtmlValue {
  if (expectedReturn === null) return html`<span class="unknown">not enough history</span>`;
  const ends = interval ? html` <span class="second">${formatSignedPercent(interval[0])} to ${formatSignedPercent(interval[1])}</span>` : null;
  return html`${formatSignedPercent(expectedReturn)}${ends}`;
}

function reason({ code, text, values }: Reason): Html {
  const pairs = Object.entries(values);
  return html`<li><p>${text} <code class="code">${code}</code></p>${pairs.length > 0 ? html`<dl class="values">${pairs.map(([name, value]) => html`<div><dt>${name}</dt><dd>${formatValue(value)}</dd></div>`)}</dl>` : null}</li>
`;
}
