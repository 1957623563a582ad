import type { RecommendationDocument } from '../../recommendation/recommendation.js';
import { anchor } from '../escape.js';
import { formatCount, formatMoney, formatNumber, formatPercent, formatPrice, formatSignedPercent, MISSING } from '../format.js';
import { html, type Html, type HtmlValue } from '../html.js';
import { rangeBar, rangeScale, sparkline, type RangeScale } from '../inline-svg.js';
import { edgeWords } from '../expected-words.js';
import { leadReason } from '../lead-reason.js';
import { listedText, type ListedSymbols } from '../listed-name.js';
import { orderWords } from '../order-words.js';
import { ACTION_ORDER, type PositionView } from '../position-view.js';
import { actionBadge, renamed } from './badge.js';
import { columnHead, nothing, section } from './section.js';

/** Sessions in the small line beside each name: a quarter. */
const SPARK_SESSIONS = 63;

/** What a row needs beside its own view: scales shared by all rows, and names as they are listed. */
interface TableScales {
  readonly range: RangeScale;
  readonly maxWeight: number;
  readonly symbols: ListedSymbols;
}

/** The table of what to do; rows become small cards on a narrow screen. */
export function actionsTable({ actOn, intervalCoverage, symbols }: RecommendationDocument, views: readonly PositionView[]): Html {
  const note = `Stop and target: distance from the last close. Expected: simple return, open to open, with the part that is due to the rank (the rest is what any member is expected to earn) and the ${formatPercent(intervalCoverage, 0)} interval.`;
  if (views.length === 0) return section('actions', 'What to do', null, nothing('No recommendations for this session. What was looked at and why it was left out stands below.'));
  const scales = { range: rangeScale(views.map((view) => view.recommendation.interval)), maxWeight: Math.max(...views.map((view) => view.recommendation.weight)), symbols };
  const bodies = ACTION_ORDER.map((action) => views.filter((view) => view.recommendation.action === action)).filter((group) => group.length > 0);
  return section('actions', 'What to do', note, html`<div class="sheet"><table class="actions" role="table"><caption class="hidden">Recommendations for ${actOn}</caption>
<thead role="rowgroup"><tr role="row">${HEADS}</tr></thead>
${bodies.map((group) => html`<tbody role="rowgroup">${group.map((view) => row(view, scales))}</tbody>
`)}</table></div>`);
}

const HEADS = [
  columnHead('Name'), columnHead('Action'), columnHead('Trade', 'number'), columnHead('Close', 'number'), columnHead('Entry', 'number'), columnHead('Stop', 'number'), columnHead('Target', 'number'),
  columnHead('Size', 'number'), columnHead('Expected'), columnHead('Why'),
];

function row(view: PositionView, scales: TableScales): Html {
  const { recommendation: one, close } = view;
  const leaving = one.action === 'exit';
  const spark = view.bars ? sparkline(view.bars.close.slice(-SPARK_SESSIONS)) : null;
  return html`<tr role="row">
<th scope="row" role="rowheader" class="who"><a href="#${anchor('name', one.symbol)}">${one.listedSymbol}</a>${renamed(one)}<span class="company">${one.name ?? ''}</span><span class="sector">${one.sector ?? 'Sector unknown'}</span></th>
${cell('action', 'Action', actionBadge(one.action))}
${cell('number trade', 'Trade', trade(view))}
${cell('close number', 'Close', html`<span class="first">${close === null ? MISSING : formatPrice(close)}</span>${spark}`)}
${cell('number', one.action === 'enter' ? 'Entry' : 'Paid', two(formatPrice(one.entry), one.action === 'enter' ? 'last close' : sincePaid(view)))}
${cell('number', 'Stop', leaving ? MISSING : two(formatPrice(one.stop), formatSignedPercent(view.stopDistance)))}
${cell('number', 'Target', leaving ? MISSING : two(formatPrice(one.target), formatSignedPercent(view.targetDistance)))}
${cell('number weight', 'Size', size(view, scales.maxWeight))}
${cell('expected', 'Expected', expected(view, scales.range))}
${cell('why', 'Why', why(view, scales.symbols))}
</tr>
`;
}

function why({ recommendation }: PositionView, symbols: ListedSymbols): string {
  const reason = leadReason(recommendation);
  return reason === null ? MISSING : listedText(symbols, reason.text);
}

function cell(classes: string, label: string, content: HtmlValue): Html {
  return html`<td role="cell" class="${classes}${content === MISSING ? ' absent' : ''}" data-label="${label}">${content}</td>`;
}

function two(first: HtmlValue, second: HtmlValue, third: HtmlValue = null): Html {
  return html`<span class="first">${first}</span><span class="second">${second}</span>${third}`;
}

/** What to send: side, shares, how, and about what it is worth. */
function trade({ recommendation: one, trade: order, reference }: PositionView): HtmlValue {
  if (order === null) return MISSING;
  return two(html`${order.side === 'buy' ? 'Buy' : 'Sell'} <strong>${formatNumber(order.shares)}</strong>`, orderWords(one), html`<span class="second">≈ ${formatMoney(order.shares * reference)}</span>`);
}

function sincePaid({ sincePaid: change }: PositionView): HtmlValue {
  if (change === null) return 'paid';
  return html`<span class="${change < 0 ? 'loss' : 'gain'}">${formatSignedPercent(change)}</span> since`;
}

/** Weight after the action, and the one that it has now where that is to change. */
function size({ recommendation: { action, weight, shares }, held }: PositionView, largest: number): Html {
  const before = (action === 'exit' || action === 'reduce') && held !== null ? `from ${formatPercent(held.weight)}` : html`${formatNumber(shares)} sh`;
  return two(formatPercent(weight), before, action === 'exit' ? null : weightBar(weight, largest));
}

function weightBar(weight: number, largest: number): Html {
  const share = largest > 0 ? Math.round((weight / largest) * 1000) / 10 : 0;
  return html`<span class="meter" aria-hidden="true"><span style="width:${share}%"></span></span>`;
}

function expected({ recommendation: one }: PositionView, scale: RangeScale): HtmlValue {
  const { action, expectedReturn, interval, forecastHorizon } = one;
  if (action === 'exit') return MISSING;
  if (expectedReturn === null) return html`<span class="unknown">not enough history</span>`;
  const ends = interval ? html`${formatSignedPercent(interval[0])} <span aria-hidden="true">…</span><span class="hidden">to</span> ${formatSignedPercent(interval[1])}` : 'no interval';
  const span = forecastHorizon === null ? null : html` <span class="unit">in ${formatCount(forecastHorizon, 'session')}</span>`;
  const edge = edgeWords(one);
  const ranked = edge === null ? null : html`<span class="first edge">${edge}</span>`;
  return two(html`${formatSignedPercent(expectedReturn, 2)}${span}`, html`${ranked}${ends}`, interval ? rangeBar(expectedReturn, interval, scale) : null);
}
